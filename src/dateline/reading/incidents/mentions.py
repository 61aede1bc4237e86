"""One document's accounts of incidents: which sentences tell of the same event.

A report usually tells one incident, so everything joins the account in focus unless the
text gives a reason: another day, another town, or "in a separate attack". An account is
kept only with enough support: harm with a number, a sure word, a day, a town, the lead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dateline.model import IncidentDate, Place, Scope, Span, Timex
from dateline.reading.finding import Finding
from dateline.reading.genre import fresh_harm, genre_of
from dateline.reading.incidents.blasts import is_deed
from dateline.reading.incidents.drafts import OLD_DAYS as OLD_DAYS
from dateline.reading.incidents.drafts import Draft, drafts_of, figure, only_town
from dateline.reading.incidents.events import LIKELY, Trigger, types_of_title
from dateline.reading.incidents.handovers import of_release, one_release
from dateline.reading.incidents.quarters import without_quarters
from dateline.reading.incidents.rammings import is_by_vehicle, is_ramming
from dateline.reading.incidents.report_day import day_of_main, day_told_beside
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
    is_fresh,
    is_history,
    is_of_other_field,
    is_old_case,
    is_subject,
    opens_long_ago,
    opens_with_the_dead,
)
from dateline.reading.incidents.support import is_hurt, support
from dateline.reading.incidents.titles import named_by_title
from dateline.reading.incidents.what import (
    BY_ANYTHING,
    MEANT,
    incident_type,
    is_kin,
    scope_of,
)
from dateline.reading.incidents.when import When, incident_date
from dateline.reading.incidents.where import (
    as_written,
    at_region,
    incident_place,
    places_of_title,
    with_site,
)
from dateline.reading.places.filed import filed_end, filed_from
from dateline.reading.places.unlisted import find_unlisted, unlisted_dateline
from dateline.reading.prepared import Prepared

SUPPORT = 3.5  # tuned on public news: see docs/incident-types.md
_SUPPORT_IN_SPORT = 5.0  # and in a text about sport or the screen
_HISTORY_DAYS = 300  # an event further back still is history, which makes no incident
_COURT_DAYS = 3 * 366  # how far back a court report tells a deed as news
_FRESH_DAYS = 45  # how long after an event its victims, vigils and inquiries are news of it


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
    scenes = named_by_title(scenes, titled)
    deeds = {
        "explosion": any(t.type == "explosion" for t in triggers) and is_deed(prepared),
        "road_crash": any(t.type == "road_crash" for t in triggers) and is_ramming(prepared),
        **dict.fromkeys(BY_ANYTHING, is_by_vehicle(prepared)),
    }
    headed = (*headline, *places_of_title(title, prepared.text, places))
    drafts = drafts_of(scenes, reference, only_town(headed))
    told = places_of_happening(prepared, places, filed)
    opening = places_of_lead(prepared, places, filed)
    handed = places_of_release(prepared, places, filed)
    apart = [scene for draft in drafts[1:] for scene in draft.scenes]
    report = places_of_report(prepared, places, times, reference, filed, dateline, apart)
    toll = {figure(finding) for finding in headlined if figure(finding)[1]}
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
                headlined=bool(toll) and number == 0,
            )
        )
        is not None
        and account.support >= needed
        and (number == 0 or not _is_of_a_year(account))
    ]
    court = is_court_report(prepared)  # it says anew what happened when

    def is_news(account: Account, *, fresh: bool = False, mourned: bool = False) -> bool:
        return (
            (
                (not court and is_fresh(account.scenes, fresh_harm(prepared), reference))
                or is_subject(
                    account.scenes,
                    len(prepared.sentences),
                    is_kin(account.type, titled),
                    asks=asks_how(title),
                    counted=any(figure(harm) in toll for s in account.scenes for harm in s.harms),
                    fresh=fresh,
                    court=court,
                    mourned=mourned,
                )
            )
            and not is_history(account.scenes, reference, _COURT_DAYS if court else _HISTORY_DAYS)
            and (court or not _is_old(account, reference, _HISTORY_DAYS))
            and not (court and is_old_case(prepared, account.scenes, reference, _COURT_DAYS))
        )

    def day_of(main: Account, others: Sequence[Account]) -> When | None:
        return day_of_main(
            prepared,
            main.scenes,
            main.when,
            [scene for account in others for scene in account.scenes],
            times,
            reference,
            filed,
            taken=main.type == "hostage_release",
            places=places,
            place=main.place,
        )

    if not any(map(is_news, accounts)):
        # A story on the victims or the inquiry may tell what happened further down.
        mourned = opens_with_the_dead(prepared)
        if not accounts or not (titled or mourned or any(map(_opens_with_violence, scenes))):
            return ()
        main = _main(accounts)
        if court and main.when is None:
            return ()  # the day would be that of the verdict
        day = day_of(main, [account for account in accounts if account is not main])
        if not (_is_fresh(day, reference) and is_news(main, fresh=True, mourned=mourned)):
            return ()
    accounts = one_release(_with_kin(accounts))
    accounts = [a for a in accounts if scope == "harm" or scope_of(a.type) == "violence"]
    ordered = _in_order(accounts, reference, court=court)
    if ordered:
        main, *others = ordered
        when = day_of(main, others)
        main = main._replace(when=when)
        known = [(account.scenes, account.when) for account in (main, *others)]
        others = [
            a._replace(when=a.when or day_told_beside(a.scenes, known, times)) for a in others
        ]
        ordered = (main, *others)
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


def _account(
    draft: Draft,
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
    headlined: bool,
) -> Account | None:
    scenes = draft.scenes
    code = incident_type(scenes, titled)
    if code is not None and deeds.get(code) and (main or code not in BY_ANYTHING):
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
    points = support(scenes, when, place, bool(titled), headlined=headlined)
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


def _is_of_a_year(account: Account) -> bool:
    """Whether no more is told than the year: "15 died in 2014, when ambushes" is a statistic."""
    return account.place is None and account.date is not None and account.date.precision == "year"


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


def _opens_with_violence(scene: Scene) -> bool:
    """Whether headline or lead has a word for such events, if only of those who did it."""
    return (scene.lead or scene.sentence.title) and any(
        t.pointing or t.level >= LIKELY for t in scene.triggers
    )


def _is_fresh(when: When | None, reference: dt.date | None) -> bool:
    """Whether a day is told, and lies so shortly back that reports still follow it up."""
    if when is None or reference is None or when.date.precision != "day":
        return False
    return 0 <= (reference - when.date.end).days <= _FRESH_DAYS


def _has_title_sentence(prepared: Prepared) -> bool:
    return bool(prepared.sentences) and prepared.sentences[0].title
