"""Who is who: outlets, agencies, ministries, monitors, armed groups and channels by name.

The facts live in data/sources.toml (one line a source), data/bodies.toml (bodies every
state has) and data/nations.toml (states, adjectives, seats of government). Users add
their own sources in a file of the same form as sources.toml, named by the setting
``sources_file``; a user's line replaces a shipped one of the same name.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

from dateline import settings
from dateline.errors import SettingsError
from dateline.model import Source, SourceKind
from dateline.reading.lexicon import load

MEDIA: frozenset[SourceKind] = frozenset({"outlet", "agency", "channel"})
"""Kinds of source that pass on what others say."""

_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
_FIELDS: dict[str, type] = {
    "aliases": list,
    "affiliation": str,
    "parent": str,
    "conduit": bool,
    "common": bool,
}
# Dots inside abbreviations go ("U.K." is "uk"), a possessive goes, hyphens separate.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|(?:[^\W_]|[\u0300-\u036f])+(?:['’](?!s\b)[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’][sS]\b|(?<=[sS])['’](?=\s|$)")
_ARTICLES = ("the", "a", "an")
_AROUND_BODY = frozenset("the a an of in for and republic state kingdom federation".split())
# Short aliases that are words of English too, not told apart in capitals.
_ORDINARY = frozenset("is who map tap let app spa tt aa au nos age kan".split())
_LONGEST_NAME = 12


class Word(NamedTuple):
    """One word of a name: its normal form, and where and how it stands in the text."""

    key: str
    start: int
    end: int
    text: str


class Body(NamedTuple):
    """A body that every state has; ``name`` holds ``{nation}``.

    ``bare`` bodies are named only after a state in their own words; ``cities`` have one of
    their own too, so that the seat of a government does not stand for its state.
    """

    name: str
    kind: SourceKind
    conduit: bool
    bare: bool
    cities: bool


class Hit(NamedTuple):
    """A known source inside a phrase: words ``first`` to ``end``."""

    source: Source
    first: int
    end: int


def words_of(text: str, start: int = 0) -> list[Word]:
    """The words of a name as the registry compares them, offsets from ``start``."""
    if start == 0 and len(text) <= _KEPT:
        return list(_words(text))
    return [Word(word.key, start + word.start, start + word.end, word.text)
            for word in _split(text)]  # fmt: skip


def _split(text: str) -> tuple[Word, ...]:
    blanked = text
    if "'" in text or "’" in text:
        blanked = _POSSESSIVE.sub(lambda m: " " * len(m.group()), text)
    return tuple(
        Word(_key(m.group()), m.start(), m.end(), m.group()) for m in _WORD.finditer(blanked)
    )


# The same few phrases are asked for again and again in one document.
_KEPT = 200  # characters
_words = functools.lru_cache(maxsize=8192)(_split)


def _key(word: str) -> str:
    if word.isascii():
        return word.lower().replace(".", "")
    return unicodedata.normalize("NFC", word).casefold().replace(".", "").replace("’", "'")


def keys_of(text: str) -> tuple[str, ...]:
    """The normal form of a name: case, dots, hyphens, possessives and articles aside."""
    keys = [word.key for word in words_of(text)]
    if len(keys) > 1 and keys[0] in _ARTICLES:
        del keys[0]
    return tuple(keys)


class Registry:
    """Sources by name and alias, bodies of states, and the states themselves."""

    def __init__(
        self,
        sources: Iterable[tuple[Source, bool]],
        bodies: Mapping[tuple[str, ...], Body],
        nations: Mapping[tuple[str, ...], str],
        adjectives: Mapping[str, str],
        seats: Mapping[tuple[str, ...], str],
    ) -> None:
        self._by_key: dict[tuple[str, ...], Source] = {}
        self._common: set[tuple[str, ...]] = set()
        named: dict[str, Source] = {}
        for source, common in sources:
            named[source.name] = source
            for alias in (source.name, *source.aliases):
                keys = keys_of(alias)
                self._by_key.setdefault(keys, source)
                if (common and alias == source.name) or (len(keys) == 1 and len(keys[0]) < 4):
                    self._common.add(keys)
        self._named = named
        self._bodies = bodies
        self._nations = nations
        self._seats = seats
        self.adjectives = adjectives
        self._starts = {keys[0] for keys in self._by_key if keys}
        self._body_starts = {keys[0] for keys in bodies}
        self._nation_starts = {keys[0] for keys in nations}

    def __len__(self) -> int:
        return len(self._named)

    def __iter__(self) -> Iterable[Source]:
        return iter(self._named.values())

    def lookup(self, name: str, *, country: str | None = None) -> Source | None:
        """The source of that name or alias, None where it is not known.

        ``country`` is the state the context speaks of; it names bodies that every
        state has ("the Defense Ministry").
        """
        found = self._by_key.get(keys_of(name))
        if found is not None:
            return found
        words = words_of(name)
        place = self.body_in(words)
        if place is None:
            return None
        around = [*words[: place[1]], *words[place[2] :]]
        # Nothing but the state may stand around it: "Defense Ministry spokesman X" is X.
        for at, word in enumerate(around):
            if word.key not in _AROUND_BODY and not self.nation_at(around, at):
                return None
        return self.body(words, country=country)

    def find(self, words: Sequence[Word], *, caps: bool = False) -> list[Hit]:
        """Known names inside a phrase, longest first at each place, left to right.

        Names that are ordinary words count only when written as a name; in text set all
        in capitals (``caps``) they count only as the whole phrase.
        """
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            step = 1
            if words[at].key in self._starts:
                for end in range(min(len(words), at + _LONGEST_NAME), at, -1):
                    keys = tuple(word.key for word in words[at:end])
                    source = self._by_key.get(keys)
                    if source is not None and self._written_as_name(words, at, end, keys, caps):
                        hits.append(Hit(source, at, end))
                        step = end - at
                        break
            at += step
        return hits

    def _written_as_name(
        self, words: Sequence[Word], at: int, end: int, keys: tuple[str, ...], caps: bool
    ) -> bool:
        whole = at == 0 and end == len(words)
        if caps:
            ordinary = len(keys) == 1 and keys[0] in _ORDINARY
            return whole or not (ordinary or (keys in self._common and len(keys[0]) > 3))
        text = words[at].text
        if at and end == at + 1 and self._by_key[keys].name.startswith("The "):
            before = words[at - 1]
            if before.text[:1].isupper() and before.key not in _ARTICLES:
                return False  # "Juba Times" is not The Times
        if keys in self._common and len(keys[0]) < 4 and len(keys) == 1:
            # A short name is written in capitals ("IS said", "the UN"), unless it is one
            # like "Kan" or "dpa", which then stands alone.
            return text.isupper() or (whole and text[:1].isupper()) or not text.isascii()
        if text == "The" and end == at + 2:  # "The insider said" is not The Insider
            return words[at + 1].text[:1].isupper() or not words[at + 1].text[:1].isalpha()
        if text in ("al", "el") and at + 1 < end:  # "the group al-Shabab"
            return words[at + 1].text[:1].isupper()
        return text[:1].isupper() or not text[:1].isalpha() or (whole and keys not in self._common)

    def body(self, words: Sequence[Word], *, country: str | None = None) -> Source | None:
        """A body of a state ("Russia's Defense Ministry"), named after that state.

        The state is the one the words say, else ``country``; a common body ("police") is
        named only after a state in its own words. None where there is no
        body in the words, where no state is known, or where the body has another owner
        ("Manchester police").
        """
        found = self.body_in(words)
        if found is None:
            return None
        body, first, end = found
        around = [*words[:first], *words[end:]]
        nation = self.nation_in(around)
        if nation and body.cities and nation == self._seat_in(around):
            return None  # "London police" are not those of the country
        others = [w for w in words[:first] if w.key not in _ARTICLES and w.text[:1].isupper()]
        if nation is None:
            if others or body.bare:
                return None
            nation = country
        if nation is None:
            return None
        adjective = self.adjectives.get(nation)
        name = body.name.format(nation=adjective) if adjective else f"{body.name[9:]} of {nation}"
        return self._by_key.get(keys_of(name)) or Source(
            name=name, kind=body.kind, affiliation=nation, conduit=body.conduit
        )

    def body_in(self, words: Sequence[Word]) -> tuple[Body, int, int] | None:
        """The first body that every state has among the words, with its place."""
        for at, word in enumerate(words):
            if word.key not in self._body_starts:
                continue
            for end in range(min(len(words), at + 5), at, -1):
                body = self._bodies.get(tuple(w.key for w in words[at:end]))
                if body is not None:
                    return body, at, end
        return None

    def nation_in(self, words: Sequence[Word]) -> str | None:
        """The first state the words speak of, by name, adjective or seat."""
        for at in range(len(words)):
            nation = self.nation_at(words, at)
            if nation:
                return nation
        return None

    def _seat_in(self, words: Sequence[Word]) -> str | None:
        """The state whose seat of government stands first among the words."""
        for at in range(len(words)):
            for end in range(min(len(words), at + 5), at, -1):
                seat = self._seats.get(tuple(word.key for word in words[at:end]))
                if seat is not None:
                    return seat
        return None

    def may_be_nation(self, key: str) -> bool:
        """Whether a word (case-folded) may begin the name of a state."""
        return key.replace(".", "") in self._nation_starts

    def nation_at(self, words: Sequence[Word], at: int) -> str | None:
        """The state named by the words from ``at`` on, longest name first."""
        if words[at].key not in self._nation_starts:
            return None
        for end in range(min(len(words), at + 5), at, -1):
            nation = self._nations.get(tuple(word.key for word in words[at:end]))
            # "US" is a state, "us" is not.
            if nation and (end > at + 1 or words[at].text[:1].isupper()):
                return nation if len(words[at].key) > 2 or words[at].text.isupper() else None
        return None


def load_registry(extra_file: str = "") -> Registry:
    """The registry, with the user's own sources where a file is named.

    Raises SettingsError, naming the file and the entry, where the file cannot be read
    or an entry is wrong. The result is kept for the life of the process.
    """
    return _load(extra_file)


def registry_in_use() -> Registry:
    """The registry with the file of the setting ``sources_file``."""
    return load_registry(settings.current().sources_file)


@functools.cache
def _load(extra_file: str) -> Registry:
    own: dict[str, tuple[Source, bool]] = {}
    if extra_file:
        path = Path(extra_file)
        try:
            with path.open("rb") as stream:
                own = _sources(tomllib.load(stream), extra_file)
        except OSError as error:
            raise SettingsError(
                f"the sources file cannot be read: {error.strerror or error}",
                where=extra_file,
                hint="see DATELINE_SOURCES_FILE",
            ) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"the sources file is no TOML: {error}",
                where=extra_file,
                hint="docs/sources-registry.md shows the form",
            ) from None
    shipped = _sources(load("sources"), "sources.toml")
    # A user's entry goes first, so that its aliases win over shipped ones.
    merged = {**own, **{name: entry for name, entry in shipped.items() if name not in own}}
    bodies = _bodies(load("bodies"))
    return Registry(merged.values(), bodies, *_nations(load("nations")))


def _sources(table: Mapping[str, Any], where: str) -> dict[str, tuple[Source, bool]]:
    """Checked entries by canonical name, in the order of the file."""
    entries: dict[str, tuple[Source, bool]] = {}
    for kind, group in table.items():
        if kind not in _KINDS:
            raise SettingsError(
                f"[{kind}] is no kind of source", where=where, hint=f"use {', '.join(_KINDS)}"
            )
        if not isinstance(group, dict):
            raise SettingsError(f"{kind} must be a table", where=where, hint=f"write [{kind}]")
        for name, entry in group.items():
            entries[name] = _source(name, kind, entry, where)
    return entries


def _source(name: str, kind: SourceKind, entry: object, where: str) -> tuple[Source, bool]:
    if not keys_of(name):
        raise SettingsError(f"{name!r} is no name", where=where)
    if not isinstance(entry, dict):
        raise SettingsError(
            f"the entry of {name!r} must be a table", where=where, hint='write "Name" = { … }'
        )
    for field, value in entry.items():
        wanted = _FIELDS.get(field)
        if wanted is None:
            raise SettingsError(
                f"{name!r} has an unknown field {field!r}",
                where=where,
                hint=f"use {', '.join(_FIELDS)}",
            )
        names = value if isinstance(value, list) else []
        if not isinstance(value, wanted) or not all(
            isinstance(item, str) and keys_of(item) for item in names
        ):
            form = "a list of names" if wanted is list else f"a {wanted.__name__}"
            raise SettingsError(f"{field} of {name!r} must be {form}", where=where)
    source = Source(
        name=name,
        kind=kind,
        aliases=tuple(entry.get("aliases", ())),
        affiliation=entry.get("affiliation"),
        parent=entry.get("parent"),
        conduit=entry.get("conduit", False),
    )
    return source, entry.get("common", False)


def _bodies(table: Mapping[str, Any]) -> dict[tuple[str, ...], Body]:
    return {
        keys_of(words): Body(
            entry["name"],
            entry["kind"],
            entry.get("conduit", False),
            entry.get("bare", False),
            entry.get("cities", False),
        )
        for entry in table["body"]
        for words in entry["words"]
    }


def _nations(
    table: Mapping[str, str],
) -> tuple[dict[tuple[str, ...], str], dict[str, str], dict[tuple[str, ...], str]]:
    """States by every word for them, the first adjective of each, states by their seats."""
    nations: dict[tuple[str, ...], str] = {}
    adjectives: dict[str, str] = {}
    seated: dict[tuple[str, ...], str] = {}
    for name, line in table.items():
        people, _, seats = line.partition(";")
        words = [word.strip() for word in people.split(",")]
        adjectives[name] = words[0]
        for word in (name, *words, *(seat.strip() for seat in seats.split(","))):
            if word:
                nations.setdefault(keys_of(word), name)
        for seat in seats.split(","):
            if keys_of(seat) and keys_of(seat) != keys_of(name):
                seated.setdefault(keys_of(seat), name)
    return nations, adjectives, seated
