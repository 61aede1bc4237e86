"""Periods the calendar names: months, seasons, quarters, years, centuries, feasts."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from dateutil.easter import easter

from dateline.reading.times.calendar import SEASON_STARTS, granular, moved, quarter_of, safe_date
from dateline.reading.times.timex_days import NINE_ELEVEN, DayRules, Found
from dateline.reading.times.timex_patterns import CENTURY_WORDS, DECADE_WORDS, S
from dateline.reading.times.timex_words import (
    MONTHS,
    ORDINALS,
    SEASONS,
    duration,
    number,
    singular,
    spoken_year,
)

_I = re.IGNORECASE
_DAY = dt.timedelta(days=1)
# How far back, in characters, results of a quarter are still what "a year ago" compares with.
QUARTER_REACH: Final = 1500
FORWARD: Final = frozenset({"next", "coming", "following"})
BACK: Final = frozenset({"last", "past", "previous", "preceding", "prior"})
_COUNTED_NOUN = re.compile(
    rf"{S}(?:[a-z]+{S})?(?:people|persons|men|women|children|troops|soldiers|civilians|members"
    r"|workers|students|refugees|prisoners|passengers|houses|homes|percent|million|billion"
    r"|dollars|yuan|yen|miles|km|kilometers|kilometres|meters|metres|feet|tons|tonnes|hours"
    r"|votes|points|copies|pounds|acres|hectares|kilograms|kg)(?!\w)"
)
_NUMBER_BEFORE = re.compile(
    r"(?:\b(?:about|some|nearly|almost|than|least|roughly|approximately|over|only|another|up to"
    r"|no\.|number|flight|room|page|highway|route|building|block|rs|dlrs)\s{1,2}"
    r"|[$£€#]\s?|\d[-–])$",
    _I,
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|by|until|till|from|to|through|during|before|after|early|late|mid|fiscal"
    r"|year|and|for|between|the|than|its|a|summer|spring|fall|winter|autumn)[\s-]{0,3}\(?$|\($",
    _I,
)
_SURE_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|till|during|early|late|mid|fiscal|year|summer|spring|fall|winter)[\s-]{1,3}$",
    _I,
)
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|of|by|until|till|from|to|through|throughout|during|before|after|early|late|mid"
    r"|for|between|and|next|last|this|every|each|ended|ending|or|around|about|on|past)[\s-]{1,3}$"
    r"|mid-$",
    _I,
)
_OF_YEAR = re.compile(rf"{S}of{S}(?:the|this|next|last){S}(?:fiscal{S})?year(?!\w)", _I)
_FIXED_FEASTS: Final = {
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "independence day": (7, 4),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
    "may day": (5, 1),
    "bastille day": (7, 14),
    "st patrick's day": (3, 17),
    "veterans day": (11, 11),
}
# Days from Easter Sunday.
_FROM_EASTER: Final = {
    "ash wednesday": -46,
    "palm sunday": -7,
    "maundy thursday": -3,
    "good friday": -2,
    "easter": 0,
    "easter sunday": 0,
    "easter monday": 1,
}


class NamedRules(DayRules):
    """Days, and the periods the calendar names."""

    def _step(self, unit: str, count: int, base: dt.date | None = None) -> dt.date | None:
        base = base or self.reference
        return moved(base, unit, count) if base else None

    # -- months, seasons, quarters, years ------------------------------------------

    def read_month(self, m: re.Match[str]) -> list[Found] | None:
        """As in "April", "last May", "October 1984", "June last year"."""
        written = m["mon"].lower()
        name = written.rstrip(".")
        at = m.start("mon")
        mod = (m["mod"] or "").lower()
        head = self._before(m.start())
        told = m["year"] or m["rel"] or m["words"]
        if not self.text[at].isupper():
            return None
        in_place = mod or told or _MONTH_BEFORE.search(head)
        if name in {"may", "march"} and not in_place:
            return None
        if name in {"jan", "dec", "mar", "jun", "jul"} and not (written.endswith(".") or told):
            return None
        end = m.end()
        if written.endswith(".") and m.end("mon") == end:
            # The full stop of "in May." ends the sentence, not the name.
            end -= len(name) > 4 or name == "may" or name == "june" or name == "july"
        month = MONTHS[name]
        if mod in {"every", "each"}:
            return [Found(m.start(), end, "SET", f"XXXX-{month:02d}")]
        year = self._month_year(m, month, mod)
        if year is None:
            return [Found(m.start(), end, "DATE", f"XXXX-{month:02d}")]
        self.year = year
        self.period = safe_date(year, month, 1)
        return [Found(m.start(), end, "DATE", f"{year:04d}-{month:02d}")]

    def _month_year(self, m: re.Match[str], month: int, mod: str) -> int | None:
        ref = self.reference
        if m["year"]:
            return int(m["year"])
        if m["words"]:
            return spoken_year(m["words"])
        if ref is None:
            return None
        if m["rel"]:
            rel = m["rel"].lower().split()[-1]
            if rel in {"same", "that", "following"}:
                base = self.year or ref.year
                return base + (rel == "following")
            return ref.year + {"last": -1, "next": 1}.get(rel, 0)
        if mod in {"last", "past", "previous"}:
            return ref.year if month < ref.month else ref.year - 1
        if mod in {"next", "coming", "following"}:
            return ref.year if month > ref.month else ref.year + 1
        if mod in {"this", "that"}:
            return ref.year
        ahead = self._points_ahead(m.start(), m.end())
        if month == ref.month:
            return ref.year
        if ahead:
            return ref.year if month > ref.month else ref.year + 1
        if ahead is None and 0 < month - ref.month <= 4:
            return ref.year
        return ref.year if month < ref.month else ref.year - 1

    def read_season(self, m: re.Match[str]) -> list[Found] | None:
        """As in "last fall", "the summer of 1988", "this winter"."""
        name = (m["season"] or m["bare"]).lower()
        mod = " ".join((m["mod"] or "").lower().split())
        given = m["year"] or m["byear"]
        code = SEASONS[name]
        if mod in {"every", "each"}:
            return [Found(m.start(), m.end(), "SET", f"XXXX-{code}")]
        if name in {"fall", "spring"} and mod == "the" and not given:
            # "the fall of the wall": a season only where nothing is said to fall.
            if re.match(rf"{S}(?:of|in|from|to)(?!\w)", self.text[m.end() : m.end() + 8], _I):
                return None
            if self._before(m.start())[-1:].strip():
                return None
        year: int | None = int(given) if given else None
        ref = self.reference
        if year is None and ref is not None:
            start = SEASON_STARTS[code]
            if mod in {"last", "past", "previous"}:
                year = ref.year if start + 3 <= ref.month and code != "WI" else ref.year - 1
            elif mod in {"next", "coming", "following"}:
                year = ref.year if start > ref.month else ref.year + 1
            elif mod == "this":
                year = ref.year - (code == "WI" and ref.month < 3)
            else:
                ahead = self._points_ahead(m.start(), m.end())
                year = ref.year if ahead or start <= ref.month else ref.year - 1
        return [Found(m.start(), m.end(), "DATE", f"{year:04d}-{code}" if year else f"XXXX-{code}")]

    def _quarter_value(self, year: int | None, quarter: int | None) -> str:
        return f"{year:04d}-Q{quarter or 'X'}" if year else f"XXXX-Q{quarter or 'X'}"

    def read_quarter(self, m: re.Match[str]) -> list[Found] | None:
        """As in "the third quarter", "the 1988 third quarter", "this year's first half"."""
        half = m["unit"].lower() == "half"
        if m["ord"].lower() == "last" and not (half and m["year"]):
            return None
        order = ORDINALS.get(m["ord"].lower(), 2)
        pre = (m["pre"] or "").lower()
        rel = (m["rel"] or "").lower() or pre.split()[0] if (m["rel"] or pre) else ""
        told = m["year"] or pre or m["rel"] or self.quarter
        if half and (order > 2 or not (told or _OF_YEAR.match(self.text, m.end()))):
            return None  # of a match, a pair, a show
        ref = self.reference
        year: int | None = None
        if m["year"]:
            year = int(m["year"])
        elif pre[:4].isdigit():
            year = int(pre[:4])
        elif ref is not None:
            if rel in {"last", "this", "next"}:
                year = ref.year + {"last": -1, "this": 0, "next": 1}[rel]
            else:
                now = (ref.month + 5) // 6 if half else quarter_of(ref)
                year = ref.year if order <= now else ref.year - 1
                if order > now and self._points_ahead(m.start(), m.end()):
                    year = ref.year
                if rel.startswith("year-") or rel == "comparable":
                    year -= 1
        if half:
            return [
                Found(
                    m.start(), m.end(), "DATE", f"{year:04d}-H{order}" if year else f"XXXX-H{order}"
                )
            ]
        if not (rel.startswith("year-") or rel == "comparable" or pre[:4].isdigit()):
            done = year is None or ref is None or (year, order) < (ref.year, quarter_of(ref))
            if done or self.quarter is None:
                # Forecasts do not change which quarter the results are of.
                self.quarter = (year, order)
            self.quarter_at = m.end()
        return [Found(m.start(), m.end(), "DATE", self._quarter_value(year, order))]

    def read_quartercode(self, m: re.Match[str]) -> list[Found] | None:
        """As in "Q3", "Q1 2017": of this year, or the last where it has not come."""
        order, ref = int(m["order"]), self.reference
        year = int(m["year"]) if m["year"] else ref.year if ref else None
        if ref and not m["year"] and order > quarter_of(ref):
            year = ref.year if self._points_ahead(m.start(), m.end()) else ref.year - 1
        self.quarter, self.quarter_at = (year, order), m.end()
        return [Found(m.start(), m.end(), "DATE", self._quarter_value(year, order))]

    def read_nineeleven(self, m: re.Match[str]) -> list[Found] | None:
        """ "9/11" is the day of the attacks of 2001, in any later text."""
        if self.reference is not None and self.reference <= NINE_ELEVEN:
            return None
        return [Found(m.start(), m.end(), "DATE", NINE_ELEVEN.isoformat())]

    def read_firstunits(self, m: re.Match[str]) -> list[Found] | None:
        """As in "the first nine months", "the first two quarters of 1990"."""
        count, unit = number(m["num"]), singular(m["unit"])
        if unit == "quarter" and count == 2 and m["year"]:
            return [
                Found(
                    m.start(),
                    m.end(),
                    "DATE",
                    f"{m['year']}-H{2 if m['which'].lower() == 'last' else 1}",
                )
            ]
        if unit == "month":
            self.quarter_at = -10_000  # "a year earlier" is no quarter after this
        found = [Found(m.start(), m.end("unit"), "DURATION", duration(count, unit))]
        if m["year"]:
            found.append(Found(m.start("year"), m.end("year"), "DATE", m["year"]))
        return found

    def read_yearago(self, m: re.Match[str]) -> list[Found] | None:
        """As in "the year-ago period", "the 1988 period", "the latest quarter"."""
        what = (m["what"] or m["whatp"] or m["cur"] or "").lower()
        near = (
            self.quarter if self.quarter and (m.start() - self.quarter_at) < QUARTER_REACH else None
        )
        ref = self.reference
        if m["cur"]:
            if "current" in m.group().lower():
                if what == "period":
                    return None
                return [Found(m.start(), m.end(), "DATE", granular(ref, "quarter"))]
            if near:
                return [Found(m.start(), m.end(), "DATE", self._quarter_value(*near))]
            if what == "period":
                return None
            return [Found(m.start(), m.end(), "DATE", granular(self._step("month", -3), "quarter"))]
        if m["yearp"]:
            value = f"{m['yearp']}-Q{near[1]}" if near else m["yearp"]
            return [Found(m.start(), m.end(), "DATE", value)]
        if m["prior"] and not what:
            near = None
        if m["ord"]:
            year = self.reference.year - 1 if self.reference else None
            return [
                Found(
                    m.start(),
                    m.end(),
                    "DATE",
                    self._quarter_value(year, ORDINALS[m["ord"].lower()]),
                )
            ]
        if near and what != "level":
            return [
                Found(
                    m.start(),
                    m.end(),
                    "DATE",
                    self._quarter_value(near[0] - 1 if near[0] else None, near[1]),
                )
            ]
        if what == "quarter":
            return [Found(m.start(), m.end(), "DATE", granular(self._step("year", -1), "quarter"))]
        return [Found(m.start(), m.end(), "DATE", granular(self._step("year", -1), "year"))]

    def read_fiscal(self, m: re.Match[str]) -> list[Found] | None:
        """As in "fiscal 1990", "the current fiscal year": books differ from the calendar."""
        mod = (m["mod"] or "").lower()
        if m["year"]:
            year: int | None = self._full_year(m["year"])
        elif "year" in m.group().lower():
            shift = {"last": -1, "previous": -1, "next": 1}.get(mod, 0)
            year = self.reference.year + shift if self.reference else None
        else:
            return None
        return [
            Found(m.start(), m.end(), "DATE", f"{year:04d}" if year else "XXXX", calendar=False)
        ]

    def read_year(self, m: re.Match[str]) -> list[Found] | None:
        """As in "1998", "the year two thousand", "the 1980s", "the early nineties", "1988-89"."""
        if m["named"]:
            year = int(m["named"]) if m["named"].isdigit() else spoken_year(m["named"])
        elif m["spoken"]:
            year = spoken_year(m["spoken"])
        elif m["decade"] or m["dwords"]:
            return self._decade(m)
        elif m["from"]:
            low = int(m["from"])
            high = int(m["to"]) if len(m["to"]) == 4 else low - low % 100 + int(m["to"])
            if not low < high <= low + 100 or not 1700 <= low <= 2100:
                return None
            return [
                Found(m.start("from"), m.end("from"), "DATE", f"{low}"),
                Found(m.start("to"), m.end("to"), "DATE", f"{high}"),
            ]
        elif m["short"]:
            if not _YEAR_BEFORE.search(self._before(m.start())):
                return None
            year = self._full_year(m["short"])
        else:
            year = int(m["year"])
            head = self._before(m.start(), 25)
            if _NUMBER_BEFORE.search(head):
                return None
            counted = _COUNTED_NOUN.match(self.text, m.end())
            if counted and (year == 2000 or not _SURE_YEAR_BEFORE.search(head)):
                return None
            if not 1900 <= year <= 2035 and not _YEAR_BEFORE.search(head):
                return None
        if year is None:
            return None
        self.year = year
        self.period = safe_date(year, 1, 1)
        return [Found(m.start(), m.end(), "DATE", f"{year:04d}")]

    def _decade(self, m: re.Match[str]) -> list[Found] | None:
        if m["dwords"]:
            if re.search(r"\b(?:his|her|their|my)\s+(?:\w+\s+)?$", self._before(m.start()), _I):
                return None
            tens = DECADE_WORDS.index(m["dwords"].lower()) + 2
            return [Found(m.start(), m.end(), "DATE", f"19{tens}")]
        digits = m["decade"].strip("'’")
        if len(digits) == 2:
            digits = f"{self._full_year(digits)}"
        return [Found(m.start(), m.end(), "DATE", digits[:3])]

    def read_century(self, m: re.Match[str]) -> list[Found] | None:
        """As in "the 11th century" is 10, the years 1000 to 1099."""
        told = m["num"].lower()
        count = (
            CENTURY_WORDS.index(told) + 11
            if told in CENTURY_WORDS
            else int(re.sub(r"\D", "", told))
        )
        if not 2 <= count <= 99:
            return None
        return [Found(m.start(), m.end(), "DATE", f"{count - 1:02d}", calendar=False)]

    def read_yearend(self, m: re.Match[str]) -> list[Found] | None:
        """As in "year-end", "the year's end"."""
        ref = self.reference
        if ref is None:
            return [Found(m.start(), m.end(), "DATE", "XXXX-12-31")]
        pre = (m["pre"] or "").lower()
        year = ref.year + {"last": -1, "next": 1}.get(pre, 0)
        return [Found(m.start(), m.end(), "DATE", f"{year:04d}-12-31")]

    def read_holiday(self, m: re.Match[str]) -> list[Found] | None:
        """Feasts of the Western calendar with a rule for their day."""
        name = " ".join(m["name"].lower().replace("’", "'").replace(".", "").split())
        ref = self.reference
        year = int(m["year"]) if m["year"] else None
        day: dt.date | None = None
        years = [year] if year else [ref.year - 1, ref.year, ref.year + 1] if ref else []
        days = [d for y in years if (d := _feast(name, y))]
        if year and days:
            day = days[0]
        elif ref and days:
            mod = (m["mod"] or "").lower()
            ahead = mod in FORWARD or (mod not in BACK and self._points_ahead(m.start(), m.end()))
            past = [d for d in days if d <= ref]
            day = (
                next((d for d in days if d >= ref), None) if ahead else (past[-1] if past else None)
            )
        if day is None:
            sample = _feast(name, 2000)
            fixed = name.split()[0] in {
                "christmas",
                "boxing",
                "independence",
                "halloween",
                "valentine's",
                "new",
                "may",
                "bastille",
                "st",
                "veterans",
            }
            if sample is None or not fixed:
                return None
            return [Found(m.start(), m.end(), "DATE", f"XXXX-{sample:%m-%d}")]
        return [Found(m.start(), m.end(), "DATE", day.isoformat())]


def _nth(year: int, month: int, weekday: int, nth: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + ((weekday - first.isoweekday()) % 7 + 7 * (nth - 1)) * _DAY


def _feast(name: str, year: int) -> dt.date | None:
    if not 1583 <= year <= 4099:
        return None
    if name == "christmas eve":
        return dt.date(year, 12, 24)
    if name.startswith("new year"):
        return dt.date(year, 12, 31) if name.endswith("eve") else dt.date(year, 1, 1)
    if name in _FROM_EASTER:
        return easter(year) + _FROM_EASTER[name] * _DAY
    if name.startswith("thanksgiving"):
        return _nth(year, 11, 4, 4)
    if name == "labor day":
        return _nth(year, 9, 1, 1)
    if name == "memorial day":
        return _nth(year, 6, 1, 1) - 7 * _DAY
    fixed = _FIXED_FEASTS.get("christmas" if name == "christmas day" else name)
    return safe_date(year, *fixed) if fixed else None
