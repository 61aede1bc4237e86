"""JSON, one object a line, the same bytes for the same value."""

from __future__ import annotations

import msgspec


def json_line(value: object) -> bytes:
    """One JSON object without a line break.

    Lone surrogates, which no JSON text may hold, become U+FFFD; that keeps one
    character one character, so offsets stay right.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_without_surrogates(msgspec.to_builtins(value)))


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    if isinstance(value, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value
