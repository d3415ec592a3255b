"""How fast names are found, and how often they are right: prints Markdown tables.

    python benchmarks/language.py ANNOTATIONS.csv... [--wheels FOLDER]
        [--texts resumes.jsonl.gz] [--uris skills.csv.gz]

ANNOTATIONS have the columns sentence, span, sub_span, label: spans that people marked, each with
the preferred label of the ESCO skill it means, or `LABEL NOT PRESENT` / `UNDERSPECIFIED`. Labels of
another ESCO version are told apart by --uris (columns uri, pref). A prediction is right if it
overlaps a marked span and is its skill. "Strict" counts every other ESCO prediction as wrong;
"linked" leaves out those on spans that people marked but could not link.

The sentences are halved by their CRC-32: the alias file was written with the first half in view and
is judged by the second. The baseline is plain longest match of all ESCO labels, in any case.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rolefit.language import canonical, find_skills, sources, taxonomy
from rolefit.language.words import words

UNLINKED = {"LABEL NOT PRESENT", "UNDERSPECIFIED"}
Predict = Callable[[str], Iterator[tuple[int, int, str]]]  # start, end, ESCO id


@dataclass(frozen=True)
class Marked:
    start: int
    end: int
    ids: frozenset[str]  # of the skills that the label can mean; empty if not linked
    linked: bool


def read_marks(paths: Iterable[Path], ids: dict[str, set[str]]) -> dict[str, list[Marked]]:
    """Sentence -> what people marked in it, repetitions once."""
    found: dict[str, set[Marked]] = defaultdict(set)
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                sentence = row["sentence"]
                start = max(0, sentence.find(row["span"]))
                linked = row["label"] not in UNLINKED
                meant = frozenset(ids.get(row["label"].lower(), set())) if linked else frozenset()
                mark = Marked(start, start + len(row["span"]), meant, linked)
                found[sentence].add(mark)
    return {sentence: sorted(marks, key=lambda m: m.start) for sentence, marks in found.items()}


def ours(sentence: str) -> Iterator[tuple[int, int, str]]:
    for skill in find_skills(sentence):
        for mention in skill.mentions:
            if not skill.id.startswith("rolefit:"):
                yield mention.start, mention.end, skill.id


def baseline(wheels: Path) -> Predict:
    """Longest match of every ESCO label, preferred before alternative, in any case, no rules."""
    skills, _ = sources.from_wheels(wheels)
    labels: dict[str, str] = {}
    for skill in skills:
        labels.setdefault(" ".join(words(skill.label)), skill.id)
    for skill in skills:
        for label in skill.alternatives:
            labels.setdefault(" ".join(words(label)), skill.id)

    def predict(sentence: str) -> Iterator[tuple[int, int, str]]:
        plain = words(sentence)
        spans, end = [], 0
        low = sentence.lower()
        for word in plain:
            start = low.find(word, end)
            end = start + len(word)
            spans.append((start, end))
        i = 0
        while i < len(plain):
            step = 1
            for length in range(min(taxonomy.MAX_WORDS, len(plain) - i), 0, -1):
                number = labels.get(" ".join(plain[i : i + length]))
                if number is not None:
                    yield spans[i][0], spans[i + length - 1][1], number
                    step = length
                    break
            i += step

    return predict


def judge(marked: dict[str, list[Marked]], predict: Predict) -> str:
    """The cells of a row: predictions, right, precision strict and linked, recall, F1."""
    said = right = beside = gold = found = 0
    for sentence, marks in marked.items():
        predictions = list(predict(sentence))
        linked = [mark for mark in marks if mark.linked]
        gold += len(linked)
        found += sum(any(_hits(p, mark) for p in predictions) for mark in linked)
        for prediction in predictions:
            over = [m for m in marks if m.start < prediction[1] and prediction[0] < m.end]
            said += 1
            if any(_hits(prediction, mark) for mark in over):
                right += 1
            elif over and not any(mark.linked for mark in over):
                beside += 1
    strict, among = right / max(said, 1), right / max(said - beside, 1)
    recall = found / max(gold, 1)
    return (
        f"{said} | {strict:.3f} | {among:.3f} | {recall:.3f} | {_f1(strict, recall):.3f} | "
        f"{_f1(among, recall):.3f}"
    )


def _hits(prediction: tuple[int, int, str], mark: Marked) -> bool:
    start, end, number = prediction
    return mark.start < end and start < mark.end and number in mark.ids


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def label_ids(uris: Path | None) -> dict[str, set[str]]:
    """ESCO label in lower case -> the ids that bear it, in our version and in that of `uris`."""
    known = taxonomy.shipped()
    found: dict[str, set[str]] = defaultdict(set)
    for number, label in zip(known.columns["id"], known.columns["label"], strict=True):
        found[label.lower()].add(number)
    if uris is not None:
        text = gzip.decompress(uris.read_bytes()).decode("utf-8-sig")
        for row in csv.DictReader(io.StringIO(text)):
            found[row["pref"].strip().lower()].add(row["uri"])
    return found


def speed(texts: Path | None) -> None:
    started = time.perf_counter()
    taxonomy.shipped()
    loaded = time.perf_counter() - started
    print(f"taxonomy: {taxonomy.SHIPPED.stat().st_size:,} bytes, loaded in {1000 * loaded:.0f} ms")
    if texts is None:
        return
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line)["text"] for line in lines][:400]
    for name, function in (("canonical", canonical), ("find_skills", find_skills)):
        function(documents[0])
        slowest = 0.0
        clock, begun = time.process_time(), time.perf_counter()
        for document in documents:
            at = time.process_time()
            function(document)
            slowest = max(slowest, time.process_time() - at)
        clock, begun = time.process_time() - clock, time.perf_counter() - begun
        size = sum(map(len, documents)) / 1e6
        print(
            f"{name}: {size / clock:.1f} MB/s of processor time, {size / begun:.1f} by the wall; "
            f"a resume {1000 * clock / len(documents):.1f} ms, the slowest {1000 * slowest:.1f} ms"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("annotations", type=Path, nargs="+", metavar="ANNOTATIONS.csv")
    parser.add_argument("--texts", type=Path, metavar="FILE.jsonl.gz")
    parser.add_argument("--wheels", type=Path, metavar="FOLDER", help="as for the builder")
    parser.add_argument("--uris", type=Path, metavar="FILE.csv.gz")
    options = parser.parse_args()
    speed(options.texts)
    marked = read_marks(options.annotations, label_ids(options.uris))
    halves: list[dict[str, list[Marked]]] = [{}, {}]
    for sentence, marks in marked.items():
        halves[zlib.crc32(sentence.encode()) % 2][sentence] = marks
    print(
        "\n| sentences | system | predictions | P strict | P linked | R | F1 strict | F1 linked |"
    )
    print("|---|---|---|---|---|---|---|---|")
    systems: list[tuple[str, Predict]] = [("rolefit", ours)]
    if options.wheels is not None:
        systems.append(("longest match", baseline(options.wheels)))
    for name, half in (("all", marked), ("first half", halves[0]), ("second half", halves[1])):
        for system, predict in systems:
            print(f"| {name} ({len(half)}) | {system} | {judge(half, predict)} |")


if __name__ == "__main__":
    main()
