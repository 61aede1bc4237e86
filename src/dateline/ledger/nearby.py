"""Other incidents in the same region, or at most 50 km away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from math import cos, radians
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from dateline.geodesy import distance_km
from dateline.ledger.codec import fold
from dateline.ledger.incidents import POINTS
from dateline.ledger.tables import incidents
from dateline.model import Incident

NEAR_KM = 50.0
_WINDOWS = (3, 30, 300)  # days
_KM_A_DEGREE = 111.0  # of latitude; a little less than anywhere on earth, to miss nothing


def nearby(connection: Connection, incident: Incident, limit: int | None) -> tuple[str, ...]:
    """Ids of other incidents in the same first-level region, or at most 50 km away.

    Ordered by days between the first days, then id; undated ones last. The relation is
    the same seen from either incident, as long as no ``limit`` cuts it. Only towns and
    sites have a distance: the middle of a region is near to nothing.
    """
    place = incident.place
    if place is None:
        return ()
    c = incidents.c
    ways = []
    if place.country and place.admin1:
        ways.append(and_(c.country == place.country, c.admin1_key == fold(place.admin1)))
    point = None
    if place.kind in POINTS and place.lat is not None and place.lon is not None:
        point = (place.lat, place.lon)
        span = NEAR_KM / _KM_A_DEGREE
        box: ColumnElement[bool] = c.lat.between(place.lat - span, place.lat + span)
        furthest = abs(place.lat) + span
        if furthest < 89:
            width = span / cos(radians(furthest))
            # Near the 180th meridian the band of latitude alone must do.
            if abs(place.lon) + width < 180:
                box = and_(box, c.lon.between(place.lon - width, place.lon + width))
        ways.append(box)
    if not ways:
        return ()
    region = (place.country, fold(place.admin1)) if place.country and place.admin1 else None
    start = incident.date.start if incident.date else None
    near = select(c.id, c.date_start, c.country, c.admin1_key, c.lat, c.lon).where(
        c.id != incident.id, or_(*ways)
    )

    def among(rows: Iterable[Any]) -> list[tuple[bool, int, str]]:
        found = []
        for row in rows:
            same_region = region is not None and (row.country, row.admin1_key) == region
            if not same_region and (point is None or not _near(point, (row.lat, row.lon))):
                continue
            dated = start is not None and row.date_start is not None
            days = abs((row.date_start - start).days) if dated else 0
            found.append((not dated, days, row.id))
        return sorted(found)

    # In a large ledger most of what is near in space is far in time. Any incident within so
    # many days comes before all that are further, so the first full window will do.
    if limit is not None and start is not None:
        for window in _WINDOWS:
            some = among(connection.execute(_within(near, start, window)))
            if len(some) >= limit:
                return tuple(identifier for _, _, identifier in some[:limit])
    return tuple(identifier for _, _, identifier in among(connection.execute(near))[:limit])


def _within(near: Select[Any], start: dt.date, days: int) -> Select[Any]:
    span = dt.timedelta(days=days)
    first = start - span if start - dt.date.min > span else dt.date.min
    last = start + span if dt.date.max - start > span else dt.date.max
    return near.where(incidents.c.date_start.between(first, last))


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    # Sorted, so that rounding cannot make the answer depend on who asks.
    first, second = sorted((one, other))
    return distance_km(*first, *second) <= NEAR_KM
