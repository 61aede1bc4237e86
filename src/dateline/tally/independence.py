"""Which roots are independent of each other.

Counting sources is how casualty recorders weigh a claim, so it must not be inflated:
a conduit that passes on what an official body says is that body's voice, sister
channels of one owner are one voice, and a publisher that repeats in its own words a
figure it attributes elsewhere in the same report adds nobody (Every Casualty
Worldwide, *Standards for Casualty Recording*, 2016, on corroboration).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from dateline.model import CasualtyValue, Chain, Source
from dateline.tally.evidence import SourceTable, Testimony
from dateline.tally.word_lists import word_lists

_OFFICIAL = frozenset({"official", "military"})
# Of these a place has one, so that the bare word means the one that is named elsewhere.
_ONE_OF_A_PLACE = frozenset("police sheriff coroner mayor governor prosecutor prosecutors".split())
_LITTLE = frozenset("the of for and".split())
_WORD = re.compile(r"[^\W\d_]+")


def fold_roots(chains: Iterable[Chain], sources: SourceTable) -> dict[Chain, str]:
    """The folded root of each chain.

    A root that is a conduit folds into an official body of the same affiliation that is
    a root of the same incident (the smallest name, where there are several). Sources
    with the same parent fold into the parent, official bodies excepted: two ministries
    of one state are separate roots only by name, since they may well disagree. Names that
    differ in case alone are one ("POLICE" of an old wire), and a bare role of which a place
    has one ("police") is the only official root of the incident that holds the word
    ("Dallas police"); two towns' police stay apart. A force, its chief and its officers are
    one, and officials who are not told closer are no witness beside it; a person is the
    official of that name.
    """
    chains = sorted(set(chains))
    roots = {chain: chain[-1] for chain in chains if chain}
    officials: dict[str, str] = {}
    for root in sorted(set(roots.values()), reverse=True):
        source = sources.get(root)
        if source and source.kind in _OFFICIAL and source.affiliation:
            officials[source.affiliation] = root
    named = {root: _fold(root, sources.get(root), officials) for root in set(roots.values())}
    spelt = _spelt(set(named.values()))
    found = {chain: spelt[named[root]] for chain, root in roots.items()}
    for fold in (_people, _forces, _owned):
        whose = fold(set(found.values()), sources)
        found = {chain: whose.get(root, root) for chain, root in found.items()}
    return found


def _spelt(names: set[str]) -> dict[str, str]:
    """Each name in the one spelling of it that has most small letters."""
    best: dict[str, str] = {}
    for name in sorted(names):  # small letters sort behind capitals
        best[name.casefold()] = name
    return {name: best[name.casefold()] for name in names}


def _people(names: set[str], sources: SourceTable) -> dict[str, str]:
    """Persons to the one official whose name ends with theirs: "John Ames" to "Mayor John Ames"."""
    found: dict[str, str] = {}
    for name in names:
        source = sources.get(name)
        if source is None or source.kind != "person" or " " not in name:
            continue
        titled = [
            other
            for other in names
            if other.casefold().endswith(f" {name.casefold()}") and _is_official(other, sources)
        ]
        if len(titled) == 1:
            found[name] = titled[0]
    return found


def _forces(names: set[str], sources: SourceTable) -> dict[str, str]:
    """All who speak for the police of one place to one of these names."""
    speakers: dict[frozenset[str], list[str]] = defaultdict(list)
    for name in sorted(names):
        force = _force(name) if not _is_other(name, sources) else None
        if force is not None:
            speakers[force].append(name)
    found: dict[str, str] = {}
    for force, some in speakers.items():
        fuller = [other for other in speakers if force < other]
        widest = [other for other in fuller if not any(other < third for third in fuller)]
        to = widest[0] if len(widest) == 1 else force
        found |= dict.fromkeys(some, _shortest(speakers[to]))
    if len(set(found.values())) == 1:
        (only,) = set(found.values())
        found |= {name: only for name in names if name.casefold() in _words("vague")}
    return found


def _force(name: str) -> frozenset[str] | None:
    """The words that tell whose police a name is, none for the bare word; None where it is none.

    "Springfield Police Chief Ann Ode" and "Springfield Police Department" are of one force.
    """
    plain = name.casefold().replace("’", "'")
    if plain in _words("bare"):
        return frozenset()
    words = _WORD.findall(plain)
    police = next((at for at, word in enumerate(words) if word in _words("police")), None)
    if police is None or not _words("others").isdisjoint(words):
        return None
    before, after = words[:police], words[police + 1 :]
    if not _words("ranks").isdisjoint([*before, *words[police : police + 2]]):
        after = []  # the name of a person
    return frozenset([*before, *after]) - _words("empty") - _words("ranks")


def _shortest(names: Iterable[str]) -> str:
    return min(names, key=lambda name: (len(name), name))


def _is_official(name: str, sources: SourceTable) -> bool:
    source = sources.get(name)
    return source is not None and source.kind in _OFFICIAL


def _is_other(name: str, sources: SourceTable) -> bool:
    """Whether a name that holds the word is no voice of the police: a journal, a witness."""
    source = sources.get(name)
    return source is not None and source.kind not in {"official", "unnamed"}


def _words(name: str) -> frozenset[str]:
    """A list of data/police.toml."""
    return word_lists("police")[name]


def _owned(names: set[str], sources: SourceTable) -> dict[str, str]:
    """Bare roles to the one fuller name among the names that holds the word."""
    found: dict[str, str] = {}
    for name in names:
        words = _telling(name)
        source = sources.get(name)
        # "The Ministry of Defence", without a country, is the one that is named with it.
        ministry = "ministry" in words and not (source and source.affiliation)
        if name.casefold() not in _ONE_OF_A_PLACE and not ministry:
            continue
        fuller = [
            other
            for other in names
            if words < _telling(other)
            and (known := sources.get(other)) is not None
            and known.kind in _OFFICIAL
        ]
        if len(fuller) == 1:
            found[name] = fuller[0]
    return found


def _telling(name: str) -> frozenset[str]:
    """The words of a name that tell whose it is, in one spelling."""
    return frozenset(name.casefold().replace("defence", "defense").split()) - _LITTLE


def _fold(root: str, source: Source | None, officials: dict[str, str]) -> str:
    if source is None or source.kind in _OFFICIAL:
        return root
    if source.conduit and source.affiliation in officials:
        return officials[source.affiliation]
    return source.parent or root


def independent_roots(testimonies: Iterable[Testimony]) -> tuple[str, ...]:
    """The distinct folded roots that stand behind the incident, sorted.

    They are the roots of the numbered figures of victims; where there is none, those of
    any casualty claim; where there is none either, those of every claim. So a source
    that is quoted on the motive alone does not confirm a toll. A publisher's own voice
    counts only in a document that credits nobody else.
    """
    told = list(testimonies)
    weightiest = next((t for t in (_figures(told), _casualties(told)) if t), told)
    crediting = {t.document_id for t in weightiest if not t.own_voice}
    return tuple(
        sorted({t.root for t in weightiest if not (t.own_voice and t.document_id in crediting)})
    )


def _casualties(told: Iterable[Testimony]) -> list[Testimony]:
    return [
        t
        for t in told
        if isinstance(t.claim.value, CasualtyValue)
        and t.claim.value.who == "victims"
        and t.claim.modality != "denied"
    ]


def _figures(told: Iterable[Testimony]) -> list[Testimony]:
    return [
        t
        for t in _casualties(told)
        if isinstance(t.claim.value, CasualtyValue)
        and (t.claim.value.min is not None or t.claim.value.max is not None)
    ]
