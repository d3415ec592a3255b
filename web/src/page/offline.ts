/** Registers the offline copy and offers a newer version when there is one. It never reloads by itself. */

export function followUpdates(banner: HTMLElement, button: HTMLElement): void {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  let replacing = false;
  const offer = (waiting: ServiceWorker): void => {
    banner.hidden = false;
    button.addEventListener("click", () => {
      replacing = true;
      waiting.postMessage("use-now");
    });
  };
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (replacing) location.reload();
  });
  navigator.serviceWorker
    .register("./sw.js", { updateViaCache: "none" })
    .then((registration) => {
      if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
      registration.addEventListener("updatefound", () => {
        const coming = registration.installing;
        coming?.addEventListener("statechange", () => {
          if (coming.state === "installed" && navigator.serviceWorker.controller) offer(coming);
        });
      });
    })
    .catch((error: unknown) => console.warn("rolefit: no offline copy could be made:", error));
}
