"""The official client of the Model Context Protocol starts the server and works with it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from rolefit.audit.runcheck import verify
from rolefit.bundle import Bundle

anyio = pytest.importorskip("anyio")
sdk = pytest.importorskip("mcp")
pytestmark = pytest.mark.slow


def parameters(folder: Path, environment: dict[str, str], *more: str) -> Any:
    arguments = ["-m", "rolefit", "mcp", "--folder", str(folder), *more]
    return sdk.StdioServerParameters(command=sys.executable, args=arguments, env=environment)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_official_client_lists_and_calls_every_tool(
    mode: str, pool: Path, tiny_bundle: Bundle, environment: dict[str, str]
) -> None:
    from mcp.client.client import Client
    from mcp.client.stdio import stdio_client

    log = pool.parent / "runs.jsonl"
    model = ["--model", str(tiny_bundle.folder), "--log", str(log)]
    server = parameters(pool.parent, environment, *model)
    pair = {"resume": "pool/nurse.txt", "job": "job.txt"}
    calls = [
        ("inspect", {"file": "pool/nurse.txt"}), ("score", pair), ("explain", pair),
        ("improve", pair), ("rank_folder", {"folder": "pool", "job": "job.txt"}),
        ("verify", {"log": "runs.jsonl"}),
    ]  # fmt: skip

    async def work() -> dict[str, Any]:
        found = {}
        async with Client(stdio_client(server), mode=mode) as client:
            assert client.protocol_version == ("2026-07-28" if mode == "auto" else "2025-11-25")
            found["tools"] = {tool.name for tool in (await client.list_tools()).tools}
            for name, arguments in calls:
                found[name] = await client.call_tool(name, arguments)
            found["outside"] = await client.call_tool("inspect", {"file": "../../etc/passwd"})
        return found

    found = anyio.run(work)
    assert found["tools"] == {name for name, _ in calls}
    for name, _ in calls:
        result = found[name]
        assert not result.is_error, result.content[0].text
        assert json.loads(result.content[0].text) == result.structured_content
    assert found["outside"].is_error
    assert found["rank_folder"].structured_content["ranked"] == 3
    assert found["verify"].structured_content == {
        "holds": True, "runs": 4, "hash": verify(log).last, "remarks": [],
    }  # fmt: skip
    commands = [run["command"] for run in verify(log).runs]
    assert commands == ["score", "explain", "improve", "rank"]
