"""Who claims or denies to have done it, each by one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.model import PerpetratorValue, ResponsibilityValue
from dateline.tally.evidence import SourceTable, Testimony
from dateline.tally.word_lists import content_words


def by_actor(
    testimonies: Sequence[Testimony], sources: SourceTable
) -> dict[tuple[str, str], list[Testimony]]:
    """What was said of responsibility, by stance ("claimed", "denied") and by whom.

    Those who deny what nobody says of them are left out; ``sources`` tells by what names they
    are known.
    """
    told = [(t, t.claim.value) for t in testimonies]
    accused = [value for _, value in told if isinstance(value, PerpetratorValue)]
    spoken = [
        (t, value)
        for t, value in told
        if isinstance(value, ResponsibilityValue) and not _is_beside_the_point(t, value, accused)
    ]
    known = {
        alias.casefold(): name for name, source in sources.items() for alias in source.aliases
    } | {v.description.casefold(): v.organisation for v in accused if v.organisation}
    names = _one_name_each({_speaker(t, value, known) for t, value in spoken})
    found: dict[tuple[str, str], list[Testimony]] = defaultdict(list)
    for t, value in spoken:
        found[value.stance, names[_speaker(t, value, known)]].append(t)
    return dict(found)


def _speaker(testimony: Testimony, value: ResponsibilityValue, known: Mapping[str, str]) -> str:
    """Who claims or denies: the armed group that says so itself, by the name it is known by.

    ``known`` has the names of groups by what they are called of those held responsible.
    """
    itself = testimony.root_kind == "armed_group" and not testimony.own_voice
    actor = testimony.root if itself else value.actor
    return known.get(actor.casefold()) or actor


def _is_beside_the_point(
    testimony: Testimony, value: ResponsibilityValue, accused: Iterable[PerpetratorValue]
) -> bool:
    """Whether a person denies what nobody in the reports says of him: a host, a politician."""
    if value.stance != "denied" or testimony.root_kind != "person":
        return False
    words = content_words(value.actor)
    return not any(
        words & content_words(" ".join(filter(None, (v.name, v.organisation, v.description))))
        for v in accused
    )


def _one_name_each(actors: Iterable[str]) -> dict[str, str]:
    """For every name the shortest that it holds: "the Red Dawn group" is "Red Dawn"."""
    found: dict[str, str] = {}
    for actor in sorted(actors, key=lambda actor: (len(actor), actor)):
        words = content_words(actor)
        held = (name for name in found.values() if content_words(name) <= words)
        found[actor] = next(held, actor) if words else actor
    return found
