"""Time told from the text's own clock: "two days earlier", "last week", durations, sets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from dateline.reading.times.calendar import granular
from dateline.reading.times.timex_days import Found
from dateline.reading.times.timex_named import BACK, FORWARD, QUARTER_REACH, NamedRules
from dateline.reading.times.timex_patterns import COMPILED, S
from dateline.reading.times.timex_words import (
    DAY_PARTS,
    SEASONS,
    UNIT_CODES,
    duration,
    number,
    singular,
)

_I = re.IGNORECASE
_DAY = dt.timedelta(days=1)
# "a year" after one of these is a duration; after a figure it is a rate.
_NO_RATE_BEFORE = re.compile(
    r"\b(?:for|in|within|after|about|almost|nearly|than|over|of|by|once|just|barely|only|roughly"
    r"|every|took|takes?|spent|and|or|to|from|until|least|most|around|some|is|was|be|as|during"
    r"|through|half|the|such|what|quite|with|not|that|lasted|but|on|at|up|like|been|it's|has|had"
    r"|this|have)\s{1,3}$",
    _I,
)
_EVENT_FOLLOWS = re.compile(
    rf"{S}(?:the|an?|his|her|their|its|he|she|it|they|we|i|at least|[A-Z][a-z]+)(?!\w)"
)
_AGO_TODAY = re.compile(
    rf"{S}(?:(?P<day>today|yesterday|tomorrow)|this{S}(?P<unit>week|month))(?!\w)", _I
)
_DAWNS = {"nightfall": "EV", "predawn": "MO", "pre-dawn": "MO"}
# "morning" alone is mostly no time of the story ("morning show"); "in the morning" is.
_PARTS_ALONE = frozenset({"morning", "afternoon", "evening"})
_TOLD_ALONE = re.compile(r"hours$|^(?:in\s|mid)", _I)
_DAY_NEXT = re.compile(rf"{S}(?:(?:on|of|between){S}(?:the{S})?)?", _I)


class TimexRules(NamedRules):
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

    # -- by the text's own clock ------------------------------------------------------

    def read_narrative(self, m: re.Match[str]) -> list[Found] | None:
        """As in "the next day", "that night", "the day before": from the last day told of."""
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
        if unit == "year" and self.year is not None and self.reference and self.year < 9999:
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
        """As in "two days earlier", "a year ago": a date; before or after an event, a duration."""
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
            and start - self.quarter_at < QUARTER_REACH
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
            if not 0 < year < 10_000:
                return None
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
        """As in "last week", "this morning", "the past two weeks", "recent years"."""
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
        step = -1 if mod in BACK else 1 if mod in FORWARD else 0
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
        if mod in FORWARD:
            return granular(ref + (0 if ref.isoweekday() < 6 else 7) * _DAY, "weekend")
        if mod in {"last", "previous"}:
            return granular(ref - 7 * _DAY, "weekend")
        if mod == "this":
            return granular(ref if ref.isoweekday() > 2 else last, "weekend")
        return granular(last, "weekend")

    def read_theunit(self, m: re.Match[str]) -> list[Found] | None:
        """As in "the week", "the year": the one the text is in."""
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
        """As in "every day", "each year", "every other week", "every two hours"."""
        unit = singular(m["unit"])
        if unit in DAY_PARTS and unit != "night":
            return [Found(m.start(), m.end(), "SET", f"XXXX-XX-XXT{DAY_PARTS[unit]}")]
        if unit == "night":
            return [Found(m.start(), m.end(), "SET", "XXXX-XX-XXTNI")]
        count = 2 if m["other"] else number(m["num"]) if m["num"] else None if m["few"] else 1
        return [Found(m.start(), m.end(), "SET", duration(count, unit))]

    def read_quantity(self, m: re.Match[str]) -> list[Found] | None:
        """As in "three days", "a 10-year plan", "two weeks ago", "$5 a year"."""
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
            to_the_day = self._ago_today(m, count, unit)
            if to_the_day:
                return [to_the_day]
            return self._shifted(start, m.end(), count, unit, m["dir"], quantity_end=quantity_end)
        head = self._before(start)
        if m["one"] and not hyphened and m["one"].lower() != "one":
            if unit in {"quarter", "night", "century"}:
                return None
            if re.search(r"\b(?:once|twice|times)\s{1,3}$", head, _I):
                return [Found(start, m.end(), "SET", value)]
            if not _NO_RATE_BEFORE.search(head) and re.search(r"[\w%)]\s{1,3}$", head):
                return None  # "$5 a year": TimeBank marks no rates
        return [Found(start, quantity_end, "DURATION", value)]

    def _ago_today(self, m: re.Match[str], count: float | None, unit: str) -> Found | None:
        """ "A year ago today", "two years ago this month": as fine as the word after it."""
        after = _AGO_TODAY.match(self.text, m.end("dir"))
        if after is None or m["dir"].lower() != "ago" or count is None or count != int(count):
            return None
        if unit not in {"week", "month", "year"} or self.reference is None:
            return None
        fine = after["unit"] or "day"
        from_ = {"yesterday": -1, "tomorrow": 1}.get((after["day"] or "").lower(), 0)
        base = self.reference + from_ * _DAY
        day = self._step(unit, -int(min(count, 9999)), base)
        if day is None:
            return None
        self._remember(day)
        return Found(m.start(), after.end(), "DATE", granular(day, fine.lower()))

    def read_bareunit(self, m: re.Match[str]) -> list[Found] | None:
        """As in "for weeks", "months of talks"."""
        unit = singular(m["unit"])
        head = self._before(m.start(), 20)
        if unit == "second" or re.search(r"\b(?:light|man|per|school)[- ]$|\d[\s-]$", head, _I):
            return None
        if re.match(r"\s{1,3}(?:old|of age)\b", self.text[m.end() : m.end() + 9], _I):
            return None
        return [Found(m.start(), m.end(), "DURATION", duration(None, unit))]

    def read_longunit(self, m: re.Match[str]) -> list[Found]:
        """As in "a month-long siege", "the yearlong study", "the decade-old dispute"."""
        unit = (m["unit"] or m["old"]).lower()
        return [Found(m.start(), m.end(), "DURATION", duration(1, unit))]

    # -- the rest ---------------------------------------------------------------------

    def read_daypart(self, m: re.Match[str]) -> list[Found] | None:
        """As in "overnight", "at dawn", "in the evening": of the day the text is in."""
        words = m["part"].lower().split()
        part = words[-1].removeprefix("mid-").removeprefix("mid")
        if part == "hours":
            part = "night" if {"late", "evening"} & set(words) else "morning"
        code = _DAWNS.get(part) or DAY_PARTS[part]
        gap = _DAY_NEXT.match(self.text, m.end())
        told = self._day_at(gap.end()) if gap else None
        if told:
            self._remember(told[2])
            return [Found(m.start(), told[1], "TIME", f"{told[0]}T{code}")]
        if part in _PARTS_ALONE and not _TOLD_ALONE.search(m["part"]):
            return None
        if part == "overnight":
            return [
                Found(m.start(), m.end(), "TIME", f"{granular(self._step('day', -1), 'day')}TNI")
            ]
        return [Found(m.start(), m.end(), "TIME", f"{granular(self.day, 'day')}T{code}")]

    def read_reference(self, m: re.Match[str]) -> list[Found] | None:
        """As in "now", "recently", "the near future"."""
        value = "PRESENT_REF" if m["present"] else "PAST_REF" if m["past"] else "FUTURE_REF"
        return [Found(m.start(), m.end(), "DATE", value)]
