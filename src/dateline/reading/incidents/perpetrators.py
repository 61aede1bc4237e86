"""By whom: those a report says did it, with number, organisation, confidence and fate.

Descriptions of one kind that are told of one incident are one finding, in their fullest
words; different kinds stay apart, because "citizens of another country" and "volunteer
soldiers" may be rival accounts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import msgspec

from dateline.model import Attribution, Confidence, Fate, PerpetratorValue, Place, Span
from dateline.reading.attribution.registry import words_of
from dateline.reading.finding import Finding
from dateline.reading.incidents.descriptions import Description, find_descriptions
from dateline.reading.incidents.fates import fates_of
from dateline.reading.incidents.groups import Told, find_groups
from dateline.reading.incidents.identities import TOLD_OUTRIGHT, Identity, find_identities
from dateline.reading.incidents.no_deeds import is_against_a_crowd, is_lone
from dateline.reading.lexicon import load
from dateline.reading.prepared import Prepared, Sentence

_SUSPECTED = re.compile(
    r"\b(?:suspected|alleged|suspect|presumed|believed|possible)\b", re.IGNORECASE
)
_ACCUSED = re.compile(r"\b(?:blamed\s+on|accused|blames?|blaming)\b", re.IGNORECASE)


def find_perpetrators(
    prepared: Prepared,
    attributions: Sequence[Attribution] = (),
    *,
    home_of: Callable[[int], int | None] | None = None,
    types: Sequence[str] = (),
    places: Sequence[Place] = (),
    headline: Prepared | None = None,
) -> tuple[Finding, ...]:
    """Perpetrators, one finding a kind of description or organisation, as they are first told.

    ``attributions`` tell whom "the group" means that claims a deed. ``home_of`` gives the
    index of the incident that the words at an offset belong to, None for those about other
    deeds: who did one is not mixed with who did another. ``types`` are the kinds of these
    incidents, ``places`` no names of people, ``headline`` the one outside the text.
    """
    home = home_of or _all_one
    told: dict[int | None, list[Description]] = {}
    for one in sorted(find_descriptions(prepared), key=lambda one: one.anchor):
        told.setdefault(home(one.anchor.start), []).append(one)
    named: dict[int | None, list[Identity]] = {}
    for who in find_identities(prepared, home, places=places, headline=headline):
        named.setdefault(home(who.anchor.start) if home_of else 0, []).append(who)
    groups: dict[int | None, list[Told]] = {}
    for group in find_groups(prepared, attributions, home):
        groups.setdefault(home(group.anchor.start), []).append(group)
    found: list[Finding] = []
    for index in {**told, **named, **groups}:
        kind = types[index] if index is not None and index < len(types) else None
        found += _of_one_incident(
            prepared,
            told.get(index, []),
            named.get(index, []),
            groups.get(index, []),
            lambda sentence, index=index: home(sentence.start) == index,  # type: ignore[misc]
            may_explode=kind is None or kind in _MAY_EXPLODE,
        )
    return tuple(sorted(found, key=lambda finding: finding.anchor))


_MAY_EXPLODE = frozenset("suicide_bombing bombing explosion attack massacre killing clash".split())
"""Types of incident in which a perpetrator may have died by his own bomb."""


def _all_one(offset: int) -> int | None:
    return 0


def _of_one_incident(
    prepared: Prepared,
    told: list[Description],
    named: list[Identity],
    claimed: list[Told],
    within: Callable[[Sentence], bool],
    *,
    may_explode: bool,
) -> list[Finding]:
    if any(_kind(one.head) == "generic" and one.rule != "held" for one in told) or named:
        # Officers who fired or stormed in where an attacker is told of came to stop him.
        told = [one for one in told if not _came_to_stop(one)]
    names = [one.name for one in named]
    fates = fates_of(prepared, names, within)
    if not may_explode:
        fates.pop("killed by own bomb", None)
    groups: dict[str, list[Description]] = {}
    for one in told:
        groups.setdefault(_kind(one.head), []).append(one)
    generic = groups.pop("generic", [])
    apart = bool(groups and generic) and _are_apart(generic, groups)
    if groups and generic and not apart:
        # "The attacker" of a report that also says who he was is that same person.
        first = min(groups, key=lambda kind: groups[kind][0].anchor)
        groups[first] = sorted([*groups[first], *generic], key=lambda one: one.anchor)
    elif generic:
        groups["generic"] = generic
    found = [
        _finding(
            kind,
            group,
            {} if apart and kind != "generic" else fates,
            prepared,
            may_explode=may_explode,
        )
        for kind, group in groups.items()
    ]
    _link_names(found, named, fates, lambda name: _own_fate(prepared, name, names, within, fates))
    for group_told in claimed:
        _join(found, group_told)
    return found


_DEATHS: tuple[Fate, ...] = ("killed by own bomb", "killed")


def _own_fate(
    prepared: Prepared,
    name: str,
    names: Sequence[str],
    within: Callable[[Sentence], bool],
    fates: Mapping[Fate, Span],
) -> Fate | None:
    """What became of one of several: as told of the name, else what alone is told of them."""
    last = name.split()[-1]
    alike = [other for other in names if other.split()[-1] == last]
    called = last if len(alike) == 1 else name  # two brothers
    own = fates_of(prepared, [called], within, only_names=True)
    died = [fate for fate in fates if fate in _DEATHS]  # one may be held, all others dead
    return next(iter(own), None) or (died[0] if died and len(fates) == 1 else None)


def _link_names(
    found: list[Finding],
    named: Sequence[Identity],
    fates: Mapping[Fate, Span],
    fate_of: Callable[[str], Fate | None],
) -> None:
    """Give the names to those who bear them; one nobody else is told as becomes a finding."""
    for number, identity in enumerate(named):
        if number and identity.weight < TOLD_OUTRIGHT and not identity.acts:
            continue
        at = next((i for i, one in enumerate(found) if _may_bear(one, identity, fates)), None)
        if at is not None:
            value = msgspec.structs.replace(found[at].value, name=identity.name)
            found[at] = msgspec.structs.replace(found[at], value=value)
            continue
        found.append(
            Finding(
                kind="perpetrator",
                value=PerpetratorValue(
                    description=_of_one(identity.role) or identity.name,
                    number=1,
                    name=identity.name,
                    confidence="suspected" if "suspect" in identity.role else "fact",
                    fate=_fate_of_one(identity, fates)
                    if len(named) == 1
                    else fate_of(identity.name),
                ),
                span=identity.sentence.span,
                anchor=identity.anchor,
                rule="perpetrators:named",
            )
        )


def _of_one(role: str) -> str:
    """The word for one of those: "gunman" of "gunmen", "attacker" of "attackers"."""
    if role.endswith("men"):
        return f"{role[:-3]}man"
    return role[:-1] if role.endswith("s") else role


def _fate_of_one(identity: Identity, fates: Mapping[Fate, Span]) -> Fate | None:
    """What became of the one named: who died was not arrested, whoever else was."""
    if "suicide" in identity.role:
        return "killed by own bomb"
    return next((fate for fate in (*_DEATHS, *fates) if fate in fates), None)


def _may_bear(one: Finding, identity: Identity, fates: Mapping[Fate, Span]) -> bool:
    """Whether a finding is of a single unnamed person, who is the one named."""
    value = one.value
    assert isinstance(value, PerpetratorValue)
    died = "killed" in fates or "killed by own bomb" in fates or "suicide" in identity.role
    if value.fate in ("arrested", "at large") and one.rule == "perpetrators:held" and died:
        return False  # the bomber blew himself up; who was arrested is somebody else
    head = value.description.lower().split(" of ")[0].split()[-1]
    single = value.number in (None, 1) and not head.endswith(("s", "men")) and head not in _MANY
    return single and value.name is None


_MANY = frozenset("troops police army forces gang militia mob cartel group faction unit".split())


def _are_apart(generic: Sequence[Description], groups: Mapping[str, Sequence[Description]]) -> bool:
    """Whether "the bomber", told first, is none of those by whom others were shot later."""
    others = [one for group in groups.values() for one in group]
    return all(
        one.rule == "passive"
        and one.anchor > generic[0].anchor
        and _kind(one.head) in ("military", "police", "force")
        for one in others
    )


def _came_to_stop(one: Description) -> bool:
    # "Trask killed four people before he was shot dead by an officer."
    # "Gunmen held the guests for 10 hours before army commandos stormed the hotel."
    return (
        one.rule in ("active", "bare", "passive")
        and (_kind(one.head) in ("police", "force") or one.head in _STORMERS)
        and not is_against_a_crowd(_done_to(one))
    )


def _done_to(one: Description) -> str:
    """The part of a sentence in which those stand to whom somebody did it."""
    at = one.anchor.start - one.sentence.start
    return one.sentence.text[:at] if one.rule == "passive" else one.sentence.text[at:]


_STORMERS = frozenset("commando commandos troops soldiers marines".split())


def _join(found: list[Finding], group: Told) -> None:
    """Add a group to the findings, or to the one that speaks of it already."""
    heads = words_of(group.description)
    for at, one in enumerate(found):
        value = one.value
        assert isinstance(value, PerpetratorValue)
        if value.organisation and group.organisation:
            same = value.organisation == group.organisation
        else:
            own = {word.key for word in words_of(value.description)}
            same = bool(heads) and {word.key for word in heads} <= own
        if same:
            if value.confidence == "fact" and one.anchor == group.anchor:
                value = msgspec.structs.replace(value, confidence=group.confidence)
                found[at] = msgspec.structs.replace(one, value=value)
            elif group.anchor < one.anchor:  # it belongs to what the group is first told of
                found[at] = msgspec.structs.replace(
                    one, span=group.sentence.span, anchor=group.anchor
                )
            return
    found.append(
        Finding(
            kind="perpetrator",
            value=PerpetratorValue(
                description=group.description,
                organisation=group.organisation,
                confidence=group.confidence,
            ),
            span=group.sentence.span,
            anchor=group.anchor,
            rule=f"perpetrators:{group.rule}",
        )
    )


_KINDS = (
    (
        "military",
        r"soldier|serviceman|servicemen|deserter|troop|conscript|recruit|army|marine|airm"
        r"|volunteer|unit\b",
    ),
    ("police", r"polic|officer|guard"),
    (
        "militant",
        r"militant|terrorist|insurgent|rebel|guerrilla|jihadist|extremist|fighter|militia"
        r"|separatist|"
        r"commando|paramilitar|faction|subversive|extraditable",
    ),
    ("gang", r"gang|cartel|bandit|mob\b|trafficker|death squad"),
    ("citizen", r"citizen"),
    ("force", r"force|warplane|drone|helicopter|jet"),
)


def _kind(head: str) -> str:
    if head in _generic_heads():
        return "generic"
    for kind, pattern in _KINDS:
        if re.search(pattern, head):
            return kind
    return "generic"


@cache
def _generic_heads() -> frozenset[str]:
    return frozenset(load("actors")["generic"])


_NEAR = 3  # sentences
_FAR = 6
_ANYBODY = frozenset("man men woman women girl youth youths brother father son husband".split())


def _best_told(own: list[Description]) -> list[Description]:
    """Those told by the deed; else "a Taliban bomber"; else who is held, or the bare noun."""
    deeds = [one for one in own if one.rule not in ("named", "held")]
    if deeds and deeds[0].sentence.index - own[0].sentence.index < _FAR:
        return [one for one in own if one.rule != "named"]
    named = [one for one in own if one.rule == "named"]
    if not deeds and any(one.organisation for one in named):
        return [one for one in named if one.organisation]
    held = [one for one in own if one.rule == "held"]
    if held and held[0].head in _ANYBODY and any(is_lone(one.head) for one in named):
        return named  # "the attacker", and a man arrested over it
    return held or named or own


def _finding(
    kind: str,
    group: list[Description],
    fates: dict[Fate, Span],
    prepared: Prepared,
    *,
    may_explode: bool,
) -> Finding:
    own = [one for one in group if _kind(one.head) == kind] or group
    # The fullest description stands; an agent of a verb before one merely named, and one near
    # the first before one far below, where another deed may be told of.
    own = _best_told(own)
    own = [one for one in own if one.sentence.index - own[0].sentence.index < _NEAR]
    best = max(own, key=lambda one: (len(one.description.split()), -one.anchor.start))
    plural = best.head.endswith(("s", "men"))
    # How many are held over it does not say how many did it, nor "one of the attackers".
    numbers = [
        one.number
        for one in [*own, *group]
        if one.number is not None
        and (one.number > 1) is plural
        and (one.rule != "held" or best.rule == "held")
    ]
    own_fates = [one.fate for one in group if one.fate]
    fate = next(iter(fates), None)
    if fate not in ("killed", "killed by own bomb"):  # a friend may be arrested, too
        fate = next(iter(own_fates), fate)
    elif fate == "killed by own bomb" and best.rule == "held" and best.fate == "at large":
        fate = best.fate  # the third of the bombers, who fled
    if may_explode and (
        _is_suicide(best) or (fate in (None, "killed") and any(_is_suicide(one) for one in group))
    ):
        fate = "killed by own bomb"
    if fate == "killed by own bomb" and any(_STOPPED.search(one.sentence.text) for one in group):
        fate = "killed" if "killed" in fates else None
    if (
        may_explode
        and fate == "killed"
        and kind == "generic"
        and _SUICIDE.search(prepared.text[:_LONGEST])
    ):
        fate = "killed by own bomb"
    around = prepared.text[max(0, best.anchor.start - 40) : best.anchor.end + 10]
    confidence: Confidence = "fact"
    if _SUSPECTED.search(around) or _only_suspected(best, group):
        confidence = "suspected"
    elif _ACCUSED.search(around):
        confidence = "accused"
    return Finding(
        kind="perpetrator",
        value=PerpetratorValue(
            description=best.description,
            number=numbers[0] if numbers else None,
            organisation=best.organisation,
            confidence=confidence,
            fate=fate,
        ),
        span=best.sentence.span,
        anchor=best.anchor,
        rule=f"perpetrators:{best.rule}",
    )


# "Guards shot a suicide bomber before he could set off his vest."
_STOPPED = re.compile(
    r"\b(?:shot|killed|stopped|tackled|overpowered|foiled|caught|arrested|captured)\b[^.;]{0,80}"
    r"\bbefore\s+(?:he|she|they|being)\s+(?:could|was|were|able)\b|\bwould-be\b|\b(?:failed"
    r"|botched)\b",
    re.IGNORECASE,
)


# "He died at the scene" of a suicide bombing, where nobody is said to have shot him.
_SUICIDE = re.compile(
    r"\A(?!.*\b(?:shot dead|shot and killed|gunned down|killed by (?:police|officers"
    r"|troops|guards|security))\b).*\bsuicide (?:bomb(?:ing|er)|attack|blast)\b",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 40_000  # characters searched


def _only_suspected(best: Description, group: list[Description]) -> bool:
    """Whether nobody is told as the one who did it, or it is believed of the very one told."""
    return all(one.suspected for one in group) or any(
        one.suspected and one.fate is None and one.anchor.end == best.anchor.end for one in group
    )


def _is_suicide(one: Description) -> bool:
    return "suicide" in one.description.lower() and one.head.startswith(("bomber", "suicide"))
