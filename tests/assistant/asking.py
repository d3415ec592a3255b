"""A server in this process, with the tiny bundle, and what it answers to requests."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from rolefit.bundle import Bundle
from rolefit.matcher import Matcher
from rolefit.mcp.folders import Folders
from rolefit.mcp.protocol import Protocol
from rolefit.mcp.tools import Tools
from rolefit.mcp.wire import Wire
from rolefit.reading import Limits

KEPT: list[tuple[Any, ...]] = []


def tools(bundle: Bundle, *folders: Path, files: int = 50, names: bool = False) -> Tools:
    def load() -> nullcontext[Matcher]:
        return nullcontext(Matcher.load(bundle.folder, reads=False))

    def keep(*run: Any) -> None:
        KEPT.append(run)

    return Tools(Folders(folders), load, Limits(), keep, files=files, names=names)


def answers(server: Tools, *lines: bytes, seconds: float = 60.0) -> list[dict[str, Any]]:
    """What a server that gets these lines writes until its input ends."""
    protocol = Protocol(server, seconds)
    target = io.BytesIO()
    source = io.BytesIO(b"".join(line + b"\n" for line in lines))
    Wire(source, target, protocol.at_once, protocol.work).run()
    return [json.loads(line) for line in target.getvalue().splitlines()]


def request(method: str, id: Any = 1, **params: Any) -> bytes:
    message = {"jsonrpc": "2.0", "id": id, "method": method, "params": params}
    return json.dumps(message).encode()


def called(server: Tools, tool: str, **arguments: Any) -> dict[str, Any]:
    """The result of a call, whether it failed or not."""
    (answer,) = answers(server, request("tools/call", name=tool, arguments=arguments))
    found: dict[str, Any] = answer["result"]
    assert json.loads(found["content"][0]["text"]) == found["structuredContent"]
    return found


def strings(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every string with the keys that lead to it, and the keys themselves."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, "(key)"), key
            yield from strings(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, path)
    elif isinstance(value, str):
        yield path, value
