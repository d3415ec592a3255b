"""ids -> Encoding, on onnxruntime.

A document is one unpadded run on one thread, so its vectors depend on nothing but itself: not on
its neighbours, not on the order, not on how many documents are encoded side by side. Throughput
comes from several runs at once (`jobs`); they share one session and one copy of the weights. Short
texts of one length may share a run, which gives the same bits (`packed`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from rolefit import packed
from rolefit.bundle import FILES, Bundle
from rolefit.errors import BundleError, InputError
from rolefit.records import Document, Encoding, FloatArray, Line, Tokens

if TYPE_CHECKING:
    import onnxruntime as ort  # type: ignore[import-untyped]

T = TypeVar("T")

WINDOW = 1024  # texts among which those of one length are looked for
SHORT = 1000  # characters of a text that may have few enough tokens to be packed
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
        self._opening = RLock()  # or the first documents would each open a session of their own
        self.jobs = jobs or _usable_cores()

    @cached_property
    def session(self) -> ort.InferenceSession:
        path = self.bundle.path(FILES.encoder)
        return open_session(path, self._graph.appendix if self._graph else b"")

    @cached_property
    def _graph(self) -> packed.Graph | None:
        return packed.understood(self.bundle.path(FILES.encoder).read_bytes())

    @cached_property
    def _packer(self) -> packed.Packer | None:
        if self._graph is None:
            return None
        return packed.Packer.tried(self.session, self._graph, session_of)

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
        work: Iterable[FloatArray] = (found.vector for found in self.encodings(texts, batch_size))
        if show_progress_bar:
            from rich.progress import track

            work = track(work, description="Encoding", total=len(texts))
        vectors = list(work)
        return np.stack(vectors) if vectors else np.zeros((0, self.bundle.hidden_size), np.float32)

    def encodings(
        self,
        texts: Sequence[str],
        in_flight: int | None = None,
        check: Callable[[], None] | None = None,
    ) -> Iterator[Encoding]:
        """The Encoding of each text without any units, in order; short ones share runs.

        `check` is called before each run, and may raise to end the work.
        """
        for first in range(0, len(texts), WINDOW):
            yield from self._window(texts[first : first + WINDOW], in_flight, check)

    def _window(
        self, texts: Sequence[str], in_flight: int | None, check: Callable[[], None] | None
    ) -> list[Encoding]:
        with self._opening:
            packer = self._packer if len(texts) > 1 else None
        # What is long is tokenized where it is run: tokens take more memory than the text.
        short = [text if packer and len(text) <= SHORT else None for text in texts]
        tokens = [None if text is None else self.tokenize(text) for text in short]
        lengths = [packed.LONGEST + 1 if t is None else len(t.ids) for t in tokens]

        def run(places: list[int]) -> list[Encoding]:
            if check:
                check()
            rows = [one for place in places if (one := tokens[place])]
            if packer is None or len(rows) < 2:
                return [self.encode_units(texts[place], ()) for place in places]
            vectors = packer.vectors([one.ids for one in rows])
            none = np.zeros((0, self.bundle.hidden_size), np.float32)
            return [
                Encoding(v, none, len(one.ids), 0) for v, one in zip(vectors, rows, strict=True)
            ]

        runs = packed.packs(lengths, self.jobs)
        found = dict(zip(map(tuple, runs), self.map(run, runs, in_flight), strict=True))
        by_place = {
            p: e for places, some in found.items() for p, e in zip(places, some, strict=True)
        }
        return [by_place[place] for place in range(len(texts))]

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


def open_session(path: Any, appendix: bytes = b"") -> ort.InferenceSession:
    """One-threaded CPU session. Raises BundleError if onnxruntime cannot load the file.

    `appendix` is taken as if the file went on with it.
    """
    try:
        return session_of(Path(path).read_bytes() + appendix if appendix else str(path))
    except Exception as error:
        raise BundleError(f"{path}: onnxruntime cannot load it: {error}") from error


def session_of(model: str | bytes) -> ort.InferenceSession:
    """Of a path, or of a model's bytes; on one thread."""
    import onnxruntime as ort

    # Windows' builds know no variable; elsewhere this is the second lock (see settings.QUIET).
    ort.disable_telemetry_events()
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


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
