"""A person's correction of a claim's value, checked as strictly as what is read.

The fields given replace those of the value as it was read. Two kinds are helped along:

- a figure takes ``number`` for a ``min`` and ``max`` that are the same;
- a place is given whole, since the coordinates of the wrong place are no help: by
  ``geonames_id`` alone, by a ``name`` (with ``country`` or ``admin1`` where several
  places have it), or by all its fields where no gazetteer knows it.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import msgspec

from dateline.errors import MalformedInputError
from dateline.model import (
    VALUE_TYPES,
    CasualtyValue,
    Claim,
    EventValue,
    PlaceValue,
    StatisticValue,
    TimeValue,
    Value,
    WeaponValue,
)

if TYPE_CHECKING:
    from dateline.reading.places.gazetteer import Entry

_LARGEST = 2**53  # beyond this, JSON numbers are not exact everywhere
_LONGEST = 2000  # characters of a phrase
_SEVERAL_SHOWN = 4


def corrected(claim: Claim, fields: Mapping[str, object]) -> Value:
    """The value of the claim with these fields changed.

    Raises MalformedInputError, naming the field, for a field that the kind does not
    have, a value of the wrong kind, bounds that exclude each other, and a correction
    that changes nothing.
    """
    kind = VALUE_TYPES[claim.kind]
    given = dict(fields)
    if not given:
        raise _no("no field is given", claim, f"fields: {', '.join(kind.__struct_fields__)}")
    if issubclass(kind, PlaceValue):
        given = _place(given, claim)
        before: dict[str, Any] = {}
    else:
        before = msgspec.to_builtins(claim.value)
    if issubclass(kind, CasualtyValue | StatisticValue):
        given = _figure(given)
    for field in given:
        if field not in kind.__struct_fields__:
            near = difflib.get_close_matches(field, kind.__struct_fields__, 1)
            meant = f"meant is perhaps {near[0]}" if near else ""
            fits = f"fields: {', '.join(kind.__struct_fields__)}"
            raise _no(f"a {claim.kind} has no {field!r}", claim, meant or fits)
    try:
        value = cast(Value, msgspec.convert({**before, **given}, kind))
    except msgspec.ValidationError as error:
        raise _no(f"{error}", claim, "give the field as the contract has it") from None
    problem = _problem(value)
    if problem:
        raise _no(problem, claim, None)
    if value == claim.value:
        raise _no("the value is that already", claim, "judge it right instead")
    return value


def _no(what: str, claim: Claim, hint: str | None) -> MalformedInputError:
    return MalformedInputError(what, where=f"correction of {claim.id}", hint=hint)


def _figure(given: dict[str, object]) -> dict[str, object]:
    if "number" in given:
        number = given.pop("number")
        return {"min": number, "max": number, "exact": True, "qualifier": None, **given}
    return given


def _problem(value: Value) -> str | None:
    """What cannot be, in words."""
    for field in value.__struct_fields__:
        told = getattr(value, field)
        if isinstance(told, str) and (len(told) > _LONGEST or not told.strip()):
            return f"{field} is empty or too long"
    match value:
        case CasualtyValue() | StatisticValue():
            for bound in (value.min, value.max):
                if bound is not None and not 0 <= bound <= _LARGEST:
                    return f"{bound} is no number of people"
            if value.min is not None and value.max is not None and value.min > value.max:
                return f"min {value.min} is over max {value.max}"
        case TimeValue():
            if value.start > value.end:
                return f"start {value.start} is after end {value.end}"
        case EventValue():
            return _code(value.type, "incident_types")
        case WeaponValue():
            return _code(value.type, "weapons")
        case PlaceValue():
            if (value.lat is None) != (value.lon is None):
                return "lat and lon go together"
            if abs(value.lat or 0) > 90 or abs(value.lon or 0) > 180:
                return f"{value.lat}, {value.lon} is nowhere on Earth"
            if value.country is not None and not _is_code(value.country):
                return f"{value.country!r} is no ISO 3166 code of a country"
        case _:
            pass
    return None


def _is_code(country: str) -> bool:
    return len(country) == 2 and country.isascii() and country.isupper()


def _code(code: str, lexicon: str) -> str | None:
    from dateline.reading.lexicon import load

    known = sorted(load(lexicon))
    return None if code in known else f"{code!r} is none of {', '.join(known)}"


def _place(given: dict[str, object], claim: Claim) -> dict[str, object]:
    """All fields of a place, from the gazetteer where only some are given."""
    if "lat" in given or "lon" in given:
        return {"kind": "site" if given.get("site") else "city", **given}
    from dateline.reading.places.gazetteer import gazetteer

    name, number = given.get("name"), given.get("geonames_id")
    if isinstance(number, int):
        rows = (gazetteer().geonames_id == number).nonzero()[0]
        found = [gazetteer().entry(int(row)) for row in rows[:1]]
    elif isinstance(name, str):
        found = [e for e in gazetteer().lookup(name) if _agrees(e, given)]
    else:
        raise _no("a place needs a name, a geonames_id, or lat and lon", claim, None)
    if not found:
        raise _no("the gazetteer has no such place", claim, "give name, kind, country, lat, lon")
    if len(found) > 1:
        some = "; ".join(
            f"{e.geonames_id} {', '.join(filter(None, (e.name, e.admin1, e.country)))} ({e.kind})"
            for e in found[:_SEVERAL_SHOWN]
        )
        raise _no(f"{len(found)} places are called {name}: {some}", claim, "give its geonames_id")
    (entry,) = found
    return {
        "name": entry.name,
        "kind": entry.kind,
        "lat": round(entry.lat, 4),
        "lon": round(entry.lon, 4),
        "country": entry.country,
        "admin1": entry.admin1,
        "geonames_id": entry.geonames_id,
        "where_prec": entry.where_prec,
        **({"site": given["site"]} if given.get("site") else {}),
    }


def _agrees(entry: Entry, given: Mapping[str, object]) -> bool:
    held = {"country": entry.country, "admin1": entry.admin1, "kind": entry.kind}
    return all(given[field] == told for field, told in held.items() if given.get(field))
