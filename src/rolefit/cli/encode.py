"""rolefit encode"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import options, sources
from rolefit.cli.command import argument, echo, option
from rolefit.cli.console import check_writable, note, progress_bar
from rolefit.errors import InputError
from rolefit.files import write_file

if TYPE_CHECKING:
    from rolefit.reading import Limits
    from rolefit.records import Encoding


def encode(
    files: Annotated[list[Path], argument(metavar="FILES", help="Files, folders, or - for stdin.")],
    output: Annotated[
        Path, option("-o", "--output", metavar="FILE.npy", help="The file to write.")
    ],
    model: options.Model = None,
    jobs: options.Jobs = None,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Write the vectors of documents as a NumPy file: float32, one unit row per document.

    Rows are in the order given, folders sorted by name. A document that cannot be read stops the
    command before anything is written, because rows would no longer tell which file they are of.
    """
    if output.suffix.lower() != ".npy":
        raise InputError(f"{output}: expected a name in .npy; no other form is written")
    check_writable(output)
    options.one_stdin(*files)
    paths = sources.files(files)

    import numpy as np

    encodings = _encodings(paths, model, jobs, options.limits(max_mb, max_pages, timeout))
    rows = np.stack([encoding.vector for encoding in encodings]).astype(np.float32, copy=False)
    data = io.BytesIO()
    np.save(data, rows, allow_pickle=False)
    write_file(output, data.getvalue())
    if cut := sum(encoding.dropped > 0 for encoding in encodings):
        note(f"{cut:,} of {len(rows):,} are longer than the encoder reads; their end was left out")
    echo(f"{output}: {rows.shape[0]} x {rows.shape[1]} {rows.dtype}")


def _encodings(
    paths: list[Path], model: Path | None, jobs: int | None, reading: Limits
) -> list[Encoding]:
    from rolefit.bundle import Bundle
    from rolefit.intake import open_encoder

    encoder = open_encoder(Bundle.open(model), jobs)
    documents = (sources.read_document(path, reading) for path in paths)
    done: list[Encoding] = []
    with progress_bar("Encoding") as show:
        for encoding in encoder.map(encoder.encode_document, documents):
            done.append(encoding)
            if callable(show):
                show(len(done), len(paths))
    return done
