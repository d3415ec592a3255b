"""ids -> Encoding, on onnxruntime.

A document is one unpadded run on one thread, so its vectors depend on nothing but itself: not on
its neighbours, not on the order, not on how many documents are encoded side by side. Throughput
comes from several runs at once (`jobs`); they share one session and one copy of the weights.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from rolefit.bundle import FILES, Bundle
from rolefit.errors import BundleError, InputError
from rolefit.records import Document, Encoding, FloatArray, Line, Tokens

if TYPE_CHECKING:
    import onnxruntime as ort  # type: ignore[import-untyped]

T = TypeVar("T")

OVERLAP = 8  # windows of a text beyond the limit share an eighth of the limit


class TextEncoder:
    """The bundle's encoder. The model is loaded when the first document needs it."""

    def __init__(
        self, bundle: Bundle, tokenize: Callable[[str], Tokens], jobs: int | None = None
    ) -> None:
        if jobs is not None and jobs < 1:
            raise InputError(f"jobs must be at least 1, got {jobs}")
        self.bundle = bundle
        self.tokenize = tokenize
        self._opening = Lock()  # or the first documents would each open a session of their own
        self.jobs = jobs or _usable_cores()

    @cached_property
    def session(self) -> ort.InferenceSession:
        return open_session(self.bundle.path(FILES.encoder))

    def encode_document(self, document: Document) -> Encoding:
        """The document's vector and one vector for each of its lines, from one pass."""
        return self.encode_units(document.text, document.lines)

    def encode_units(self, text: str, units: Sequence[Line]) -> Encoding:
        """The vector of `text` and one vector for each of its `units`, from one pass.

        Where `tokenize` does not cut at the encoder's limit, a longer text is read in overlapping
        windows.
        """
        tokens = self.tokenize(text)
        spans = np.array([(unit.start, unit.end) for unit in units], dtype=np.int64).reshape(-1, 2)
        if len(tokens.ids) > self.bundle.max_tokens:
            return self._by_windows(tokens, spans)
        vector, hidden = self.run(tokens)
        return Encoding(
            vector=vector,
            lines=pool_lines(hidden, tokens, spans),
            n_tokens=len(tokens.ids),
            dropped=tokens.dropped,
        )

    def _by_windows(self, tokens: Tokens, spans: np.ndarray[Any, Any]) -> Encoding:
        """The document's vector is the mean of the windows', each counted by the tokens that no
        window before it had. A unit is pooled in the first window that holds all of it, or, longer
        than the overlap, in the one where it begins."""
        windows = cut_windows(tokens, self.bundle.max_tokens)
        starts = np.array([window.spans[1, 0] for window, _ in windows])
        ends = np.array([window.spans[-2, 1] for window, _ in windows])
        whole = np.searchsorted(ends, spans[:, 1])  # the first window that reaches its end
        begins = np.searchsorted(starts, spans[:, 0], side="right") - 1  # the last that has begun
        owner = np.minimum(whole, np.maximum(begins, 0))
        total = np.zeros(self.bundle.hidden_size, dtype=np.float64)
        lines = np.zeros((len(spans), self.bundle.hidden_size), dtype=np.float32)
        for number, (window, new) in enumerate(windows):
            vector, hidden = self.run(window)
            total += new * vector.astype(np.float64)
            lines[owner == number] = pool_lines(hidden, window, spans[owner == number])
        return Encoding(
            vector=(total / np.linalg.norm(total)).astype(np.float32),
            lines=lines,
            n_tokens=len(tokens.ids),
            dropped=tokens.dropped,
        )

    def run(self, tokens: Tokens) -> tuple[FloatArray, FloatArray]:
        """(512,) unit document vector and (n_tokens, 512) token vectors."""
        with self._opening:
            session = self.session
        vector, hidden = session.run(["vector", "tokens"], {"ids": tokens.ids})
        return vector, hidden

    def encode(
        self, texts: Sequence[str], batch_size: int = 8, show_progress_bar: bool = False
    ) -> FloatArray:
        """Unit vectors of plain texts: (n, 512) float32, in the order given.

        `batch_size` is how many texts are in flight at once, beyond which memory does not grow; it
        never changes a vector.
        """
        if isinstance(texts, str):
            raise InputError("encode() takes a list of texts, got one string; pass [text]")
        if batch_size < 1:
            raise InputError(f"batch_size must be at least 1, got {batch_size}")
        work: Iterable[FloatArray] = self.map(self.vector, texts, batch_size)
        if show_progress_bar:
            from rich.progress import track

            work = track(work, description="Encoding", total=len(texts))
        vectors = list(work)
        return np.stack(vectors) if vectors else np.zeros((0, self.bundle.hidden_size), np.float32)

    def vector(self, text: str) -> FloatArray:
        """Unit vector of one text: (512,)."""
        return self.encode_units(text, ()).vector

    def map(self, function: Any, items: Iterable[T], in_flight: int | None = None) -> Iterator[Any]:
        """`function(item)` for each item on `jobs` threads; results in order, as they come.

        Items are drawn from the iterable on the calling thread, at most `in_flight` ahead.
        """
        ahead = max(in_flight or 0, 2 * self.jobs)
        with ThreadPoolExecutor(self.jobs, thread_name_prefix="rolefit-encode") as pool:
            iterator = iter(items)
            queue: list[Future[Any]] = [pool.submit(function, x) for x in islice(iterator, ahead)]
            try:
                while queue:
                    yield queue.pop(0).result()
                    queue += [pool.submit(function, x) for x in islice(iterator, 1)]
            finally:
                for future in queue:
                    future.cancel()


def open_session(path: Any) -> ort.InferenceSession:
    """One-threaded CPU session. Raises BundleError if onnxruntime cannot load the file."""
    import onnxruntime as ort

    # Windows' builds know no variable; elsewhere this is the second lock (see settings.QUIET).
    ort.disable_telemetry_events()
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise BundleError(f"{path}: onnxruntime cannot load it: {error}") from error


def cut_windows(tokens: Tokens, limit: int) -> list[tuple[Tokens, int]]:
    """Windows of at most `limit` ids, special tokens included, and how many tokens each adds.

    Each repeats the last eighth of the one before.
    """
    inside, room = len(tokens.ids) - 2, limit - 2
    step = room - limit // OVERLAP
    windows = []
    for first in range(0, max(1, inside - room + step), step):
        last = min(first + room, inside)
        rows = np.r_[0, first + 1 : last + 1, inside + 1]  # [CLS], the window, [SEP]
        added = last - first if first == 0 else last - (first - step + room)
        windows.append((Tokens(tokens.ids[rows], tokens.spans[rows], 0), added))
    return windows


def pool_lines(hidden: FloatArray, tokens: Tokens, spans: np.ndarray[Any, Any]) -> FloatArray:
    """Unit mean of the token vectors inside each line's span: (n_lines, 512).

    A token belongs to the line in which it starts. Lines without a token (cut off by the limit)
    are zero.
    """
    starts = tokens.spans[:, 0]
    inside = tokens.spans[:, 1] > starts  # special tokens span nothing
    line = np.searchsorted(spans[:, 0], starts, side="right") - 1
    inside &= (line >= 0) & (starts < spans[np.maximum(line, 0), 1]) if len(spans) else False
    sums = np.zeros((len(spans), hidden.shape[1]), dtype=np.float32)
    np.add.at(sums, line[inside], hidden[inside])
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.where(norms == 0, 1, norms), dtype=np.float32)


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
