"""From raw bytes to a Document: text, title, publisher, date, furniture, repost."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import NamedTuple

from dateline.errors import EmptyDocumentError, MalformedInputError, TooLargeError
from dateline.model import Document, PublishedHow
from dateline.settings import Settings
from dateline.sources.dateline_line import Dateline, find_dateline, known_agency
from dateline.sources.decoding import clean, decode
from dateline.sources.furniture import find_furniture
from dateline.sources.headline import headline
from dateline.sources.inferred_date import inferred_date
from dateline.sources.language import detect_language
from dateline.sources.provenance import Provenance, given_date
from dateline.sources.raw import RawInput
from dateline.sources.records import read_record
from dateline.sources.reposts import reposted_from
from dateline.sources.sites import named_publisher, site_owner
from dateline.sources.stated_date import stated_date

# 80 bits: two of a thousand million documents share an id once in a million ledgers.
_ID_BYTES = 10
_SHORT = 4  # letters


class _Given(NamedTuple):
    """What came with the text, before anything was concluded from it."""

    text: str
    raw: bytes
    path: str | None = None
    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published_at: dt.date | None = None
    published_how: PublishedHow = "unknown"
    marked: dt.date | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()


def to_document(
    raw: RawInput, settings: Settings, provenance: Provenance | None = None
) -> Document:
    """Turn a raw input into a Document; runs in worker processes.

    ``provenance`` is what a person says of the report: it goes before what a text or a page
    tells, and stands in for the fields that a line of JSON Lines does not have.

    Raises EmptyDocumentError, BinaryDocumentError, TooLargeError (over
    ``settings.max_words``) or MalformedInputError, each naming the file and the line.
    """
    where = raw.where
    told = provenance or Provenance()
    if raw.media == "html":
        document = _from_page(raw, told)
    elif raw.media == "jsonl":
        document = _from_record(raw, told)
    else:
        decoded = decode(raw.raw, where)
        given = _Given(decoded.text, raw.raw, path=where, warnings=decoded.warnings)
        given = _with(given, told)
        document = _document(given, id=document_id(decoded.text.encode(), *_origin(given)))
    _check_length(document.text, where, settings)
    return document


def document_from_text(
    text: str,
    *,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    published_at: dt.date | str | None = None,
    language: str | None = None,
    external_id: str | None = None,
    path: str | None = None,
) -> Document:
    """Make a Document of a text in hand.

    ``published_at`` is a date, or a date in words or figures in any usual form; where it
    is given, the document's date is "stated". ``language`` is an ISO 639-1 code.

    Raises EmptyDocumentError for a text without a character that is not white space,
    MalformedInputError for a ``published_at`` that is no date.
    """
    where = path or external_id
    given = None
    if published_at is not None:
        given = given_date(published_at)
        if given is None:
            raise MalformedInputError(
                f"published_at {str(published_at)[:40]!r} is no date",
                where=where,
                hint="give it as YYYY-MM-DD",
            )
    return _of_text(
        text,
        raw=None,
        where=where,
        fields=_Given(
            text,
            b"",
            path=path,
            external_id=external_id,
            url=url,
            title=title,
            publisher=publisher,
            published_at=given,
            published_how="stated" if given else "unknown",
            language=language,
        ),
    )


def document_id(content: bytes, *origin: str | None) -> str:
    """The id of a document: "d" and 20 hexadecimal figures (BLAKE2b).

    Made of the content (the text in UTF-8; for a page its bytes, since the extraction of
    its text may change with a release) and the origin that was given with it: url,
    external id and publisher. The same bytes without an origin are one document whatever
    the path; the same text from two publishers is two, and linking counts it once.
    """
    digest = hashlib.blake2b(content, digest_size=_ID_BYTES)
    for part in origin:
        # The length parts "ab" + "c" from "a" + "bc".
        encoded = (part or "").encode("utf-8", "replace")
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return "d" + digest.hexdigest()


def _of_text(text: str, *, raw: bytes | None, where: str | None, fields: _Given) -> Document:
    text, warnings = clean(text)
    if not text.strip():
        raise EmptyDocumentError("there is nothing in the text", where=where, hint="give a text")
    content = text.encode()
    return _document(
        fields._replace(
            text=text,
            raw=content if raw is None else raw,
            warnings=fields.warnings + warnings,
        ),
        id=document_id(content, *_origin(fields)),
    )


def _origin(fields: _Given) -> tuple[str | None, ...]:
    origin = (fields.url, fields.external_id, fields.publisher)
    return origin if any(origin) else ()


def _with(given: _Given, told: Provenance) -> _Given:
    """What came with a text or a page, under what a person says of it."""
    how: PublishedHow = "stated" if told.published_at else given.published_how
    return given._replace(
        url=told.url or given.url,
        title=told.title or given.title,
        publisher=told.publisher or given.publisher,
        published_at=told.published_at or given.published_at,
        published_how=how,
    )


def _from_page(raw: RawInput, told: Provenance) -> Document:
    from dateline.sources.web_page import read_page

    page = read_page(raw.raw, raw.where)
    given = _Given(
        page.text,
        raw.raw,
        path=raw.where,
        url=page.url,
        title=page.title,
        publisher=page.publisher,
        published_at=page.stated,
        published_how="stated" if page.stated else "unknown",
        marked=page.marked,
        language=page.language,
        warnings=page.warnings,
    )
    # What a page says of itself is in its bytes, which make the id, already.
    origin = _origin(_with(_Given(page.text, raw.raw), told))
    return _document(_with(given, told), id=document_id(raw.raw, *origin))


def _from_record(raw: RawInput, told: Provenance) -> Document:
    record = read_record(raw.raw, raw.where)
    published_at = record.published_at or told.published_at
    return _of_text(
        record.text,
        raw=raw.raw,
        where=raw.where,
        fields=_Given(
            record.text,
            raw.raw,
            path=raw.where,
            external_id=record.external_id,
            url=record.url or told.url,
            title=record.title or told.title,
            publisher=record.publisher or told.publisher,
            published_at=published_at,
            published_how="stated" if published_at else "unknown",
            language=record.language,
            warnings=record.warnings,
        ),
    )


def _document(given: _Given, *, id: str) -> Document:
    """Conclude what was not given: title, date, publisher, repost, language, furniture."""
    from dateline.sources.web_page import date_of_url

    text, warnings = given.text, list(given.warnings)
    title = given.title or headline(text)
    dateline = find_dateline(text)
    outlet = named_publisher(given.publisher) or site_owner(given.url)
    publisher = outlet or (dateline.agency if dateline else None)
    reposted = reposted_from(text, publisher)
    if reposted is None and dateline and dateline.agency and outlet:
        # An outlet that prints wire copy is not its source.
        own = _same(dateline.agency, known_agency(outlet) or outlet)
        reposted = None if own else dateline.agency
    date, how = given.published_at, given.published_how
    marked = given.marked or date_of_url(given.url)
    if date is None:
        date, how = _published(text, dateline, marked)
    elif marked and abs((date - marked).days) > 1:
        warnings.append(f"the page states {date}, its markup {marked}")
    if not any(map(str.isalnum, text)):
        warnings.append("there are no words in the text")
    return Document(
        id=id,
        text=text,
        raw=given.raw,
        external_id=given.external_id,
        path=given.path,
        url=given.url,
        title=title,
        publisher=publisher,
        published_at=date,
        published_how=how,
        reposted_from=reposted,
        language=given.language or detect_language(text),
        furniture=find_furniture(text, title),
        warnings=tuple(warnings),
    )


def _published(
    text: str, dateline: Dateline | None, marked: dt.date | None
) -> tuple[dt.date | None, PublishedHow]:
    """The date by the words of the text, else its markup, else what can be concluded."""
    stated = stated_date(text, dateline)
    if stated and not stated.updated:
        return stated.date, "stated"
    if marked:
        return marked, "markup"
    if stated:
        return stated.date, "stated"
    inferred = inferred_date(text, dateline)
    return (inferred, "inferred") if inferred else (None, "unknown")


def _same(agency: str, publisher: str) -> bool:
    """Whether a publisher is an agency, as "Reuters UK" and "apnews.com" are."""
    words = re.findall(r"[^\W_]+", publisher.casefold())
    first, second = ("".join(filter(str.isalnum, n.casefold())) for n in (agency, publisher))
    if len(first) > _SHORT:
        return first in second or second in first
    # "AP" is in many a name that is not its own.
    return first in words or f"{first}news" in words


def _check_length(text: str, where: str, settings: Settings) -> None:
    # A word takes two characters at least, so most texts need no counting.
    if len(text) <= 2 * settings.max_words:
        return
    words = len(text.split())
    if words > settings.max_words:
        raise TooLargeError(
            f"{words:,} words are over the limit of {settings.max_words:,}",
            where=where,
            hint="split it into one document a file, or raise DATELINE_MAX_WORDS",
        )
