"""What a person says of a report beside its text: who published it, when, under which title."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import msgspec

from dateline.errors import SettingsError
from dateline.sources.calendar_dates import parse_date, safe_date
from dateline.sources.decoding import clean

_MOST = 500  # characters; longer is a text that was given for a name or a title


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """Facts about a report that its text need not hold; None for what is not told.

    They go before what would be concluded from a text or a page, and behind the fields of
    a line of JSON Lines, which knows its own report best.
    """

    publisher: str | None = None
    published_at: dt.date | None = None
    title: str | None = None
    url: str | None = None

    @property
    def of_one_report(self) -> str | None:
        """The fact that cannot be true of several reports, by name; None without one."""
        return "title" if self.title else "url" if self.url else None


def provenance(
    *,
    publisher: str | None = None,
    published_at: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Provenance | None:
    """The facts as a person types them, checked; None where there are none.

    Raises SettingsError, naming the option, for one that is blank, too long, no date or no
    address of a page.
    """
    if publisher is None and published_at is None and title is None and url is None:
        return None
    day = None
    if published_at is not None:
        day = given_date(_words("--published-at", published_at, "2017-10-14"))
        if day is None:
            raise SettingsError(
                f"{published_at[:40]!r} is no date, or may be two",
                where="--published-at",
                hint="give it as YYYY-MM-DD",
            )
    return Provenance(
        publisher=None if publisher is None else _words("--publisher", publisher, "Reuters"),
        published_at=day,
        title=None if title is None else _words("--title", title, "Blast in the capital"),
        url=None if url is None else _address(url),
    )


def given_date(value: object) -> dt.date | None:
    """A date from a field: a date, its words, YYYYMMDD, or seconds since 1970 (UTC)."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        value = value.strip()
        if len(value) > 200:
            return None
        if value.isdecimal() and value.isascii() and len(value) in (8, 10, 13):
            value = int(value)
        else:
            return parse_date(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if 18000101 <= value <= 21991231 and value == int(value):
        return safe_date(int(value) // 10000, int(value) // 100 % 100, int(value) % 100)
    seconds = value / 1000 if value > 1e11 else value
    if not 1e8 < seconds < 1e10:
        return None
    return (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)).date()


def _words(option: str, told: str, example: str) -> str:
    words = " ".join(clean(told)[0].split())
    if not words:
        raise SettingsError("is empty", where=option, hint=f"as in {option} {example!r}")
    if len(words) > _MOST:
        raise SettingsError(f"is over {_MOST} characters", where=option, hint="shorten it")
    return words


def _address(told: str) -> str:
    url = _words("--url", told, "https://example.org/report")
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and parts.hostname and " " not in url
    except ValueError:
        known = False
    if not known:
        raise SettingsError(
            f"{url[:60]!r} is no address of a page",
            where="--url",
            hint="as in --url https://example.org/report",
        )
    return url
