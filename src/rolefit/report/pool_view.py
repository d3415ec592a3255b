"""What commands of a pool say that is no ranking of resumes: on the screen and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from rolefit.records import Match
from rolefit.report import MEANING, verdict, whole
from rolefit.report.as_json import DECIMALS
from rolefit.report.names import printable, without_folder

SCHEMA = 1
_SKILLS = 6  # of those that two people share, on the screen

Likes = Sequence[tuple[str, float, tuple[str, ...]]]  # name, likeness, skills that both name


def to_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def jobs_json(resume: str, matches: Sequence[Match], scored: int) -> str:
    return to_json(jobs_content(resume, matches, scored))


def jobs_content(resume: str, matches: Sequence[Match], scored: int) -> dict[str, Any]:
    """{"schema", "resume", "scored", "results": [{place, job, score, band, verdict, features,
    notices}]}"""
    results = [
        {
            "place": place,
            "job": match.job,
            "score": round(match.score, DECIMALS),
            "band": [round(end, DECIMALS) for end in match.band],
            "verdict": verdict(match.score),
            "features": {
                name: round(value, DECIMALS)
                for name, value in zip(match.features.names, match.features.values, strict=True)
            },
            "notices": [{"code": n.code, "message": n.message} for n in match.notices],
        }
        for place, match in enumerate(matches, start=1)
    ]
    return {"schema": SCHEMA, "resume": resume, "scored": scored, "results": results}


def likes_json(name: str, likes: Likes) -> str:
    return to_json(likes_content(name, likes))


def likes_content(name: str, likes: Likes) -> dict[str, Any]:
    results = [
        {"place": place, "file": other, "likeness": round(likeness, DECIMALS), "shared": shared}
        for place, (other, likeness, shared) in enumerate(likes, start=1)
    ]
    return {"schema": SCHEMA, "like": name, "results": results}


def print_jobs(resume: str, matches: Sequence[Match], scored: int, console: Console) -> None:
    _line(console, f"{scored:,} jobs for {printable(resume)}", "bold")
    names = [printable(name) for name in without_folder([match.job for match in matches])]
    width = max(map(len, names), default=0)
    for place, (match, name) in enumerate(zip(matches, names, strict=True), start=1):
        low, high = map(whole, match.band)
        row = f"{place:>3}  {name:<{width}}  {whole(match.score):>3}  {verdict(match.score):<18}"
        _line(console, f"{row}  {f'{low}-{high}':>6}")
    if matches:
        _line(console, MEANING, "dim")


def print_likes(name: str, likes: Likes, console: Console) -> None:
    _line(console, f"{len(likes):,} like {printable(name)}", "bold")
    names = [printable(other) for other in without_folder([other for other, _, _ in likes])]
    width = max(map(len, names), default=0)
    for place, (other, (_, likeness, shared)) in enumerate(zip(names, likes, strict=True), start=1):
        skills = ", ".join(shared[:_SKILLS]) + (", ..." if len(shared) > _SKILLS else "")
        _line(console, f"{place:>3}  {other:<{width}}  {likeness:.2f}  {skills}")
    if likes:
        _line(console, "Likeness is the mean cosine of the texts and of the nearest titles.", "dim")


def print_stats(stats: Mapping[str, Any], console: Console) -> None:
    side, count = stats["side"], stats["people"]
    noun = f"{side}{'' if count == 1 else 's'}"
    _line(console, f"{count:,} {noun}, {stats['file_bytes'] / 1e6:,.1f} MB", "bold")
    memory = f"{stats['memory_bytes'] / 1e6:,.1f} MB while it is searched"
    _rows(console, [("model", stats["model"]), ("memory", memory)])
    if stats["years"]:
        low, middle, high = stats["years"]
        said = f"half have {low:.0f} to {high:.0f}, the middle one {middle:.0f}"
        _rows(console, [("years", said)])
    groups = ("domains", "levels", "degrees", "countries", "skills", "licences")
    _rows(console, [(name, _counts(stats[name])) for name in groups if stats[name]])
    for notice in stats["notices"]:
        _line(console, notice["message"], "dim")


def _counts(counts: Mapping[str, int]) -> str:
    return " · ".join(f"{printable(name)} {count:,}" for name, count in counts.items())


def _rows(console: Console, rows: Iterable[tuple[str, str]]) -> None:
    for name, text in rows:
        _line(console, f"  {name:<10}  {text}")


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Text(text.rstrip(), style=style), soft_wrap=True)
