"""Errors as clients see them: a status, and {"error": {type, message, hint}}."""

from __future__ import annotations

from typing import Any

import msgspec

from rolefit.errors import InputError, LimitError, ReadError, RequestError, RolefitError

AGAIN = "Change what the message names and send it again."


def refused(error: RolefitError) -> tuple[int, dict[str, Any], int]:
    """(status, content, seconds to wait) of an error that the client can do something about."""
    if isinstance(error, RequestError):
        return error.status, _content(error.kind, error.message, error.hint), error.wait
    if isinstance(error, ReadError):
        status = 413 if isinstance(error, LimitError) else 422
        message = f"{error.file}: {error.cause}"
        return status, _content(type(error).__name__, message, error.remedy), 0
    if isinstance(error, InputError):
        return 422, _content(type(error).__name__, str(error), AGAIN), 0
    # The model or the installation: nothing that a request could change.
    message = "the service cannot work as it is installed"
    hint = "Tell whoever runs the service; rolefit model verify says more."
    return (
        500,
        _content(type(error).__name__, message, hint),
        0,
    )


def _content(kind: str, message: str, hint: str) -> dict[str, Any]:
    return {"error": {"type": kind, "message": printable(message), "hint": printable(hint)}}


def printable(text: str) -> str:
    """Half a surrogate pair, as a file name may hold it, is no text that JSON could carry."""
    return text.encode("utf-8", "backslashreplace").decode()


def to_json(content: Any) -> bytes:
    """UTF-8. What is no character, as in a file name, becomes a backslash escape."""
    try:
        return msgspec.json.encode(content)
    except UnicodeEncodeError:
        return msgspec.json.encode(_cleaned(content))


def _cleaned(content: Any) -> Any:
    if isinstance(content, str):
        return printable(content)
    if isinstance(content, dict):
        return {printable(str(key)): _cleaned(value) for key, value in content.items()}
    return [_cleaned(item) for item in content] if isinstance(content, (list, tuple)) else content


def invalid(message: str, hint: str = AGAIN) -> RequestError:
    return RequestError(422, "InvalidRequest", message, hint)


def too_large(message: str, hint: str) -> RequestError:
    return RequestError(413, "TooLarge", message, hint)


def busy() -> RequestError:
    return RequestError(
        503, "Busy", "the service has as many requests as it takes at once",
        "Wait some seconds and send it again.", 5,
    )  # fmt: skip


def late(seconds: float) -> RequestError:
    return RequestError(
        503, "Timeout", f"it took longer than {seconds:g} seconds",
        "Send less at once, or start the service with more --max-seconds.", 30,
    )  # fmt: skip
