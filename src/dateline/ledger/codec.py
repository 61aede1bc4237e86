"""How values become columns, without loss, on SQLite and PostgreSQL alike.

Text from reports may hold what a database cannot: PostgreSQL has no NUL in text, and
neither stores a lone surrogate. Such a character is written as ESC and four hex digits
(ESC itself too), so that everything else stays readable, and searchable, in any SQL
tool. Structs are stored as JSON text; JSON never holds a raw ESC, so the same packing
serves it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

T = TypeVar("T")

_UNSTORABLE = re.compile("[\x00\x1b\ud800-\udfff]")
_PACKED = re.compile("\x1b([0-9a-f]{4})")

LARGEST = 2**63 - 1
"""The largest number a BIGINT column holds; the JSON beside it keeps any."""


def pack(text: str) -> str:
    """Text that both databases store; :func:`unpack` gives it back exactly."""
    return _UNSTORABLE.sub(lambda found: f"\x1b{ord(found.group()):04x}", text)


def unpack(text: str) -> str:
    """The text that was packed."""
    if "\x1b" not in text:
        return text
    return _PACKED.sub(lambda found: chr(int(found.group(1), 16)), text)


def encode(value: object) -> str:
    """A struct, or a tuple of them, as packed JSON text."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        # Lone surrogates have no UTF-8; the standard library writes them as they are.
        plain = msgspec.to_builtins(value)
        return pack(json.dumps(plain, ensure_ascii=False, separators=(",", ":")))


def decode(text: str, kind: type[T]) -> T:
    """The value that was encoded."""
    if "\x1b" not in text:
        return msgspec.json.decode(text, type=kind)
    return msgspec.convert(json.loads(unpack(text)), kind)


def fold(text: str) -> str:
    """A name as it is compared: no case, no accents, single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def bounded(number: int | None) -> int | None:
    """A number as a BIGINT column can hold it, for searching only."""
    return None if number is None else max(-LARGEST, min(LARGEST, number))


class PackedText(TypeDecorator[str]):
    """A text column that holds any Python string.

    On PostgreSQL it compares byte by byte (collation "C"), as SQLite does, so that
    both give rows in the same order.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text, with the byte-wise collation where the database has others."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Text(collation="C"))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else pack(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """From the database."""
        return None if value is None else unpack(value)
