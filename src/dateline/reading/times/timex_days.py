"""From a matched time expression to its TIMEX3 type and value.

One method a kind of timex_patterns; each returns what it found or None where the words
are no time after all ("second" in a ranking, "may" the verb). The reader remembers the
last day, quarter and year the text spoke of, to which "the next day" refers.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from dateline.model import TimexType
from dateline.reading.times.calendar import (
    granular,
    safe_date,
)
from dateline.reading.times.timex_patterns import COMPILED, DATE, RELATIVE_DAY, WEEKDAY_RULE, S
from dateline.reading.times.timex_words import (
    DAY_PARTS,
    MONTHS,
    WEEKDAYS,
    number,
)

HORIZON_YEAR = 2026
"""The last year of the data, as `horizon` in sources/data/datable.toml: of two digits, a
later year was of the century before."""

_DAY = dt.timedelta(days=1)
_I = re.IGNORECASE
_DAY_FORMS = (
    ("date", re.compile(DATE, _I)),
    ("weekday", re.compile(WEEKDAY_RULE, _I)),
    ("relday", re.compile(RELATIVE_DAY, _I)),
)
_BEFORE_DAY = re.compile(rf",?{S}(?:(?:on|of|by|early|late|last){S})?|,{S}", _I)
# "9:00 pm (2100 GMT) on Sunday": the same hour told twice over has one day.
_OTHER_CLOCK = re.compile(rf"{S}?\((?=[^()\n]{{0,20}}\d)[^()\n]{{2,24}}\)|\)", _I)
_PART_AFTER = re.compile(
    rf"(?:,?{S}(?:in{S}the{S}|at{S})?|[-])(?:(?:early|late|mid-?){S}?)?"
    rf"(?P<part>{'|'.join(DAY_PARTS)})(?P<plural>s)?(?!\w)",
    _I,
)
_AFTER_NOON = frozenset("afternoon evening night".split())
_MAY_THE_VERB = re.compile(
    rf"may{S}(?:be|have|not|also|well|still|die|go|face|come|lose)(?!\w)", _I
)
_WORD_NEXT = re.compile(rf"{S}[^\W\d_]")
_RANGE_BEFORE = re.compile(rf"(?:{S}(?:to|through|until|till){S}|[ ]?[-–][ ]?)$", _I)
_CLOCK_AFTER = re.compile(
    rf"{S}(?:at|around|about|shortly{S}(?:before|after)){S}(?:about{S}|around{S})?", _I
)
_NIGHT_OF = re.compile(
    rf"(?:(?:the|early|late){S})?(?P<part>dawn|morning|afternoon|evening|night)s?{S}of{S}(?:the{S})?$",
    _I,
)

# Tense near an expression without a year, or a bare weekday.
_FUTURE = re.compile(
    r"\b(?:will|won't|['’]ll|shall|would|to be|to resume|to begin|to start|to open|to vote|to end"
    r"|to expire|scheduled|slated|due|upcoming|deadline|effective|payable|expects?|plans? to"
    r"|planned|planning|going to|is to|are to|set (?:to|for)|expires?|next|(?-i:may)|can|should"
    r"|must|hopes?|takes? effect|ahead of|in advance of"
    r"|(?:by|until|till|through)(?=\s{0,3}$))(?!\w)",
    _I,
)
_PAST = re.compile(
    r"(?<!\bbe )\b(?:was|were|had|did|has|have|said|says|told|began|came|left|took|went|fell"
    r"|rose|shot|struck|hit|made|gave|held|met|won|lost|since|ago|set|put|broke|blew|saw|got"
    r"|found|sent|led|cut|ran|became|spoke|wrote|drove|flew|last|ended"
    r"|(?!un|need|hundred|indeed|speed|united)[a-z]+(?<!cce|oce|xce|hre)ed)(?!\w)",
    _I,
)
_LATER_IN_THE_PAST = re.compile(
    r"\b(?:was|were|had|been)\s{1,3}(?:been\s{1,3})?(?:due|scheduled|set|to|expected|slated|planned)\b"
    r"[\w\s]{0,40}$|\bhad\b.{0,60}\bby\s{1,3}$",
    _I | re.DOTALL,
)
NINE_ELEVEN = dt.date(2001, 9, 11)
# "Since the Sept. 11 attacks": those of 2001, where no year follows.
_ATTACKS = re.compile(rf"{S}(?:(?:terror|terrorist|suicide){S})?(?:attacks|hijackings)(?!\w)", _I)


class Found(NamedTuple):
    """One expression; ``calendar`` is False where the value names no calendar days."""

    start: int
    end: int
    type: TimexType
    value: str
    calendar: bool = True


class DayRules:
    """Days and clock times of one text, read in text order."""

    def __init__(self, text: str, reference: dt.date | None, *, all_caps: bool) -> None:
        self.text = text
        self.reference = reference
        self.all_caps = all_caps
        self.day = reference  # the last day the text told of, else the reference
        self.quarter: tuple[int | None, int] | None = None
        self.quarter_at = 0
        self.year: int | None = None
        self.period = reference  # a day in the last month or year told of
        self.last_weekday: tuple[int, dt.date] | None = None  # its end, and the day
        self.sentence = (0, len(text))

    # -- helpers -----------------------------------------------------------------

    def _before(self, at: int, width: int = 40) -> str:
        return self.text[max(self.sentence[0], at - width) : at]

    def _points_ahead(self, at: int, end: int) -> bool | None:
        """True for the future, False for the past, None where no verb tells."""
        head = self._before(at, 90)
        ahead = max((m.end() for m in _FUTURE.finditer(head)), default=-1)
        back = max((m.end() for m in _PAST.finditer(head) if m.end() != ahead), default=-1)
        if ahead >= 0 or back >= 0:
            return ahead > back and _LATER_IN_THE_PAST.search(head) is None
        tail = self.text[end : min(self.sentence[1], end + 60)]
        first_ahead = _FUTURE.search(tail)
        first_back = _PAST.search(tail)
        if first_ahead and (not first_back or first_ahead.start() < first_back.start()):
            return True
        return False if first_back else None

    def _is_capital(self, at: int) -> bool:
        return self.text[at].isupper()

    def _remember(self, value: dt.date | None) -> None:
        if value is not None:
            self.day = self.period = value
            self.year = value.year

    def _year_for(self, month: int, day: int, ahead: bool | None) -> int | None:
        """The year of a month and day told without one."""
        ref = self.reference
        if ref is None:
            return None
        here = safe_date(ref.year, month, min(day, 28)) or ref
        gap = (here - ref).days  # positive: still to come this year
        # News leaves the year out where it is the current one (AP stylebook), or where
        # the nearest such day is meant.
        if ahead:
            return ref.year + 1 if gap < -90 else ref.year
        if gap <= 0:
            return ref.year + 1 if ahead is None and gap < -300 else ref.year
        return ref.year if gap <= (60 if ahead is False else 183) else ref.year - 1

    def _weekday(self, wd: int, ahead: bool | None, mod: str | None) -> dt.date | None:
        ref = self.reference
        if ref is None:
            return None
        delta = (wd - ref.isoweekday()) % 7
        if mod in {"next", "coming"}:
            return ref + (delta or 7) * _DAY
        if mod == "following":
            base = self.day or ref
            return base + (((wd - base.isoweekday()) % 7) or 7) * _DAY
        if mod in {"last", "past"}:
            return ref - ((-delta) % 7 or 7) * _DAY
        if mod == "previous":
            base = self.day or ref
            return base - ((base.isoweekday() - wd) % 7 or 7) * _DAY
        if mod == "this" or ahead:
            return ref + delta * _DAY
        return ref - ((-delta) % 7) * _DAY

    def _day_at(self, at: int) -> tuple[str, int, dt.date | None] | None:
        """A day named at that place: value, end and the day if known."""
        for kind, pattern in _DAY_FORMS:
            m = pattern.match(self.text, at)
            if m is None:
                continue
            if kind == "date":
                got = self._date_value(m)
                if got:
                    return got[0], self._date_end(m), got[1]
            elif kind == "weekday" and not m["plural"] and m["mod"] not in {"every", "each"}:
                wd = WEEKDAYS[m["wd"].lower()]
                mod = (m["mod"] or "").lower() or None
                found = self._weekday(wd, self._points_ahead(at, m.end()), mod)
                return found.isoformat() if found else f"XXXX-WXX-{wd}", m.end("wd"), found
            elif kind == "relday":
                found = self._relative(m)
                return granular(found, "day"), m.end(), found
        return None

    def _timed(self, start: int, end: int, value: str) -> Found:
        """A day with the part of the day or the clock time that stands beside it."""
        night = _NIGHT_OF.search(self._before(start, 40))
        if night:
            start -= len(night.group())
            return Found(start, end, "TIME", f"{value}T{DAY_PARTS[night['part'].lower()]}")
        part = _PART_AFTER.match(self.text, end)
        if part and part["plural"]:
            part = None
        end = part.end() if part else end
        at = _CLOCK_AFTER.match(self.text, end)
        if at:
            clock = COMPILED["clock"].match(self.text, at.end())
            told = self._clock_value(clock) if clock else None
            if clock and told:
                return Found(start, clock.end(), "TIME", f"{value}{told}")
        if part:
            return Found(start, end, "TIME", f"{value}T{DAY_PARTS[part['part'].lower()]}")
        return Found(start, end, "DATE", value)

    def _clocked(self, m: re.Match[str], value: str) -> Found:
        """A clock time with the day that follows it, else of the day the text is in."""
        twice = _OTHER_CLOCK.match(self.text, m.end())
        gap = _BEFORE_DAY.match(self.text, twice.end() if twice else m.end())
        told = self._day_at(gap.end()) if gap else None
        if told is None or twice:
            spoken = m.groupdict().get("oclock")
            part = _PART_AFTER.match(self.text, m.end()) if spoken else None
            if part and not part["plural"]:
                return Found(m.start(), part.end(), "TIME", f"{granular(self.day, 'day')}{value}")
            day = told[0] if told else granular(self.day, "day")
            return Found(m.start(), m.end(), "TIME", f"{day}{value}")
        self._remember(told[2])
        part = _PART_AFTER.match(self.text, told[1])
        end = part.end() if part and not part["plural"] else told[1]
        return Found(m.start(), end, "TIME", f"{told[0]}{value}")

    # -- days --------------------------------------------------------------------

    def read_iso(self, m: re.Match[str]) -> list[Found] | None:
        """As in "2016-07-14T22:30"."""
        day = safe_date(int(m["y"]), int(m["m"]), int(m["d"]))
        if day is None:
            return None
        self._remember(day)
        value = day.isoformat()
        if m["clock"]:
            return [Found(m.start(), m.end(), "TIME", f"{value}T{m['clock']}{m['sec'] or ''}")]
        return [Found(m.start(), m.end(), "DATE", value)]

    def read_slashed(self, m: re.Match[str]) -> list[Found] | None:
        """As in "07/14/2016", "14.07.2016"."""
        a, b = int(m["a"]), int(m["b"])
        if m["mark"] != m["mark2"] or (m["mark"] == "." and len(m["y"]) == 2):
            return None
        # American order with a slash unless only the other is a date; day first with dots.
        month, date = (b, a) if m["mark"] == "." or a > 12 else (a, b)
        day = safe_date(self._full_year(m["y"]), month, date)
        if day is None:
            return None
        self._remember(day)
        return [self._timed(m.start(), m.end(), day.isoformat())]

    def _full_year(self, digits: str) -> int:
        digits = digits.strip("'’")
        if len(digits) == 4:
            return int(digits)
        if self.reference is None:
            # Nothing to be near to: of this century, unless that lies ahead of the data.
            return (2000 if 2000 + int(digits) <= HORIZON_YEAR else 1900) + int(digits)
        # Two digits: the year nearest the publication, at most twenty years ahead.
        pivot = self.reference.year
        year = pivot - pivot % 100 + int(digits)
        if year > pivot + 20:
            return year - 100
        return year + 100 if year < pivot - 79 else year

    def _date_value(self, m: re.Match[str]) -> tuple[str, dt.date | None] | None:
        first = "" if m["mon"] else "b"
        name = (m["mon"] or m["monb"]).rstrip(".").lower()
        at = m.start("mon") if m["mon"] else m.start("monb")
        if not self._is_capital(at) and name in {"may", "march", "mar", "sun", "sat", "jan"}:
            return None
        if name == "may" and self.all_caps and _MAY_THE_VERB.match(self.text, at):
            return None  # "AT LEAST 12 MAY BE DEAD"
        month = MONTHS[name]
        date = int(re.sub(r"\D", "", m[f"day{first}"]))
        given = m[f"year{first}"] if self._date_end(m) == m.end() else None
        if given:
            year: int | None = self._full_year(given)
        else:
            year = self._year_for(month, date, self._points_ahead(m.start(), m.end()))
            wd = WEEKDAYS.get((m["wd"] or "").lower())
            if wd and year:
                # The weekday told beside it decides between the years.
                for option in (year, year - 1, year + 1):
                    day = safe_date(option, month, date)
                    if day and day.isoweekday() == wd:
                        year = option
                        break
        if year is None:
            return (f"XXXX-{month:02d}-{date:02d}", None) if date <= 31 else None
        day = safe_date(year, month, date)
        return (day.isoformat(), day) if day else None

    def _date_end(self, m: re.Match[str]) -> int:
        """The end of a date; without "84" where "15 July 84 people" counts people."""
        digits = m["yearb"]
        if digits is None or len(digits) != 2 or not _WORD_NEXT.match(self.text, m.end()):
            return m.end()
        ref = self.reference
        if self.all_caps and ref and abs(self._full_year(digits) - ref.year) <= 1:
            return m.end()
        return m.end("monb")

    def read_date(self, m: re.Match[str]) -> list[Found] | None:
        """As in "July 14, 2016", "14-15 July", "Saturday, 9 May"."""
        got = self._date_value(m)
        if got is None:
            return None
        value, day = got
        if (
            value.endswith("-09-11")
            and not re.search(r"\d{4}", m.group())
            and (self.reference is None or self.reference > NINE_ELEVEN)
            and _ATTACKS.match(self.text, m.end())
        ):
            return [Found(m.start(), self._date_end(m), "DATE", NINE_ELEVEN.isoformat())]
        second = m["day2"] or m["day2b"]
        if second is None:
            self._remember(day)
            return [self._timed(m.start(), self._date_end(m), value)]
        # "14-15 July", "May 3 and 5": each day is an expression of its own, save that a
        # night between two days is one, told by its first day.
        low, high = self._pair(m, value)
        self._remember(day)
        if high is None:
            return None
        night = _NIGHT_OF.search(self._before(m.start(), 40))
        if night:
            first = (m["dayb"] is not None and low) or value
            start = m.start() - len(night.group())
            return [
                Found(
                    start, self._date_end(m), "TIME", f"{first}T{DAY_PARTS[night['part'].lower()]}"
                )
            ]
        cut = m.end("day") if m["day2"] else m.end("dayb")
        then = m.start("day2") if m["day2"] else m.start("day2b")
        return [
            Found(m.start(), cut, "DATE", low),
            Found(then, self._date_end(m), "DATE", high),
        ]

    def _pair(self, m: re.Match[str], value: str) -> tuple[str, str | None]:
        second = int(re.sub(r"\D", "", m["day2"] or m["day2b"]))
        high = f"{value[:8]}{second:02d}"
        if value[:4] != "XXXX" and safe_date(int(value[:4]), int(value[5:7]), second) is None:
            return value, None
        return value, high

    def _weekday_found(self, m: re.Match[str], wd: int, mod: str | None) -> Found:
        day = self._weekday(wd, self._points_ahead(m.start(), m.end()), mod)
        end = m.end("wd")
        if m["week"]:
            end = m.end()
            after = (m["after"] or "").lower()
            if day and self.reference and after:
                monday = self.reference - (self.reference.isoweekday() - 1) * _DAY
                shift = {"last": -7, "next": 7, "this": 0}[after]
                day = monday + (wd - 1 + shift) * _DAY
            elif not after:
                end = m.end("wd")
        if (
            self.last_weekday
            and not mod
            and (span := _RANGE_BEFORE.search(self._before(m.start(), 20)))
            and m.start() - len(span.group()) == self.last_weekday[0]
        ):
            # "from Monday to Wednesday": the second is counted from the first.
            first = self.last_weekday[1]
            day = first + ((wd - first.isoweekday()) % 7) * _DAY
        self._remember(day)
        self.last_weekday = (end, day) if day else None
        value = day.isoformat() if day else f"XXXX-WXX-{wd}"
        return self._timed(m.start(), end, value)

    def read_weekday(self, m: re.Match[str]) -> list[Found] | None:
        """As in "Saturday", "last Friday", "Monday nights"."""
        mod = (m["mod"] or "").lower() or None
        if m["plural"]:
            wd = WEEKDAYS[m["plural"].lower()[:-1]]
            return [Found(m.start(), m.end("plural"), "SET", f"XXXX-WXX-{wd}")]
        name = m["wd"].rstrip(".").lower()
        if not self._is_capital(m.start("wd")):
            return None
        wd = WEEKDAYS[name]
        part = _PART_AFTER.match(self.text, m.end("wd"))
        if part and part["plural"]:
            value = f"XXXX-WXX-{wd}T{DAY_PARTS[part['part'].lower()]}"
            return [Found(m.start(), part.end(), "SET", value)]
        if mod and (mod in {"every", "each"} or "alternate" in mod):
            return [Found(m.start(), m.end("wd"), "SET", f"XXXX-WXX-{wd}")]
        return [self._weekday_found(m, wd, mod)]

    def _relative(self, m: re.Match[str]) -> dt.date | None:
        if self.reference is None:
            return None
        word = m["rel"].lower()
        if m["far"]:
            return self.reference + (-2 if m["far"].lower().startswith("before") else 2) * _DAY
        return self.reference + {"yesterday": -1, "tomorrow": 1}.get(word, 0) * _DAY

    def read_relday(self, m: re.Match[str]) -> list[Found] | None:
        """As in "yesterday", "tonight", "the day after tomorrow"."""
        day = self._relative(m)
        self._remember(day)
        value = granular(day, "day")
        if m["rel"].lower() == "tonight":
            return [Found(m.start(), m.end(), "TIME", f"{value}TNI")]
        return [self._timed(m.start(), m.end(), value)]

    # -- the clock ---------------------------------------------------------------

    def _clock_value(self, m: re.Match[str]) -> str | None:
        if m["named"]:
            return "T24:00" if m["named"].lower() == "midnight" else "T12:00"
        if m["military"]:
            return f"T{m['military'][:2]}:{m['military'][2:]}"
        if m["hour24"]:
            return f"T{int(m['hour24']):02d}:{m['minute24']}"
        if m["oclock"]:
            hour = number(m["oclock"])
            if hour is None or hour > 24:
                return None
            part = _PART_AFTER.match(self.text, m.end())
            if part and hour < 12 and part["part"].lower() in _AFTER_NOON:
                hour += 12  # "six o'clock in the evening"
            return f"T{int(hour):02d}:00"
        hour12 = int(m["hour"])
        if hour12 > 12:
            return f"T{hour12:02d}:{m['minute'] or '00'}"
        hour12 = hour12 % 12 + (12 if m["half"].lower().startswith("p") else 0)
        return f"T{hour12:02d}:{m['minute'] or '00'}"

    def read_military(self, m: re.Match[str]) -> list[Found] | None:
        """ "AT 1500": four figures after "at", with no noun that they count."""
        head = self._before(m.start(), 12)
        if not re.search(r"\b(?:at|about|around)\s{1,3}$", head, _I):
            return None
        if not self.all_caps and not re.match(
            r"[.,;)]|\s+(?:on|in|local|yesterday|today)\b", self.text[m.end() : m.end() + 12]
        ):
            return None
        return [self._clocked(m, f"T{m['hour']}:{m['minute']}")]

    def read_clock(self, m: re.Match[str]) -> list[Found] | None:
        """As in "10 p.m. Wednesday", "1430 GMT", "noon"."""
        value = self._clock_value(m)
        if value is None:
            return None
        if m["hour24"] and not (
            m["zone"]
            or re.search(
                r"\b(?:at|by|until|from|around|about|before|after|to|and|since|,)\s{1,3}$",
                self._before(m.start()),
                _I,
            )
        ):
            return None  # a score or a ratio
        return [self._clocked(m, value)]
