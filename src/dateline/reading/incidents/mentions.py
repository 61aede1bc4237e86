"""One document's accounts of incidents: which sentences tell of the same event.

A report usually tells one incident, so everything joins the account in focus unless the
text gives a reason: another day, another town, or "in a separate attack". An account is
kept only with enough support: harm with a number, a sure word, a day, a town, the lead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dateline.model import CasualtyValue, IncidentDate, Place, Scope, Span, Timex
from dateline.reading.finding import Finding
from dateline.reading.genre import genre_of
from dateline.reading.incidents.blasts import is_deed
from dateline.reading.incidents.events import SURE, Trigger, types_of_title
from dateline.reading.incidents.handovers import of_release, one_release
from dateline.reading.incidents.quarters import without_quarters
from dateline.reading.incidents.rammings import is_ramming
from dateline.reading.incidents.report_day import day_of_main
from dateline.reading.incidents.report_place import Set, places_of_report
from dateline.reading.incidents.scene_places import (
    places_of_happening,
    places_of_lead,
    places_of_release,
)
from dateline.reading.incidents.scenes import (
    Scene,
    scenes_of,
)
from dateline.reading.incidents.subject import (
    asks_how,
    is_court_report,
    is_history,
    is_of_other_field,
    is_old_case,
    is_subject,
    opens_long_ago,
)
from dateline.reading.incidents.support import is_hurt, support
from dateline.reading.incidents.what import CAPTIVITY, MEANT, incident_type, is_kin, scope_of
from dateline.reading.incidents.when import When, incident_date
from dateline.reading.incidents.where import (
    as_written,
    at_region,
    incident_place,
    places_of_title,
    same_place,
    with_site,
)
from dateline.reading.places.filed import filed_end, filed_from
from dateline.reading.places.unlisted import find_unlisted, unlisted_dateline
from dateline.reading.prepared import Prepared

OLD_DAYS = 60
"""An event further back than this is told as background."""

SUPPORT = 3.5  # tuned on public news: see docs/incident-types.md
_SUPPORT_IN_SPORT = 5.0  # and in a text about sport or the screen
_HISTORY_DAYS = 300  # an event further back still is history, which makes no incident
_COURT_DAYS = 3 * 366  # how far back a court report tells a deed as news
_FOCUS = 6  # sentences without an event after which harm no longer belongs to the last one
_COARSE_DAYS = 31
_FOLLOW_DAYS = 10  # how long after an event reports still tell it by its weekday
_ASIDE = 3  # sentences that an aside on older attacks has
_RECENT = 8  # accounts that a sentence may return to


class Account(NamedTuple):
    """What one document tells of one incident, before it is claims.

    ``when`` and ``place`` are None where nothing tells them. ``scenes`` are in text
    order; ``triggers`` and ``casualties`` are those of the scenes, ``support`` the
    points by which the account was kept.
    """

    type: str
    when: When | None
    place: Place | None
    background: bool
    scenes: tuple[Scene, ...]
    casualties: tuple[Finding, ...]
    support: float

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """The triggers, in text order."""
        return tuple(trigger for scene in self.scenes for trigger in scene.triggers)

    @property
    def date(self) -> IncidentDate | None:
        """The date without its words."""
        return self.when.date if self.when else None

    @property
    def span(self) -> Span:
        """The sentence that tells the incident first."""
        return self.scenes[0].sentence.span

    def holds(self, span: Span) -> bool:
        """Whether a span lies in one of the account's sentences."""
        return any(scene.sentence.start <= span.start < scene.sentence.end for scene in self.scenes)


class _Draft:
    """An account being put together."""

    def __init__(self) -> None:
        self.scenes: list[Scene] = []
        self.days: list[tuple[dt.date, dt.date]] = []
        self.place: Place | None = None
        self.last = 0

    def add(self, scene: Scene) -> None:
        self.scenes.append(scene)
        self.last = scene.sentence.index
        if not self.days:
            self.days = _days(scene)
        town = _town(scene)
        if town is not None and (self.place is None or self.place.kind in ("country", "admin1")):
            self.place = town


def find_accounts(
    prepared: Prepared,
    triggers: Sequence[Trigger],
    casualties: Sequence[Finding],
    times: Sequence[Timex] = (),
    places: Sequence[Place] = (),
    sites: Sequence[Place] = (),
    *,
    headline: Sequence[Place] = (),
    headlined: Sequence[Finding] = (),
    reference: dt.date | None = None,
    scope: Scope = "violence",
) -> tuple[Account, ...]:
    """The incidents a document tells, the main one first, the others in text order.

    ``headline`` are places that only a headline outside the text names, ``headlined``
    the figures of one.
    ``reference`` is the day the text was written. Under scope "violence" accidents and
    disasters make no account.
    """
    places = without_quarters(prepared.text, places)
    filed = filed_end(prepared, times, reference)
    dateline = unlisted_dateline(prepared, places, filed) or filed_from(places, filed)
    places = (*places, *find_unlisted(prepared, places, filed))
    scenes = scenes_of(prepared, triggers, casualties, times, places, reference, filed)
    if not scenes:
        return ()
    kind = genre_of(prepared)
    if is_of_other_field(prepared, kind):
        return ()
    needed = SUPPORT if kind.kind == "news" else _SUPPORT_IN_SPORT
    title = prepared.document.title or ""
    titled = types_of_title(title) if title and not _has_title_sentence(prepared) else ()
    deeds = {
        "explosion": any(t.type == "explosion" for t in triggers) and is_deed(prepared),
        "road_crash": any(t.type == "road_crash" for t in triggers) and is_ramming(prepared),
    }
    headed = (*headline, *places_of_title(title, prepared.text, places))
    drafts = _group(scenes, reference, _only_town(headed))
    told = places_of_happening(prepared, places, filed)
    opening = places_of_lead(prepared, places, filed)
    handed = places_of_release(prepared, places, filed)
    apart = [scene for draft in drafts[1:] for scene in draft.scenes]
    report = places_of_report(prepared, places, times, reference, filed, dateline, apart)
    accounts = [
        account
        for number, draft in enumerate(drafts)
        if (
            account := _account(
                draft,
                prepared.text,
                places,
                sites,
                dateline,
                number == 0,
                titled if number == 0 else (),
                (*headed, *told) if number == 0 else (),
                opening if number == 0 else (),
                handed if number == 0 else (),
                report if number == 0 else (),
                deeds=deeds,
            )
        )
        is not None
        and account.support >= needed
    ]
    court = is_court_report(prepared)  # it says anew what happened when
    toll = {_figure(finding) for finding in headlined if _figure(finding)[1]}
    if not any(
        is_subject(
            account.scenes,
            len(prepared.sentences),
            is_kin(account.type, titled),
            asks=asks_how(title),
            counted=any(_figure(harm) in toll for s in account.scenes for harm in s.harms),
        )
        and not is_history(account.scenes, reference, _COURT_DAYS if court else _HISTORY_DAYS)
        and (court or not _is_old(account, reference, _HISTORY_DAYS))
        and not (court and is_old_case(prepared, account.scenes, reference, _COURT_DAYS))
        for account in accounts
    ):
        return ()
    accounts = one_release(_with_kin(accounts))
    accounts = [a for a in accounts if scope == "harm" or scope_of(a.type) == "violence"]
    ordered = _in_order(accounts, reference, court=court)
    if ordered:
        main, *others = ordered
        apart = [scene for account in others for scene in account.scenes]
        taken = main.type in CAPTIVITY
        when = day_of_main(
            prepared, main.scenes, main.when, apart, times, reference, filed, taken=taken
        )
        ordered = (main._replace(when=when), *others)
        if not court and opens_long_ago(prepared, when, reference, _HISTORY_DAYS):
            return ()
    return ordered


def _with_kin(accounts: Sequence[Account]) -> list[Account]:
    """A bare "killed 14" beside a violent main event is violent too, not an accident."""
    if not accounts or scope_of(_main(accounts).type) != "violence":
        return list(accounts)
    return [
        account._replace(type="killing")
        if account.type == "accident" and all(t.type == "killing" for t in account.triggers)
        else account
        for account in accounts
    ]


def _only_town(headed: Sequence[Place]) -> Place | None:
    """The one town that a headline names; None where it names none or several."""
    towns = {(p.name, p.country, p.admin1): p for p in headed if p.kind == "city"}
    return next(iter(towns.values())) if len(towns) == 1 else None


def _group(
    scenes: Sequence[Scene], reference: dt.date | None, headed: Place | None = None
) -> list[_Draft]:
    drafts: list[_Draft] = []
    focus: _Draft | None = None
    waiting: list[Scene] = []  # harm told before any word that says what happened
    # The total of a round-up is no event of its own.
    items = [s for s in scenes if s.counted and s.level and (s.placed or s.another)]
    roundup = len(items) > 1
    for scene in scenes:
        if scene.recalled or (roundup and scene.of_several and not scene.placed):
            continue
        if focus is None:
            if scene.level:
                focus = _Draft()
                focus.place = headed
                drafts.append(focus)
                for early in waiting:
                    if not _conflict(focus, early, reference):
                        focus.add(early)
                focus.add(scene)
            elif scene.lead or scene.sentence.title:
                waiting.append(scene)
            continue
        if not scene.level and not scene.harms:
            continue  # "attacks on the rise": of no event
        # What is not said to be of the last event told is of the first, which the report
        # is about. Only the last few are tried: a text of a thousand events must not be
        # read a thousand times.
        close = _follows(focus.scenes[-1], scene)
        # An aside on an older attack is over where the report goes on without a figure.
        aside = not scene.counted and all(
            told.earlier or _is_long_past(told, reference) for told in focus.scenes[-_ASIDE:]
        )
        first = (focus, drafts[0]) if close and not aside else (drafts[0], focus)
        near = dict.fromkeys((*first, *reversed(drafts[-_RECENT:])))
        target = next((d for d in near if not _conflict(d, scene, reference)), None)
        if not scene.triggers and not close and scene.sentence.index - focus.last > _FOCUS:
            target = None if target is not drafts[0] else target
        another = scene.another and scene.counted and scene.anew
        if (
            target is None
            or another
            or (_opens(scene) and scene.separate and _is_other(target, scene))
        ):
            if not another and not _opens(scene):
                continue
            target = _Draft()
            drafts.append(target)
        target.add(scene)
        if scene.triggers:
            focus = target
    return drafts


def _follows(one: Scene, other: Scene) -> bool:
    """Whether a scene comes right after another or in the same paragraph."""
    return (
        other.sentence.index - one.sentence.index <= 1
        or other.sentence.paragraph == one.sentence.paragraph
    )


def _opens(scene: Scene) -> bool:
    """Whether a scene tells enough by itself to be an event of its own."""
    if scene.level and (scene.part > 1 or (scene.placed and scene.counted)):
        return True
    own_time = any(near.weight > 0.3 for near in scene.times)
    own_place = _town(scene) is not None
    if scene.told:
        return (scene.counted and (own_time or own_place)) or (
            scene.level == SURE and own_time and own_place
        )
    if scene.counted and own_time and any(t.armed and not t.general for t in scene.triggers):
        return True  # "In January 2016, gunmen killed 30 people at a hotel."
    # "Five were killed in the capital" may be a figure of a war; with a day it is not.
    return bool(scene.level) and scene.counted and own_place and (own_time or scene.separate)


def _conflict(draft: _Draft, scene: Scene, reference: dt.date | None) -> bool:
    """Whether the scene cannot be of the draft: every day or the place differs."""
    if scene.part and any(s.sentence.index == scene.sentence.index for s in draft.scenes):
        return True
    days = _days(scene)
    if draft.days and days and not any(_meet(a, b) for a in draft.days for b in days):
        return not _is_follow_up(draft, scene, days)
    if _is_long_past(scene, reference):
        # News of an event without a day is of a recent one; a toll of years ago is of another.
        if not scene.lead and not draft.days:
            return True
        if scene.counted and draft.days and not _all_old(draft.days, reference):
            return True
    town = _place_at(scene)
    last = draft.scenes[-1] if draft.scenes else None
    if draft.place is None and scene.placed and scene.counted and last and last.another:
        return True  # the items of a round-up: "In the deadliest attack, … In Mosul, …"
    if town is None or draft.place is None or same_place(town, draft.place):
        return False
    if last is None:
        return False  # the headline's town alone; the lead may know better
    # Headline and lead tell one event; two names in them are two names of its place.
    both_lead = (scene.lead or scene.sentence.title) and (last.lead or last.sentence.title)
    item = (
        scene.placed
        and (last.placed or scene.counted or scene.told)
        and not _shares_figure(draft, scene)
    )
    return item or not (both_lead and not scene.separate and town.country == draft.place.country)


def _shares_figure(draft: _Draft, scene: Scene) -> bool:
    """Whether a scene counts as many killed or hurt as the draft did before."""
    known = {_figure(harm) for other in draft.scenes for harm in other.harms}
    return any(_figure(harm) in known for harm in scene.harms)


def _figure(harm: Finding) -> tuple[str, int | None]:
    assert isinstance(harm.value, CasualtyValue)
    return harm.value.effect, harm.value.min


def _is_follow_up(draft: _Draft, scene: Scene, days: Sequence[tuple[dt.date, dt.date]]) -> bool:
    """Whether a report opens with what came after and now says when it happened.

    "Police searched two flats on Tuesday … Of the 64 wounded on Saturday, 20 are …"
    """
    if scene.told or scene.separate or scene.earlier or _town(scene) is not None:
        return False
    gap = (min(start for start, _ in draft.days) - max(end for _, end in days)).days
    return 0 < gap <= _FOLLOW_DAYS


def _is_other(draft: _Draft, scene: Scene) -> bool:
    """Whether "another" is borne out by a day or a place that is not just the draft's."""
    town = _town(scene)
    if town is not None and draft.place is not None and town.name != draft.place.name:
        return True
    return bool(draft.days and (days := _days(scene)) and days[0] != draft.days[0])


def _meet(one: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date]) -> bool:
    """Whether two times overlap, with a day's tolerance for nights and time zones."""
    day = dt.timedelta(days=1)
    return one[0] <= other[1] + day and other[0] <= one[1] + day


def _is_long_past(scene: Scene, reference: dt.date | None) -> bool:
    """Whether all times of a scene, whole years too, lie well before the report."""
    ends = [near.end for near in scene.times if near.weight > 0.3]
    return bool(ends) and reference is not None and (reference - max(ends)).days > OLD_DAYS


def _all_old(days: Sequence[tuple[dt.date, dt.date]], reference: dt.date | None) -> bool:
    return reference is not None and all((reference - end).days > OLD_DAYS for _, end in days)


def _days(scene: Scene) -> list[tuple[dt.date, dt.date]]:
    """The times of a scene that are likely the event's own, not coarser than a month."""
    return [
        (near.start, near.end)
        for near in scene.times
        if near.weight > 0.3 and (near.end - near.start).days <= _COARSE_DAYS
    ]


def _place_at(scene: Scene) -> Place | None:
    """The place a scene says it is at ("in Lyon"); None where it has only origins."""
    found = [near for near in scene.places if near.at and near.weight > 0.3]
    if not found:
        return None
    return max(found, key=lambda near: (near.place.kind != "country", near.weight)).place


def _town(scene: Scene) -> Place | None:
    """As :func:`_place_at`, but no whole country."""
    place = _place_at(scene)
    return place if place is not None and place.kind != "country" else None


def _account(
    draft: _Draft,
    text: str,
    places: Sequence[Place],
    sites: Sequence[Place],
    dateline: Place | None,
    main: bool,
    titled: Sequence[str],
    headed: Sequence[Place],
    opening: Sequence[Place],
    handed: Sequence[Place],
    report: Sequence[Set],
    *,
    deeds: Mapping[str, bool],
) -> Account | None:
    scenes = draft.scenes
    code = incident_type(scenes, titled)
    if code is not None and deeds.get(code):
        code = MEANT[code]
    if code is None:
        return None
    released = handed if code == "hostage_release" else ()
    if scope_of(code) == "harm" and not any(is_hurt(harm) for s in scenes for harm in s.harms):
        return None  # a fire or a storm that harmed nobody is no incident in any scope
    when = incident_date(
        of_release(scenes) if code == "hostage_release" else scenes, allow_year=not main
    )
    if released:
        opening = released  # the lead names where they were taken and held, too
    place = incident_place(
        of_release(scenes) if released else scenes,
        places,
        dateline,
        (*headed, *released),
        opening,
        () if released else report,
    )
    if place is not None:
        place = as_written(with_site(at_region(place, places), sites, scenes), text)
    points = support(scenes, when, place, bool(titled))
    casualties = tuple(
        finding for scene in scenes for finding in scene.harms if not finding.hypothetical
    )
    return Account(code, when, place, False, tuple(scenes), casualties, points)


def _in_order(
    accounts: Sequence[Account], reference: dt.date | None, *, court: bool
) -> tuple[Account, ...]:
    """The main account first, the others in text order, each marked if it is background."""
    if not accounts:
        return ()
    main = _main(accounts)
    rest = sorted((a for a in accounts if a is not main), key=lambda a: a.span)
    # A bare year is too coarse for news, though not for history told beside it, nor for a
    # court that says so long after in which year the deed was done.
    if main.date is not None and main.date.precision == "year" and not court:
        main = main._replace(when=None)
    anchor = main.date.start if main.date else reference
    found = [main._replace(background=_is_old(main, reference, OLD_DAYS))]
    for account in rest:
        same_days = account.date is not None and anchor is not None and account.date.end >= anchor
        old = _is_old(account, anchor, 2) or (account.scenes[0].earlier and not same_days)
        found.append(account._replace(background=old))
    return tuple(found)


def _is_old(account: Account, since: dt.date | None, days: int) -> bool:
    date = account.date
    return date is not None and since is not None and (since - date.end).days > days


def _main(accounts: Sequence[Account]) -> Account:
    """What the report is about: the first event of the lead, else the best supported."""

    def leads(account: Account) -> bool:
        return any(
            (scene.lead or scene.sentence.title) and scene.level and not scene.earlier
            for scene in account.scenes
        )

    return min(
        accounts,
        key=lambda a: (
            not leads(a),
            a.span.start if leads(a) else -a.support - sum(s.level > 0 for s in a.scenes),
        ),
    )


def _has_title_sentence(prepared: Prepared) -> bool:
    return bool(prepared.sentences) and prepared.sentences[0].title
