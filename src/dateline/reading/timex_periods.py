"""Weeks, months, quarters, years, durations and sets: their TIMEX3 types and values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from dateutil.easter import easter

from dateline.reading.calendar import granular, moved, quarter_of, safe_date
from dateline.reading.timex_days import DayRules, Found
from dateline.reading.timex_patterns import COMPILED, S
from dateline.reading.timex_words import (
    DAY_PARTS,
    MONTHS,
    ORDINALS,
    SEASONS,
    UNIT_CODES,
    duration,
    number,
    singular,
    spoken_year,
)

_I = re.IGNORECASE
_DAY = dt.timedelta(days=1)
_COUNTED_NOUN = re.compile(
    rf"{S}(?:[a-z]+{S})?(?:people|persons|men|women|children|troops|soldiers|civilians|members"
    r"|workers|students|refugees|prisoners|passengers|houses|homes|percent|million|billion"
    r"|dollars|yuan|yen|miles|km|kilometers|kilometres|meters|metres|feet|tons|tonnes|hours"
    r"|votes|points|copies|pounds|acres|hectares|kilograms|kg)(?!\w)"
)
_NUMBER_BEFORE = re.compile(
    r"(?:\b(?:about|some|nearly|almost|than|least|roughly|approximately|over|only|another|up to|no\.|number|flight|room|page|highway|route|building|block|rs|dlrs)\s{1,2}|[$£€#]\s?|\d[-–])$",
    _I,
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|by|until|till|from|to|through|during|before|after|early|late|mid|fiscal|year|and|for|between|the|than|its|a|summer|spring|fall|winter|autumn)[\s-]{0,3}\(?$|\($",
    _I,
)
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|of|by|until|till|from|to|through|throughout|during|before|after|early|late|mid|for|between|and|next|last|this|every|each|ended|ending|or|around|about|on|past)[\s-]{1,3}$|mid-$",
    _I,
)
_RATE_BEFORE = re.compile(
    r"\b(?:for|in|within|after|about|almost|nearly|than|over|of|by|once|just|barely|only|roughly|every|took|takes?|spent|and|or|to|from|until|least|most|around|some|is|was|be|as|during|through|half|the|such|what|quite|with|not|that|lasted|but|on|at|up|like|been|it's|has|had|this|have)\s{1,3}$",
    _I,
)


_EVENT_FOLLOWS = re.compile(
    rf"{S}(?:the|an?|his|her|their|its|he|she|it|they|we|i|at least|[A-Z][a-z]+)(?!\w)"
)
_FORWARD: Final = {"next", "coming", "following"}
_BACK: Final = {"last", "past", "previous", "preceding", "prior"}
_FIXED_FEASTS: Final = {
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "independence day": (7, 4),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
    "may day": (5, 1),
}


class PeriodRules(DayRules):
    """All kinds of time expression, read in text order."""

    def __init__(self, text: str, reference: dt.date | None, *, all_caps: bool) -> None:
        super().__init__(text, reference, all_caps=all_caps)
        self._kinds: dict[str, Callable[[re.Match[str]], list[Found] | None]] = {
            kind: getattr(self, f"read_{kind}") for kind in COMPILED
        }

    def read(self, kind: str, start: int, sentence: tuple[int, int]) -> list[Found] | None:
        """What the expression of that kind at ``start`` says; None where it says no time."""
        self.sentence = sentence
        kinds = list(COMPILED)
        for other in kinds[kinds.index(kind) :]:
            m = COMPILED[other].match(self.text, start)
            found = self._kinds[other](m) if m else None
            if found:
                return found
        return None

    def _step(self, unit: str, count: int, base: dt.date | None = None) -> dt.date | None:
        base = base or self.reference
        return moved(base, unit, count) if base else None

    # -- months, seasons, quarters, years ------------------------------------------

    def read_month(self, m: re.Match[str]) -> list[Found] | None:
        """ "April", "last May", "October 1984", "June last year"."""
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
        """ "last fall", "the summer of 1988", "this winter"."""
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
            start = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
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
        """ "the third quarter", "the 1988 third quarter", "this year's first half"."""
        half = m["unit"].lower() == "half"
        if m["ord"].lower() == "last" and not (half and m["year"]):
            return None
        order = ORDINALS.get(m["ord"].lower(), 2)
        pre = (m["pre"] or "").lower()
        rel = (m["rel"] or "").lower() or pre.split()[0] if (m["rel"] or pre) else ""
        if half and (
            order > 2
            or (
                not (m["year"] or pre or m["rel"])
                and not re.search(r"\bthe\s+$|fiscal\s+$", self._before(m.start()), _I)
            )
        ):
            return None
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

    def read_firstunits(self, m: re.Match[str]) -> list[Found] | None:
        """ "the first nine months", "the first two quarters of 1990"."""
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
        """ "the year-ago period", "the 1988 period", "the latest quarter"."""
        what = (m["what"] or m["whatp"] or m["cur"] or "").lower()
        near = self.quarter if self.quarter and (m.start() - self.quarter_at) < 1500 else None
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
        """ "fiscal 1990", "the current fiscal year": no calendar days, as years of account differ."""
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
        """ "1998", "the year two thousand", "the 1980s", "the early nineties", "1988-89"."""
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
            if not _YEAR_BEFORE.search(head) and (
                year < 1900 or year > 2035 or _COUNTED_NOUN.match(self.text, m.end())
            ):
                return None
            if year == 2000 and _COUNTED_NOUN.match(self.text, m.end()):
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
            tens = "twenties thirties forties fifties sixties seventies eighties nineties".split()
            return [Found(m.start(), m.end(), "DATE", f"19{tens.index(m['dwords'].lower()) + 2}")]
        digits = m["decade"].strip("'’")
        if len(digits) == 2:
            digits = f"{self._full_year(digits)}"
        return [Found(m.start(), m.end(), "DATE", digits[:3])]

    def read_century(self, m: re.Match[str]) -> list[Found] | None:
        """ "the 11th century" is 10, the years 1000 to 1099."""
        words = "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
        told = m["num"].lower()
        count = words.index(told) + 11 if told in words else int(re.sub(r"\D", "", told))
        if not 2 <= count <= 99:
            return None
        return [Found(m.start(), m.end(), "DATE", f"{count - 1:02d}", calendar=False)]

    # -- by the text's own clock ------------------------------------------------------

    def read_narrative(self, m: re.Match[str]) -> list[Found] | None:
        """ "the next day", "that night", "the day before": from the last day told of."""
        if m["nunit"]:
            unit, way = m["nunit"].lower(), m["dir"].lower()
            if unit == "night":
                day = self._step("day", -1 if way in {"before", "earlier"} else 1, self.day)
                return [Found(m.start(), m.end(), "TIME", f"{granular(day, 'day')}TNI")]
            if m.group()[0] in "aA":
                return self._shifted(m.start(), m.end(), 1, unit, way, quantity_end=m.end("nunit"))
            if way in {"before", "after"} and _EVENT_FOLLOWS.match(self.text, m.end()):
                # "the day before the vote": from an event that has no date here
                return [Found(m.start(), m.end("nunit"), "DATE", granular(None, unit))]
            return self._shifted(
                m.start(), m.end(), 1, unit, way, quantity_end=m.end("nunit"), definite=True
            )
        unit = m["unit"].lower()
        mod = " ".join((m["mod"] or "that").lower().split())
        base = self.day
        step = {"next": 1, "very next": 1, "following": 1, "previous": -1}.get(mod, 0)
        if unit in DAY_PARTS:
            day = self._step("day", step, base)
            return [Found(m.start(), m.end(), "TIME", f"{granular(day, 'day')}T{DAY_PARTS[unit]}")]
        if unit == "quarter" and self.quarter and step == 0:
            return [Found(m.start(), m.end(), "DATE", self._quarter_value(*self.quarter))]
        if unit == "year" and self.year is not None and self.reference:
            return [Found(m.start(), m.end(), "DATE", f"{self.year + step:04d}")]
        if unit == "day" and step == 0 and base == self.reference and mod == "that":
            return None
        if unit in {"month", "week"}:
            base = self.period
        day = self._step("week" if unit == "weekend" else unit, step, base)
        if unit == "day" and step:
            self._remember(day)
        return [Found(m.start(), m.end(), "DATE", granular(day, unit))]

    def _shifted(
        self,
        start: int,
        end: int,
        count: float | None,
        unit: str,
        way: str,
        *,
        quantity_end: int,
        definite: bool = False,
    ) -> list[Found] | None:
        """ "two days earlier", "a year ago": a date; before or after an event, a duration."""
        way = " ".join(way.lower().split())
        back = way in {"ago", "earlier", "before", "previously"}
        if way in {"before", "after"} and not definite:
            # "two days before he left" measures from an event that has no date here.
            follows = self.text[end : end + 12]
            if re.match(r"\s{1,3}[\w\"'`]", follows):
                return [Found(start, quantity_end, "DURATION", duration(count, unit))]
        if count is None:
            value = "PAST_REF" if back else "FUTURE_REF"
            if way in {"ago", "from now"}:
                return [Found(start, end, "DATE", value)]
            return [Found(start, quantity_end, "DURATION", duration(count, unit))]
        if unit in {"second", "minute", "hour"}:
            return [
                Found(
                    start, end if way == "ago" else quantity_end, "DURATION", duration(count, unit)
                )
            ]
        base = self.reference if way in {"ago", "from now", "hence"} else self.day
        if (
            unit == "year"
            and count == 1
            and self.quarter
            and start - self.quarter_at < 1500
            and way in {"ago", "earlier", "before"}
        ):
            year = self.quarter[0] - 1 if self.quarter[0] else None
            return [Found(start, end, "DATE", self._quarter_value(year, self.quarter[1]))]
        if (
            unit == "year"
            and way in {"later", "earlier", "after", "before"}
            and self.year is not None
            and self.reference
        ):
            year = self.year + (-int(count) if back else int(count))
            return [Found(start, end, "DATE", f"{year:04d}")]
        size = {"fortnight": 14, "night": 1}.get(unit, 0)
        step = "day" if size else unit
        day = self._step(step, int(count) * (size or 1) * (-1 if back else 1), base)
        shown = "day" if step in {"day", "week", "weekend"} else step
        if step == "weekend":
            return [Found(start, quantity_end, "DURATION", duration(count, unit))]
        if shown == "day":
            self._remember(day)
        return [Found(start, end, "DATE", granular(day, shown))]

    def read_period(self, m: re.Match[str]) -> list[Found] | None:
        """ "last week", "this morning", "the past two weeks", "recent years"."""
        mod = m["mod"].lower()
        unit = singular(m["unit"])
        plural = m["unit"].lower().endswith("s")
        start, end = m.start(), m.end()
        if m["num"] or m["vague"]:
            count = number(m["num"]) if m["num"] else None
            if unit in SEASONS:
                return [Found(start, end, "SET", f"XXXX-{SEASONS[unit]}")]
            if unit in DAY_PARTS and unit != "night":
                return None
            if m["vague"] and "couple" in m["vague"].lower():
                count = 2
            if mod in {"this", "current", "prior", "recent"} and not m["num"]:
                return None
            return [Found(start, end, "DURATION", duration(count, unit))]
        if plural:
            if mod in {"recent", "past"}:
                return [Found(start, end, "DATE", "PAST_REF")]
            if mod in {"coming", "next", "following"}:
                return [Found(start, end, "DATE", "FUTURE_REF")]
            if mod in {"previous", "prior", "preceding"}:
                return [Found(start, end, "DATE", "PAST_REF")]
            return None
        if unit in SEASONS:
            return None  # read_season has it
        step = -1 if mod in _BACK else 1 if mod in _FORWARD else 0
        if unit in DAY_PARTS:
            day = self._step("day", step)
            self._remember(day)
            return [Found(start, end, "TIME", f"{granular(day, 'day')}T{DAY_PARTS[unit]}")]
        if unit in {"second", "minute", "hour"}:
            return [Found(start, end, "DURATION", duration(1, unit))] if step else None
        if unit not in UNIT_CODES or mod == "recent":
            return None
        if mod == "past":
            return [Found(start, end, "DURATION", duration(1, unit))]
        if unit == "weekend":
            return [Found(start, end, "DATE", self._weekend(mod))]
        if unit == "fortnight" or unit == "generation":
            return [Found(start, end, "DURATION", duration(1, unit))]
        if unit == "day" and mod in {"last", "coming"}:
            return None
        day = self._step(unit, step)
        return [Found(start, end, "DATE", granular(day, unit))]

    def _weekend(self, mod: str) -> str:
        ref = self.reference
        if ref is None:
            return granular(None, "weekend")
        last = ref - (7 if ref.isoweekday() < 6 else 0) * _DAY
        if mod in _FORWARD:
            return granular(ref + (0 if ref.isoweekday() < 6 else 7) * _DAY, "weekend")
        if mod in {"last", "previous"}:
            return granular(ref - 7 * _DAY, "weekend")
        if mod == "this":
            return granular(ref if ref.isoweekday() > 2 else last, "weekend")
        return granular(last, "weekend")

    def read_theunit(self, m: re.Match[str]) -> list[Found] | None:
        """ "the week", "the year": the one the text is in."""
        unit = m["unit"].lower()
        start, end = m.start(), m.end()
        follows = self.text[end : end + 12].lower()
        if unit in DAY_PARTS:
            if follows.startswith(("-", " of ")) or unit in {"dawn", "dusk"}:
                return None
            return [Found(start, end, "TIME", f"{granular(self.day, 'day')}T{DAY_PARTS[unit]}")]
        if m["full"] and unit != "year":
            return [Found(start, end, "DURATION", duration(1, unit))]
        if unit == "day":
            if re.match(r"\s+(?:when|of|that|after|before|to|for|care)\b", follows):
                return None
            return [Found(start, end, "DATE", granular(self.day, "day"))]
        if unit == "century" or unit == "decade":
            return [Found(start, end, "DATE", granular(self.reference, unit), calendar=False)]
        if unit == "weekend":
            return [
                Found(
                    start,
                    end,
                    "DATE",
                    self._weekend("this" if self._points_ahead(start, end) else "the"),
                )
            ]
        if unit == "quarter":
            if self.quarter:
                return [Found(start, end, "DATE", self._quarter_value(*self.quarter))]
            return [Found(start, end, "DATE", granular(self.reference, "quarter"))]
        if unit == "year" and re.match(r"\s+end(?:ed|ing|s)\b", follows):
            return [Found(start, end, "DURATION", "P1Y")]
        return [Found(start, end, "DATE", granular(self.reference, unit))]

    # -- durations and sets -------------------------------------------------------------

    def read_set(self, m: re.Match[str]) -> list[Found] | None:
        """ "every day", "each year", "every other week", "every two hours"."""
        unit = singular(m["unit"])
        if unit in DAY_PARTS and unit != "night":
            return [Found(m.start(), m.end(), "SET", f"XXXX-XX-XXT{DAY_PARTS[unit]}")]
        if unit == "night":
            return [Found(m.start(), m.end(), "SET", "XXXX-XX-XXTNI")]
        count = 2 if m["other"] else number(m["num"]) if m["num"] else None if m["few"] else 1
        return [Found(m.start(), m.end(), "SET", duration(count, unit))]

    def read_quantity(self, m: re.Match[str]) -> list[Found] | None:
        """ "three days", "a 10-year plan", "two weeks ago", "$5 a year"."""
        unit = singular(m["unit"])
        start = m.start()
        quantity_end = (
            m.end("old") if m["old"] else m.end("orhalf") if m["orhalf"] else m.end("unit")
        )
        if m["old"] and (unit == "year" or "age" in m["old"].lower()):
            return None  # an age
        if unit == "quarter" and (
            m["old"]
            or self.text[m.start("unit") - 1] == "-"
            or re.match(rf"{S}of(?!\w)", self.text[m.end() : m.end() + 6])
        ):
            return None
        if m["one"] and re.search(r"(?:fiscal|calendar|academic)\s", m.group(), _I):
            return None
        if m.group().lower() == "one day" and re.search(
            r"\b(?:will|would|could|might|may|hopes?)\s{1,3}$", self._before(start), _I
        ):
            return [Found(start, m.end(), "DATE", "FUTURE_REF")]
        hyphened = self.text[m.start("unit") - 1] == "-"
        if unit == "second" and (m["one"] or not m["unit"].lower().endswith("s")) and not hyphened:
            return None
        if re.match(r"[ ](?:old|of age)\b", self.text[quantity_end : quantity_end + 8], _I):
            return None
        if (
            m["vague"]
            and m["vague"].lower() in {"some", "few"}
            and not m["unit"].lower().endswith("s")
        ):
            return None
        count: float | None = None
        if m["num"]:
            count = number(m["num2"] or m["num"])
            if count is None:
                return None
        elif m["half"]:
            count = 0.5
        elif m["one"]:
            count = 1
        elif "couple" in m["vague"].lower():
            count = 2
        elif m["vague"].lower() in {"a dozen"}:
            count = 12
        elif "half" in m["vague"].lower():
            count = 6
        value = duration(count, unit, half=bool(m["orhalf"] or m["andhalf"]))
        if m["dir"]:
            return self._shifted(start, m.end(), count, unit, m["dir"], quantity_end=quantity_end)
        head = self._before(start)
        if m["one"] and not hyphened and m["one"].lower() != "one":
            if unit in {"quarter", "night", "century"}:
                return None
            if re.search(r"\b(?:once|twice|times)\s{1,3}$", head, _I):
                return [Found(start, m.end(), "SET", value)]
            if not _RATE_BEFORE.search(head) and re.search(r"[\w%)]\s{1,3}$", head):
                return None  # "$5 a year": TimeBank marks no rates
        return [Found(start, quantity_end, "DURATION", value)]

    def read_bareunit(self, m: re.Match[str]) -> list[Found] | None:
        """ "for weeks", "months of talks"."""
        unit = singular(m["unit"])
        head = self._before(m.start(), 20)
        if unit == "second" or re.search(r"\b(?:light|man|per|school)[- ]$|\d[\s-]$", head, _I):
            return None
        if re.match(r"\s{1,3}(?:old|of age)\b", self.text[m.end() : m.end() + 9], _I):
            return None
        return [Found(m.start(), m.end(), "DURATION", duration(None, unit))]

    # -- the rest ---------------------------------------------------------------------

    def read_yearend(self, m: re.Match[str]) -> list[Found] | None:
        """ "year-end", "the year's end"."""
        ref = self.reference
        if ref is None:
            return [Found(m.start(), m.end(), "DATE", "XXXX-12-31")]
        pre = (m["pre"] or "").lower()
        year = ref.year + {"last": -1, "next": 1}.get(pre, 0)
        return [Found(m.start(), m.end(), "DATE", f"{year:04d}-12-31")]

    def read_daypart(self, m: re.Match[str]) -> list[Found] | None:
        """ "overnight", "at dawn", "in the evening": of the day the text is in."""
        words = m["part"].lower().split()
        part = words[-1]
        part = part.removeprefix("mid-").removeprefix("mid") if part.startswith("mid") else part
        part = {"hours": "night" if {"late", "evening"} & set(words) else "morning"}.get(part, part)
        code = DAY_PARTS[
            {"nightfall": "evening", "predawn": "dawn", "pre-dawn": "dawn"}.get(part, part)
        ]
        gap = re.compile(rf"{S}(?:(?:on|of|between){S}(?:the{S})?)?").match(self.text, m.end())
        told = self._day_at(gap.end()) if gap else None
        if told:
            self._remember(told[2])
            return [Found(m.start(), told[1], "TIME", f"{told[0]}T{code}")]
        if part in {"morning", "afternoon", "evening"} and not {
            "in",
            "hours",
            "mid",
            "midmorning",
            "mid-morning",
            "midafternoon",
            "mid-afternoon",
        } & set(words):
            return None
        if part == "overnight":
            return [
                Found(m.start(), m.end(), "TIME", f"{granular(self._step('day', -1), 'day')}TNI")
            ]
        return [Found(m.start(), m.end(), "TIME", f"{granular(self.day, 'day')}T{code}")]

    def read_reference(self, m: re.Match[str]) -> list[Found] | None:
        """ "now", "recently", "the near future"."""
        value = "PRESENT_REF" if m["present"] else "PAST_REF" if m["past"] else "FUTURE_REF"
        return [Found(m.start(), m.end(), "DATE", value)]

    def read_holiday(self, m: re.Match[str]) -> list[Found] | None:
        """Feasts of the Western calendar with a rule for their day."""
        name = " ".join(m["name"].lower().replace("’", "'").split())
        ref = self.reference
        year = int(m["year"]) if m["year"] else None
        day: dt.date | None = None
        years = [year] if year else [ref.year - 1, ref.year, ref.year + 1] if ref else []
        days = [d for y in years if (d := _feast(name, y))]
        if year and days:
            day = days[0]
        elif ref and days:
            mod = (m["mod"] or "").lower()
            ahead = mod in _FORWARD or (mod not in _BACK and self._points_ahead(m.start(), m.end()))
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
    if name.startswith("easter"):
        return easter(year)
    if name == "good friday":
        return easter(year) - 2 * _DAY
    if name.startswith("thanksgiving"):
        return _nth(year, 11, 4, 4)
    if name == "labor day":
        return _nth(year, 9, 1, 1)
    if name == "memorial day":
        return _nth(year, 6, 1, 1) - 7 * _DAY
    fixed = _FIXED_FEASTS.get("christmas" if name == "christmas day" else name)
    return safe_date(year, *fixed) if fixed else None
