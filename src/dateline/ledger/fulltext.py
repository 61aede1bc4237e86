"""Words in reports and claims: the index over them, and what people may ask of it.

Text is cut into words and folded (no case, no accents) here, so that SQLite's FTS5 and
PostgreSQL's tsvector get the same words and give the same answers. A question is cut the
same way; nothing of it reaches a database but words, so no query syntax can be injected.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, text

from dateline.ledger.claims import batches
from dateline.ledger.codec import decode, fold
from dateline.ledger.tables import (
    FULL_TEXT,
    claims,
    documents,
    readings,
    searchable,
    sources,
    texts,
)

MOST_CHARACTERS = 250_000
"""How far a report is searched: a tsvector holds a mebibyte, lexemes and places."""

_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 60
_MOST_TERMS = 24
_TERM = re.compile(r'(-?)"([^"]*)"|(\S+)')


class Term(NamedTuple):
    """Some words in a row; ``prefix``: the last may go on; ``without``: must not be there."""

    words: tuple[str, ...]
    prefix: bool = False
    without: bool = False


def words_of(given: str) -> list[str]:
    """The words of a text, folded."""
    return [word[:_LONGEST_WORD] for word in _WORD.findall(fold(given))]


def parse(question: str) -> tuple[Term, ...]:
    """What somebody typed as terms, all of which must hold.

    ``car bomb`` both words; ``"car bomb"`` in a row; ``bomb*`` words that begin so;
    ``-drill`` reports without it. Anything else is taken for words.
    """
    terms: list[Term] = []
    for minus, phrase, plain in _TERM.findall(question[:1000]):
        if plain:
            without = plain.startswith("-") and len(plain) > 1
            words = words_of(plain)
            if words:
                prefix = plain.endswith("*") and len(words[-1]) > 1
                terms.append(Term(tuple(words), prefix, without))
        elif words := words_of(phrase):
            terms.append(Term(tuple(words), False, bool(minus)))
    return tuple(terms[:_MOST_TERMS])


# Keeping the index


def put(connection: Connection, document_ids: Iterable[str]) -> None:
    """Put documents that are not in the index into it."""
    lite = connection.dialect.name == "sqlite"
    vector = ":words" if lite else "to_tsvector('simple', :words)"
    key = "rowid" if lite else "number"
    into = text(f"INSERT INTO {FULL_TEXT} ({key}, words) VALUES (:number, {vector})")
    for batch in batches(sorted(set(document_ids)), _AT_ONCE):
        own = select(searchable.c.document_id).where(searchable.c.document_id.in_(batch))
        standing = set(connection.execute(own).scalars())
        words = _words_of_documents(connection, [id for id in batch if id not in standing])
        if not words:
            continue
        rows = [
            {
                "document_id": document_id,
                "words": zlib.compress(some.encode(), 6) if lite else None,
            }
            for document_id, some in words.items()
        ]
        made = insert(searchable).returning(searchable.c.number, searchable.c.document_id)
        numbered = connection.execute(made, rows).all()
        told = [{"number": row.number, "words": words[row.document_id]} for row in numbered]
        connection.execute(into, sorted(told, key=lambda row: row["number"]))


_AT_ONCE = 100  # documents whose words are held at once


def _words_of_documents(connection: Connection, document_ids: Sequence[str]) -> dict[str, str]:
    """What is searched of each document: title, names, then what the text says."""
    found: dict[str, list[str]] = {id: [] for id in document_ids}
    heads = (
        select(documents.c.id, documents.c.title, documents.c.publisher, texts.c.text)
        .join(texts, texts.c.document_id == documents.c.id)
        .where(documents.c.id.in_(document_ids))
    )
    rows = connection.execute(heads).all()
    for row in rows:
        found[row.id] += words_of(row.title or "") + words_of(row.publisher or "")
    credited = select(sources.c.document_id, sources.c.name).where(
        sources.c.document_id.in_(document_ids)
    )
    for source in connection.execute(credited.order_by(sources.c.document_id, sources.c.position)):
        found[source.document_id] += words_of(source.name)
    # The values of claims hold words the text has otherwise ("suicide_bombing", a
    # country); their phrases stand in the text as they are.
    told = (
        select(claims.c.document_id, claims.c.value)
        .where(claims.c.document_id.in_(document_ids), claims.c.kind.in_(("event", "place")))
        .order_by(claims.c.document_id, claims.c.position)
    )
    for claim in connection.execute(told):
        for leaf in _strings(decode(claim.value, dict[str, Any])):
            found[claim.document_id] += words_of(leaf)
    for row in rows:
        once = list(dict.fromkeys(found[row.id]))
        found[row.id] = once + words_of(row.text[:MOST_CHARACTERS])
    return {id: " ".join(words) for id, words in found.items()}


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)


def forget(connection: Connection, document_ids: Iterable[str]) -> None:
    """Take documents out, and leave none of their words in the index."""
    rows: list[Any] = []
    for batch in batches(sorted(set(document_ids))):
        rows += connection.execute(
            select(searchable.c.number, searchable.c.words).where(
                searchable.c.document_id.in_(batch)
            )
        ).all()
    if not rows:
        return
    lite = connection.dialect.name == "sqlite"
    for row in rows:
        if lite:
            connection.execute(
                text(
                    f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}, rowid, words) "
                    "VALUES ('delete', :number, :words)"
                ),
                {"number": row.number, "words": zlib.decompress(row.words).decode()},
            )
        else:
            connection.execute(
                text(f"DELETE FROM {FULL_TEXT} WHERE number = :number"), {"number": row.number}
            )
    numbers = [row.number for row in rows]
    for some in batches(numbers):
        connection.execute(delete(searchable).where(searchable.c.number.in_(some)))
    if lite:
        # FTS5 only marks what was deleted until its parts are merged.
        connection.execute(text(f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}) VALUES ('optimize')"))


def fill(connection: Connection) -> None:
    """Put every document that was read into the index, as after an upgrade."""
    put(connection, connection.execute(select(readings.c.document_id)).scalars().all())


# Asking


def found(connection: Connection, terms: Sequence[Term]) -> list[int]:
    """The numbers of the documents in which all terms hold, ascending; [] without terms.

    They come as one text: a common word is in most reports, and a row for each costs ten
    times as much.
    """
    if not any(not term.without for term in terms):
        return []
    if connection.dialect.name == "sqlite":
        listed = connection.execute(
            text(f"SELECT group_concat(rowid) FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH :asked"),
            {"asked": _fts5(terms)},
        ).scalar()
    else:
        listed = connection.execute(
            text(
                f"SELECT string_agg(CAST(number AS text), ',') FROM {FULL_TEXT} "
                "WHERE words @@ CAST(:asked AS tsquery)"
            ),
            {"asked": _tsquery(terms)},
        ).scalar()
    return sorted(map(int, listed.split(","))) if listed else []


def _fts5(terms: Sequence[Term]) -> str:
    """Words are letters and digits by :func:`words_of`, and stand in quotes besides."""

    def phrase(term: Term) -> str:
        return '"' + " ".join(term.words) + '"' + (" *" if term.prefix else "")

    wanted = " AND ".join(phrase(term) for term in terms if not term.without)
    for term in terms:
        if term.without:
            wanted = f"({wanted}) NOT {phrase(term)}"
    return wanted


def _tsquery(terms: Sequence[Term]) -> str:
    def phrase(term: Term) -> str:
        quoted = [f"'{word}'" for word in term.words]
        if term.prefix:
            quoted[-1] += ":*"
        return ("!" if term.without else "") + "(" + " <-> ".join(quoted) + ")"

    return " & ".join(phrase(term) for term in terms)


def snippet(whole: str, terms: Sequence[Term], around: int = 90) -> tuple[tuple[str, bool], ...]:
    """The first place where a term stands, in pieces; True marks those that were asked for."""
    wanted = {word for term in terms if not term.without for word in term.words}
    starts = tuple(t.words[-1] for t in terms if t.prefix and not t.without)
    hits: list[tuple[int, int]] = []
    for match in _WORD.finditer(whole[:MOST_CHARACTERS]):
        word = fold(match.group())
        if word in wanted or (starts and word.startswith(starts)):
            hits.append(match.span())
            if match.start() - hits[0][0] > around:
                break
    if not hits:
        return ()
    begin, end = max(0, hits[0][0] - around), min(len(whole), hits[0][0] + 2 * around)
    pieces: list[tuple[str, bool]] = []
    at = begin
    for start, stop in hits:
        if stop > end:
            break
        pieces += [(whole[at:start], False), (whole[start:stop], True)]
        at = stop
    pieces.append((whole[at:end], False))
    return tuple(piece for piece in pieces if piece[0])


__all__ = ["MOST_CHARACTERS", "Term", "fill", "forget", "found", "parse", "put", "snippet"]
