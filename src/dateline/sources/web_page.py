"""HTML: the main text of a page and what its markup tells."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

from dateline.errors import EmptyDocumentError
from dateline.sources.calendar_dates import safe_date
from dateline.sources.decoding import Decoded, clean, decode
from dateline.sources.stated_date import Stated, stated_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_URL_DATE = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
# Without bounds of its own, htmldate would ask the clock.
_FIRST_DAY, _LAST_DAY = "1980-01-01", "2099-12-31"


class Page(NamedTuple):
    """What a page gives: its text, headline first, and its metadata where it has any.

    ``stated`` is a date in the visible words of the page, ``marked`` one of its markup
    (meta tags, JSON-LD, time elements, the address).
    """

    text: str
    title: str | None
    publisher: str | None
    url: str | None
    language: str | None
    stated: dt.date | None
    marked: dt.date | None
    warnings: tuple[str, ...] = ()


def read_page(raw: bytes, where: str | None = None) -> Page:
    """Take the report out of a page (trafilatura), with title, site, address and dates.

    The paragraphs are parted by blank lines; the headline is put first where the main
    text does not hold it, so that a title can be quoted by its offsets.

    Raises EmptyDocumentError where the page holds no text.
    """
    from lxml import etree, html  # type: ignore[import-untyped]
    from trafilatura import bare_extraction, html2txt
    from trafilatura.settings import Document as Extracted

    decoded = _decode(raw, where)
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded.text)
    try:
        tree = html.document_fromstring(markup)
    except (etree.ParserError, ValueError):
        raise _no_text(where) from None
    warnings = list(decoded.warnings)
    try:
        extracted = bare_extraction(markup, with_metadata=True, include_comments=False)
    except Exception as error:
        # Pages are hostile; a fault of the extractor is not worth the document.
        extracted = None
        warnings.append(f"the extractor failed on the page: {type(error).__name__}")
    if isinstance(extracted, Extracted) and (extracted.text or "").strip():
        body = extracted.text or ""
    else:
        body = html2txt(markup) or _visible(tree)
        if not body.strip():
            raise _no_text(where)
        warnings.append("no main text was found in the page; all of its text was taken")
    title = _clean(getattr(extracted, "title", None)) or _clean(tree.findtext(".//title"))
    url = _canonical(tree) or _clean(getattr(extracted, "url", None))
    text = re.sub(r"\n+", "\n\n", body.strip())
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    stated = _stated(tree)
    return Page(
        text=text,
        title=title,
        publisher=_clean(getattr(extracted, "sitename", None)),
        url=url,
        language=_language(tree),
        stated=stated.date if stated else None,
        marked=_marked(tree, url) or date_of_url(url),
        warnings=tuple(warnings),
    )


def date_of_url(url: str | None) -> dt.date | None:
    """The day in an address such as ".../2022/10/15/...", None where there is none."""
    match = _URL_DATE.search(url) if url else None
    return safe_date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _decode(raw: bytes, where: str | None) -> Decoded:
    """Decode a page; its own word on its charset is believed where the bytes are no UTF-8."""
    declared = _CHARSET.search(raw[:4096])
    if declared:
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            try:
                text = raw.decode(declared[1].decode("ascii"), "strict")
                text, warnings = clean(text)
                return Decoded(text, declared[1].decode("ascii"), warnings)
            except (LookupError, UnicodeDecodeError):
                pass
    return decode(raw, where)


def _no_text(where: str | None) -> EmptyDocumentError:
    return EmptyDocumentError(
        "there is no text in the page",
        where=where,
        hint="a page that is filled in by scripts has to be saved from the browser",
    )


def _clean(words: str | None) -> str | None:
    words = " ".join(words.split()) if words else ""
    return words or None


def _canonical(tree: HtmlElement) -> str | None:
    for path in (
        "//link[@rel='canonical']/@href",
        "//meta[@property='og:url']/@content",
    ):
        for url in tree.xpath(path):
            if re.match(r"https?://\S+$", str(url)):
                return str(url)
    return None


def _language(tree: HtmlElement) -> str | None:
    for path in ("/html/@lang", "//meta[@http-equiv='content-language']/@content"):
        for code in tree.xpath(path):
            match = re.match(r"([a-z]{2})(?:[-_]|$)", str(code).strip().lower())
            if match:
                return match[1]
    return None


def _visible(tree: HtmlElement) -> str:
    """The visible text, one line a block."""
    pieces = tree.xpath(
        "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript"
        " or ancestor::template)]"
    )
    lines = (" ".join(str(piece).split()) for piece in pieces)
    return "\n".join(line for line in lines if line)


def _stated(tree: HtmlElement) -> Stated | None:
    """A date in the words above or below the report: the one beside its headline first."""
    for path in ("//h1[1]/..", "//article", "//main", "//body"):
        for element in tree.xpath(path)[:1]:
            found = stated_date(_visible_of(element), None)
            if found:
                return found
    return None


def _visible_of(element: HtmlElement) -> str:
    pieces = element.xpath(
        ".//text()[not(ancestor::script or ancestor::style or ancestor::time"
        " or ancestor::nav or ancestor::aside or ancestor::footer)]"
    )
    return "\n".join(line for piece in pieces if (line := " ".join(str(piece).split())))


def _marked(tree: HtmlElement, url: str | None) -> dt.date | None:
    """What htmldate finds in the markup alone: the visible words are read by us.

    htmldate takes "Jul 12/2024" for 1 December; so it is shown the head, the JSON-LD and
    the time elements, and not the words of the page.
    """
    from copy import deepcopy

    from htmldate import find_date
    from lxml import html

    skeleton = html.document_fromstring("<html><head></head><body></body></html>")
    head, body = skeleton.find("head"), skeleton.find("body")
    for element in tree.xpath("/html/head/*[self::meta or self::link or self::script]"):
        head.append(deepcopy(element))
    for element in tree.xpath(
        "//body//time[not(ancestor::aside or ancestor::footer)]"
        " | //body//script[@type='application/ld+json'] | //body//*[@itemprop='datePublished']"
    )[:20]:
        copy = deepcopy(element)
        copy.tail = None
        body.append(copy)
    try:
        found = find_date(
            skeleton,
            extensive_search=False,
            original_date=True,
            url=url,
            min_date=_FIRST_DAY,
            max_date=_LAST_DAY,
            deferred_url_extractor=True,
        )
    except (ValueError, TypeError, AttributeError, OverflowError):
        # The markup is anybody's; a fault of the date finder is not worth the document.
        return None
    return dt.date.fromisoformat(found) if found else None
