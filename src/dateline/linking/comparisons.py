"""What is compared of two mentions, and the levels of agreement, in Python and in SQL.

Each comparison has levels in order; the first that fits is the one two mentions get.
Python's answer is used for a few mentions, SQL's by Splink for a whole ledger; a test
holds both to the same answer. Their weights stand in ``data/weights.toml``. Dates, places
and figures have files of their own (``compared_*.py``).
"""

from __future__ import annotations

from dateline.linking.candidate import Candidate
from dateline.linking.compared_dates import WHEN
from dateline.linking.compared_figures import HELD, INJURED, KILLED
from dateline.linking.compared_places import WHERE
from dateline.linking.kinds import is_broad
from dateline.linking.levels import Comparison, Level

_SOME_NAMES = 4  # with fewer on a side, none in common means nothing
_SOME_WORDS = 6

# What


def _what(a: Candidate, b: Candidate) -> str | None:
    if a.type == b.type:
        return "same_broad" if is_broad(a.type) else "same"
    if a.kin & b.kin:
        return "akin"
    return "broad" if is_broad(a.type) or is_broad(b.type) else "different"


WHAT = Comparison(
    "what",
    "kind of incident",
    ("type", "kin", "broad"),
    '"type_l" IS NULL OR "type_r" IS NULL',
    _what,
    (
        Level("same", "the same kind", '"type_l" = "type_r" AND NOT "broad_l"'),
        Level("same_broad", "the same broad kind", '"type_l" = "type_r"'),
        Level("akin", "kinds that are used for each other", '("kin_l" & "kin_r") <> 0'),
        Level("broad", "one tells no means", '"broad_l" OR "broad_r"'),
        Level("different", "different kinds", "ELSE"),
    ),
)


# By whom, with what


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return len(set(one) & set(other)) if one and other else 0


def _actors(a: Candidate, b: Candidate) -> str | None:
    if not a.actors or not b.actors:
        return None
    return "shared" if _shared(a.actors, b.actors) else "none_shared"


WHO = Comparison(
    "who",
    "those held responsible",
    ("actors",),
    'len("actors_l") = 0 OR len("actors_r") = 0',
    _actors,
    (
        Level("shared", "a name in common", 'shared_count("actors_l", "actors_r") > 0'),
        Level("none_shared", "no name in common", "ELSE"),
    ),
)


def _weapon(a: Candidate, b: Candidate) -> str | None:
    if not a.weapons or not b.weapons:
        return None
    return "shared" if a.weapons & b.weapons else "none_shared"


WEAPON = Comparison(
    "weapon",
    "weapon",
    ("weapons",),
    '"weapons_l" = 0 OR "weapons_r" = 0',
    _weapon,
    (
        Level("shared", "the same sort of weapon", '("weapons_l" & "weapons_r") <> 0'),
        Level("none_shared", "different weapons", "ELSE"),
    ),
)


def _targets(a: Candidate, b: Candidate) -> str | None:
    if not a.targets or not b.targets:
        return None
    return "shared" if _shared(a.targets, b.targets) else "none_shared"


TARGET = Comparison(
    "target",
    "target",
    ("targets",),
    'len("targets_l") = 0 OR len("targets_r") = 0',
    _targets,
    (
        Level("shared", "one in common", 'shared_count("targets_l", "targets_r") > 0'),
        Level("none_shared", "none in common", "ELSE"),
    ),
)


# In what words


def _names(a: Candidate, b: Candidate) -> str | None:
    shared = _shared(a.names, b.names)
    fewer = min(len(a.names), len(b.names))
    if shared >= 4 and shared * 4 >= fewer:
        return "many"
    if shared >= 2 and shared * 8 >= fewer:
        return "some"
    if shared:
        return "one"
    return "none" if fewer >= _SOME_NAMES else None


_N_SHARED = 'shared_count("names_l", "names_r")'
_N_FEWER = 'least(len("names_l"), len("names_r"))'
NAMES = Comparison(
    "names",
    "rare names",
    ("names",),
    f"{_N_SHARED} = 0 AND {_N_FEWER} < {_SOME_NAMES}",
    _names,
    (
        Level("many", "many in common", f"{_N_SHARED} >= 4 AND {_N_SHARED} * 4 >= {_N_FEWER}"),
        Level("some", "some in common", f"{_N_SHARED} >= 2 AND {_N_SHARED} * 8 >= {_N_FEWER}"),
        Level("one", "one in common", f"{_N_SHARED} > 0"),
        Level("none", "none in common", "ELSE"),
    ),
)


def _words(a: Candidate, b: Candidate) -> str | None:
    fewer = min(len(a.words), len(b.words))
    if fewer < _SOME_WORDS:
        return None
    shared = _shared(a.words, b.words)
    if shared * 2 >= fewer:
        return "most"
    if shared * 4 >= fewer:
        return "quarter"
    if shared * 10 >= fewer:
        return "tenth"
    return "few"


_W_SHARED = 'shared_count("words_l", "words_r")'
_W_FEWER = 'least(len("words_l"), len("words_r"))'
WORDS = Comparison(
    "words",
    "rare words",
    ("words",),
    f"{_W_FEWER} < {_SOME_WORDS}",
    _words,
    (
        Level("most", "half or more in common", f"{_W_SHARED} * 2 >= {_W_FEWER}"),
        Level("quarter", "a quarter or more in common", f"{_W_SHARED} * 4 >= {_W_FEWER}"),
        Level("tenth", "a tenth or more in common", f"{_W_SHARED} * 10 >= {_W_FEWER}"),
        Level("few", "hardly any in common", "ELSE"),
    ),
)


def _text(a: Candidate, b: Candidate) -> str | None:
    shared = _shared(a.sentences, b.sentences)
    if not shared:
        return None
    return "copied" if shared * 2 >= min(len(a.sentences), len(b.sentences)) else "sentence"


_S_SHARED = 'shared_count("sentences_l", "sentences_r")'
TEXT = Comparison(
    "text",
    "sentences word for word",
    ("sentences",),
    f"{_S_SHARED} = 0",
    _text,
    (
        Level(
            "copied",
            "half or more of the sentences",
            f'{_S_SHARED} * 2 >= least(len("sentences_l"), len("sentences_r"))',
        ),
        Level("sentence", "a sentence", "ELSE"),
    ),
)

COMPARISONS: tuple[Comparison, ...] = (
    WHEN,
    WHERE,
    WHAT,
    KILLED,
    INJURED,
    HELD,
    WHO,
    WEAPON,
    TARGET,
    NAMES,
    WORDS,
    TEXT,
)
