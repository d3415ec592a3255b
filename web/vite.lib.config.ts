import { defineConfig } from "vite";

/** The npm package: the rooms alone; what they depend on stays a dependency. */
export default defineConfig({
  publicDir: false,
  build: {
    target: "es2022",
    outDir: "dist-lib",
    minify: false,
    lib: { entry: "src/index.ts", formats: ["es"], fileName: "index" },
    rollupOptions: { external: [/^node:/, /^@embedpdf/, /^@noble/, "fflate", "js-yaml", /^onnxruntime-web/, "parse5", "saxes"] },
  },
});
