"""Whom "he", "the ministry" or "the two channels" means: sources named before.

By recency, number and kind, as a reader does it: a pronoun takes the latest source that
fits, a bare role ("the agency") the latest one with that word in its name or of that
kind, a surname the full name given before. Where nothing fits, the words stay as given.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec

from dateline.model import Source
from dateline.reading.attribution.introductions import (
    full_names,
)
from dateline.reading.attribution.named_elsewhere import Offices
from dateline.reading.attribution.naming import Named, cleaned, head_of, names_in, nouns
from dateline.reading.attribution.pronouns import REACH, Pronouns, is_plural
from dateline.reading.attribution.registry import MEDIA, Registry, Word, words_of
from dateline.reading.attribution.spokespeople import (
    OFFICES,
    SPOKESPEOPLE,
    body_before,
    body_near,
    body_of_sentence,
    has_office,
)
from dateline.reading.prepared import Prepared

_FEMALE = frozenset("she her hers herself mrs ms spokeswoman congresswoman woman mother".split())
_MALE = frozenset("he him his himself mr spokesman congressman man father".split())
_POINTERS = frozenset("the this that these those both same".split())
_COUNTED = frozenset("channel outlet agency newspaper ministry group station website".split())
_SIDES = frozenset("based run backed linked affiliated owned".split())
_WRITTEN = frozenset({"tweet", "post", "message", "release"})
_INSTITUTIONS = frozenset(
    "ministry agency department office bureau service committee command police army".split()
)
_TWO = frozenset("two three four both several".split())


class Memory(Pronouns):
    """The sources spoken of so far, in text order."""

    def __init__(self, prepared: Prepared, registry: Registry) -> None:
        super().__init__(prepared, registry)
        self._media: list[Source] = []  # also those who were told something
        self._full: dict[str, Named] = {}
        self._offices = Offices(prepared, registry)

    def resolve(self, phrase: str, *, country: str | None = None, at: int = 0) -> list[Named]:
        """Who is meant by a source phrase that starts at character ``at``."""
        phrase = cleaned(phrase)
        words = words_of(phrase)
        if not words:
            return []
        if len(words) > 1 and words[-1].key in ("he", "she", "they") and not self.caps:
            words = words[-1:]  # "before dawn he said"
            phrase = words[0].text
        found = (
            self._fuller(self._subject(words, at), at)
            or self._pronoun(words, at)
            or self._fuller(self._introduced(words, at), at)
            or self._owned(words, at)
            or self._speaks_for(words, at)
            or self._pointed(words)
            or self._body_again(words, at)
            or (None if self.caps else self._fuller(self._offices.holder_of(words, at), at))
        )
        if found is None:
            country = country or self._same_body(words) or self.country
            made = names_in(phrase, self.registry, caps=self.caps, country=country)
            found = [self._again(named, at) for named in made]
        self._remember(found, words, at)
        self._last = at
        return found

    def _fuller(self, found: list[Named] | None, at: int) -> list[Named] | None:
        return [self._again(named, at) for named in found] if found else None

    def named_below(self, phrase: str) -> list[Named]:
        """Whom a bare role in a headline ("ministry says") means: the first it fits below.

        Called when the body has been gone through; empty where nothing fits.
        """
        lists = nouns()
        words = [word for word in words_of(cleaned(phrase)) if word.key not in _POINTERS]
        if not words or len(words) > 2:
            return []
        head = words[-1].key
        one_person = head in lists.roles["people"] and not head.endswith("s")
        if not one_person and head not in lists.points:
            return []
        keys = {word.key for word in words}
        for group in self._seen:
            if len(group) == 1 and keys <= group[0].words and group[0].person == one_person:
                return list(group)
        return []

    def heard(self, names: Sequence[str]) -> None:
        """Media that were told something, so that "told the agency" may mean them."""
        for name in names:
            known = self.registry.lookup(name)
            if known is not None:
                self._media.append(known)

    def medium(self, noun: str) -> tuple[str, ...]:
        """The outlet, agency or channel met last that a noun may mean; empty for none."""
        kinds = nouns().points.get(noun, frozenset()) & MEDIA
        for source in reversed(self._media[-REACH:]):
            if source.kind in kinds:
                return (source.name,)
        return ()

    # -- what was said before

    def _remember(self, found: Sequence[Named], words: Sequence[Word], at: int) -> None:
        kept = tuple(named for named in found if not named.empty)
        if not kept:
            return
        if len(kept) == 1 and words_of(kept[0].source.name)[-1:] and (
            words_of(kept[0].source.name)[-1].key in nouns().pronouns
        ):  # fmt: skip
            return  # "they", whom nobody answered to
        self._seen.append(kept)
        self._inside.append(self.is_quoted(at))
        self._media += [one.source for one in kept if one.source.kind in MEDIA]
        if len(kept) == 1 and kept[0].person:
            owned = len(words) > 1 and words[0].key in ("his", "her")
            for word in words[owned:]:
                if word.key in _FEMALE or word.key in _MALE:
                    sex = "f" if word.key in _FEMALE else "m"
                    self._gender.setdefault(kept[0].source.name, sex)
            self._full.setdefault(_own_name(kept[0].source.name)[-1].key, kept[0])
        for named in kept:
            for alias in named.source.aliases if named.source.guessed else ():
                self._full.setdefault(words_of(alias)[-1].key, named)

    def _same_body(self, words: Sequence[Word]) -> str | None:
        """The state of a body named before, when it is named again without its state."""
        if self.registry.body_in(words) is None:
            return None
        for group in reversed(self._seen[-REACH:]):
            for named in group:
                state = named.source.affiliation
                again = self.registry.body(words, country=state) if state else None
                if again is not None and again.name == named.source.name:
                    return state
        return None

    def _again(self, named: Named, at: int) -> Named:
        """The fuller name given before: "Bell" is "Ann Bell", "ISW" its institute."""
        if not named.source.guessed or named.empty:
            return named
        titles = nouns().roles["titles"]
        words = _own_name(named.source.name)
        surname = words[-1].key if words else ""
        lead = [word.key for word in words[:-1] if word.key not in titles]
        if not words or len(lead) > 2 or not (self.caps or words[-1].text[:1].isupper()):
            return named
        earlier = self._full.get(surname)
        if earlier is not None:
            given = {word.key for word in words_of(earlier.source.name)}
            if all(key in given for key in lead):
                return earlier
        if (named.person or named.source.kind == "person") and not lead and not self.caps:
            full = self._full_names.get(surname)
            if full is not None:
                return named._replace(
                    source=msgspec.structs.replace(named.source, name=full),
                    words=named.words | {word.key for word in words_of(full)},
                    person=True,
                )
        return named

    def _owned(self, words: Sequence[Word], at: int) -> list[Named] | None:
        """ "Its source", "their spokesman": somebody of the source spoken of last."""
        if len(words) < 2 or nouns().pronouns.get(words[0].key) not in ("it", "they", "he", "she"):
            return None
        if words[0].key not in ("its", "their", "his", "her"):
            return None
        rest = " ".join(word.text for word in words[1:])
        known = names_in(rest, self.registry, caps=self.caps)
        kin = any(word.key in nouns().roles["kin"] for word in words[1:])
        in_registry = len(known) == 1 and not known[0].source.guessed
        personal = words[-1].text[:1].isupper() and words[-2].text[:1].isupper()
        if personal and not self.caps and not in_registry:
            return None  # "her supervisor, Said Jabr" is named himself
        if kin and words[-1].text[:1].isupper() and not self.caps:
            return None
        here = self.prepared.sentence_at(at)
        if kin and here and here.index and self._last < (
            self.prepared.sentences[here.index - 1].start
        ):  # fmt: skip
            return None  # of somebody else than the one who spoke last
        if words[0].key == "its" and words[-1].key in nouns().roles["speaks_for"]:
            # "The University Hospital had received nine, its spokesman said"
            own = body_of_sentence(self.prepared, self.registry, at, head=True)
            if own:
                return own
        owner = self._pronoun([Word({"its": "it", "their": "they", "his": "he", "her": "she"}[
            words[0].key], 0, 0, "")], at)  # fmt: skip
        if (kin or not owner) and self._seen:
            owner = [self._seen[-1][0]]
        if kin and not (owner and owner[0].person):
            return None
        if not owner:
            return None
        if len(known) == 1 and not known[0].source.guessed and rest[:1].isupper():
            return known  # "its Amaq news agency"
        roles = nouns().roles
        head = words[-1].key
        if head in roles["documents"] or head in roles["speaks_for"]:
            return owner
        source = owner[0].source
        whose = f"{source.name}'s" if owner[0].person and not self.caps else source.name
        made = names_in(f"{source.name} {rest}", self.registry, caps=True)
        kind = names_in(rest, self.registry)[0].source.kind
        named = Source(name=f"{whose} {rest}", kind=kind, parent=source.name, guessed=True)
        via = (source,) if source.kind in ("outlet", "agency", "channel") else ()
        return [Named(named, via, made[0].words if made else frozenset())]

    def _speaks_for(self, words: Sequence[Word], at: int) -> list[Named] | None:
        """The body for which "a spokeswoman" speaks who is given none: the one just named."""
        article = words[0].key in ("a", "an", "the")
        if not article or not {words[-1].key, words[min(1, len(words) - 1)].key} & SPOKESPEOPLE:
            return None
        if len(words) == 3 and words[1].key in _BODIES:
            # "A hospital spokeswoman", of the hospital just named.
            noun = words[1].key
            last = next(
                (
                    one[0]
                    for one in reversed(self._seen[-3:])
                    if len(one) == 1 and noun in one[0].words and not one[0].person
                ),
                None,
            )
            return [last] if last else body_near(
                self.prepared, self.registry, at, noun) or None  # fmt: skip
        if len(words) == 5 and words[1].key in SPOKESPEOPLE and words[3].key == "the":
            # "A spokeswoman for the force"
            return self._pointed(words[3:]) or self._body_again(words[3:], at)
        if len(words) != 2:
            return None
        where = body_before(self.prepared, self.registry, at)
        if where:
            return where
        if words[0].key == "the" and (named := self._with_words({words[1].key}, person=True)):
            return named
        own = body_of_sentence(self.prepared, self.registry, at, head=True)
        if own:
            return own  # "St Mary's Hospital took in six patients, a spokesman said"
        here = self.prepared.sentence_at(at)
        if here is None:
            return None
        if self._seen and here.index and len(self._seen[-1]) == 1:
            last = self._seen[-1][0]
            near = self.prepared.sentences[max(0, here.index - 2)].start
            if self._last >= near and (not last.person or _is_brand(last)):
                return [last]
        return body_near(self.prepared, self.registry, at) or names_in(words[1].text, self.registry)

    def _body_again(self, words: Sequence[Word], at: int) -> list[Named] | None:
        """ "The hospital", where no source was called so: the one named just before."""
        if len(words) != 2 or words[0].key != "the" or words[1].key not in _HOUSES:
            return None
        noun = words[1].key
        return (
            body_of_sentence(self.prepared, self.registry, at, noun)
            or body_near(self.prepared, self.registry, at, noun)
            or None
        )

    def _pointed(self, words: Sequence[Word]) -> list[Named] | None:
        """The source that a bare role points back to: "the ministry", "both channels"."""
        lists = nouns()
        if words[0].key in ("a", "an") and words[-1].key not in lists.roles["speaks_for"]:
            return None  # "a witness", "an official": nobody met before
        article = words[0].key in ("the", "this", "that", "these", "those", "both", "same")
        content = [
            w
            for w in words
            if w.key not in ("the", "this", "that", "these", "those", "both", "same")
        ]
        several = words[0].key == "both" or any(w.key in _TWO for w in content)
        content = [w for w in content if w.key not in _TWO]
        if not content or len(content) > 3:
            return None
        head = content[-1].key
        singular = _singular(head)
        if (
            singular not in lists.points
            and head not in lists.roles["people"]
            and singular not in _WRITTEN
            and singular not in lists.roles["speaks_for"]
        ):
            return None
        if not article and not (singular == head and head in lists.roles["people"]):
            return None
        if len(content) == 3:  # "the Britain-based monitor"
            if content[1].key not in _SIDES:
                return None
            content = content[-1:]
        if len(content) == 2 and content[0].key not in lists.roles["descriptors"]:
            # "the police spokesman", "the arce battalion": one with both words.
            return self._with_words(
                {content[0].key, singular}, person=head in lists.roles["people"]
            )
        if several or (
            head != singular and singular in ("channel", "outlet", "agency", "newspaper")
        ):
            return self._last_of(lists.points.get(singular, frozenset()), 2)
        if singular in OFFICES and singular not in lists.points:
            for group in reversed(self._seen[-3 * REACH :]):
                if len(group) == 1 and group[0].person and has_office(
                    self.prepared, group[0], singular
                ):  # fmt: skip
                    return list(group)
        by_word = self._with_words({head}, person=False) or self._with_words(
            {singular}, person=False
        )
        if by_word and (head in lists.roles["people"] or not by_word[0].person):
            return by_word
        if singular in _WRITTEN and article and self._seen and len(self._seen[-1]) == 1:
            return list(self._seen[-1])  # "Malmö police wrote …. The tweet said …"
        kinds = lists.points.get(singular, frozenset())
        for group in reversed(self._seen[-REACH:]):
            if len(group) == 1 and group[0].source.kind in kinds:
                if (singular in lists.roles["people"]) != group[0].person:
                    continue
                if singular in _INSTITUTIONS and singular == head and is_plural(group[0]) and (
                    group[0].source.guessed
                ):  # fmt: skip
                    continue  # "the state department" after "officials"
                if singular in _INSTITUTIONS and _INSTITUTIONS & group[0].words:
                    continue  # "the intelligence agency" after "the interior ministry"
                if singular in _INSTITUTIONS and self._is_state(group[0]):
                    continue  # "the agency" after "Moscow"
                if singular in OFFICES and not has_office(self.prepared, group[0], singular):
                    continue
                return list(group)
        if singular == "statement" and words[0].key == "the" and self._seen:
            last = self._seen[-1]  # "The prosecutor said in a statement …. The statement said …"
            return list(last) if len(last) == 1 else None
        return None

    def _is_state(self, named: Named) -> bool:
        """Whether a source is a state, or its capital that stands for it."""
        words = words_of(named.source.name)
        return len(words) == 1 and self.registry.nation_in(words) is not None

    def _with_words(self, keys: set[str], *, person: bool) -> list[Named] | None:
        body = bool(keys & _BODIES)  # "the ministry" is not the man who spoke for it
        for group in reversed(self._seen[-3 * REACH :]):
            for named in group:
                if keys <= named.words and (
                    named.person if person else not (body and named.person)
                ):
                    return [named]
        return None

    def _last_of(self, kinds: frozenset[str], number: int) -> list[Named] | None:
        """The latest ``number`` different sources of some kinds, in text order."""
        for group in reversed(self._seen[-REACH:]):
            if len(group) >= number and all(named.source.kind in kinds for named in group):
                return list(group)
        found: dict[str, Named] = {}
        for group in reversed(self._seen[-REACH:]):
            for named in reversed(group):
                if named.source.kind in kinds:
                    found.setdefault(named.source.name, named)
        if len(found) < number:
            return None
        return list(found.values())[:number][::-1]

    # -- what the document says

    @functools.cached_property
    def _full_names(self) -> dict[str, str]:
        return full_names(self.prepared, self.registry)


_HOUSES = frozenset("hospital clinic university college school company airline church".split())
_BODIES = frozenset(
    """ministry observatory department agency army police hospital university embassy network
    monitor council office directorate service coalition organization organisation group""".split()
)


def _own_name(name: str) -> list[Word]:
    """The words of a name without the body whose man it is: "Ann Bell of the harbour police"."""
    words = words_of(name)
    return words[: head_of(words) + 1]


def _is_brand(named: Named) -> bool:
    """Whether one word taken for a person's name is rather a body's: "UCHealth"."""
    name = named.source.name
    return " " not in name and any(letter.isupper() for letter in name[1:])


def _singular(word: str) -> str:
    if word.endswith("ies") and word[:-3] + "y" in nouns().points:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and word[:-1] in nouns().points else word
