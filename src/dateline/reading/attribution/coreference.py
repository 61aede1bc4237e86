"""Whom "he", "the ministry" or "the two channels" means: sources named before.

By recency, number and kind, as a reader does it: a pronoun takes the latest source that
fits, a bare role ("the agency") the latest one with that word in its name or of that
kind, a surname the full name given before. Where nothing fits, the words stay as given.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence

import msgspec

from dateline.model import Source
from dateline.reading.attribution.introductions import (
    body_in,
    country_of,
    full_names,
    person_in,
)
from dateline.reading.attribution.named_elsewhere import Offices
from dateline.reading.attribution.naming import Named, cleaned, head_of, names_in, nouns
from dateline.reading.attribution.quotations import quotations
from dateline.reading.attribution.registry import Registry, Word, words_of
from dateline.reading.attribution.spokespeople import (
    OFFICES,
    SPOKESPEOPLE,
    body_before,
    body_near,
    has_office,
)
from dateline.reading.people import nouns as people
from dateline.reading.prepared import Prepared, Sentence

_HEAD = re.compile(
    r"(?P<phrase>(?:(?:The|Some|Several|Many|Two|Three|Local|Other)\s+)?(?:[\w-]+\s+)?"
    r"(?P<noun>[\w-]+)(?:\s+(?:from|in|of|at)\s+(?:the\s+)?[\w-]+)?)"
    r"\s+(?:gave|have|had|were|are|also|who|and|disputed|denied|contradicted|offered|described|"
    r"insisted|remained|came|saw|heard|tried|began)\b"
)
_SPOKE = re.compile(r"\b(?:spoke|described|recalled|recounted|talked|witnessed|saw|heard)\b")
_REACH = 12  # sources looked back at for a pronoun
_FEMALE = frozenset("she her hers herself mrs ms spokeswoman congresswoman woman mother".split())
_MALE = frozenset("he him his himself mr spokesman congressman man father".split())
_POINTERS = frozenset("the this that these those both same".split())
_COUNTED = frozenset("channel outlet agency newspaper ministry group station website".split())
_MEDIA = frozenset({"outlet", "agency", "channel"})
_SIDES = frozenset("based run backed linked affiliated owned".split())
_WRITTEN = frozenset({"tweet", "post", "message", "release"})
_INSTITUTIONS = frozenset(
    "ministry agency department office bureau service committee command police army".split()
)
_TWO = frozenset("two three four both several".split())


class Memory:
    """The sources spoken of so far, in text order."""

    def __init__(self, prepared: Prepared, registry: Registry) -> None:
        self.prepared = prepared
        self.registry = registry
        self.caps = prepared.all_caps
        self._seen: list[tuple[Named, ...]] = []
        self._last = -1  # where the source stands that was spoken of last
        self._media: list[Source] = []  # also those who were told something
        self._quotes = [(quote.start, quote.end) for quote in quotations(prepared)]
        self._inside: list[bool] = []  # for each of those seen, whether it was in a quotation
        self._full: dict[str, Named] = {}
        self._offices = Offices(prepared, registry)
        self._gender: dict[str, str] = {}

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
            self._subject(words, at)
            or self._pronoun(words, at)
            or self._introduced(words, at)
            or self._owned(words, at)
            or self._speaks_for(words, at)
            or self._pointed(words)
            or (None if self.caps else self._offices.holder_of(words, at))
        )
        if found is None:
            country = country or self._same_body(words) or self.country
            made = names_in(phrase, self.registry, caps=self.caps, country=country)
            found = [self._again(named, at) for named in made]
        self._remember(found, words, at)
        self._last = at
        return found

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

    def is_quoted(self, at: int) -> bool:
        """Whether an offset lies in a quotation."""
        near = bisect.bisect_right(self._quotes, (at, at)) - 1
        return near >= 0 and at < self._quotes[near][1]

    def heard(self, names: Sequence[str]) -> None:
        """Media that were told something, so that "told the agency" may mean them."""
        for name in names:
            known = self.registry.lookup(name)
            if known is not None:
                self._media.append(known)

    def medium(self, noun: str) -> tuple[str, ...]:
        """The outlet, agency or channel met last that a noun may mean; empty for none."""
        kinds = nouns().points.get(noun, frozenset()) & _MEDIA
        for source in reversed(self._media[-_REACH:]):
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
        self._media += [one.source for one in kept if one.source.kind in _MEDIA]
        if len(kept) == 1 and kept[0].person:
            owned = len(words) > 1 and words[0].key in ("his", "her")
            for word in words[owned:]:
                if word.key in _FEMALE or word.key in _MALE:
                    sex = "f" if word.key in _FEMALE else "m"
                    self._gender.setdefault(kept[0].source.name, sex)
            surname = words_of(kept[0].source.name)[-1].key
            self._full.setdefault(surname, kept[0])
        for named in kept:
            for alias in named.source.aliases if named.source.guessed else ():
                self._full.setdefault(words_of(alias)[-1].key, named)

    def _same_body(self, words: Sequence[Word]) -> str | None:
        """The state of a body named before, when it is named again without its state."""
        if self.registry.body_in(words) is None:
            return None
        for group in reversed(self._seen[-_REACH:]):
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
        words = words_of(named.source.name)
        if not words or len(words) > 3:
            return named
        surname = words[-1].key
        earlier = self._full.get(surname)
        titles = nouns().roles["titles"]
        lead = [word.key for word in words[:-1] if word.key not in titles]
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

    def _subject(self, words: Sequence[Word], at: int) -> list[Named] | None:
        """A pronoun at the head of a sentence: whom the sentence before is about.

        "Elders gave a different account. They said …" speaks of the elders, though they
        were the source of nothing yet; "Ann Bell was in the hall. She said …" of Ann
        Bell. Only a plural of people, or a person's full name, at the very head counts.
        """
        which = nouns().pronouns.get(words[0].key)
        if len(words) > 1 or which not in ("they", "he", "she", "it"):
            return None
        here = self.prepared.sentence_at(at)
        if here is None or here.index == 0:
            return None
        if here.start != at and words[0].key != "it" and not self._opens_with_his(here, words[0]):
            return None
        before = self.prepared.sentences[here.index - 1]
        if which == "it":
            return self._body_in(before)
        if which != "they":
            return self._person_in(before)
        head = _HEAD.match(before.text)
        if (
            head is None
            or self._last >= before.start
            or (not head["noun"].islower() and not head["noun"].istitle())
        ):
            return None
        noun = people().get(head["noun"].casefold())
        if noun is None or not noun.plural or noun.perpetrator:
            return None
        return names_in(head["phrase"], self.registry, caps=self.caps, country=self.country) or None

    @staticmethod
    def _opens_with_his(sentence: Sentence, pronoun: Word) -> bool:
        """ "His daughter was among the dead, he said": whom the sentence is about says it."""
        own = {"he": "His ", "she": "Her "}.get(pronoun.key)
        return own is not None and sentence.text.startswith(own)

    def _introduced(self, words: Sequence[Word], at: int) -> list[Named] | None:
        """ "He", "she" where nobody fits: who was said shortly before to have spoken or seen."""
        if len(words) > 1 or nouns().pronouns.get(words[0].key) not in ("he", "she"):
            return None
        here = self.prepared.sentence_at(at)
        if here is None:
            return None
        for before in reversed(self.prepared.sentences[max(0, here.index - 3) : here.index]):
            if _SPOKE.search(before.text):
                return self._person_in(before)
        return None

    def _person_in(self, sentence: Sentence) -> list[Named] | None:
        """Whose full name a sentence that credits nobody begins with; None for none."""
        if self.caps or sentence.title or self._last >= sentence.start:
            return None
        return person_in(sentence, self.registry)

    def _body_in(self, sentence: Sentence) -> list[Named] | None:
        """The known body that a sentence which credits nobody begins with; None for none."""
        if self.caps or sentence.title or self._last >= sentence.start:
            return None
        return body_in(sentence, self.registry)

    def _pronoun(self, words: Sequence[Word], at: int) -> list[Named] | None:
        """The latest source that fits a pronoun; None where the words are no pronoun."""
        if len(words) > 1:
            return None
        which = nouns().pronouns.get(words[0].key)
        if which is None or which in ("we", "who") or (words[0].key == "us"):
            return None
        outside = not self.is_quoted(at)
        for group, inside in zip(
            reversed(self._seen[-_REACH:]), reversed(self._inside[-_REACH:]), strict=True
        ):
            if inside and outside:
                continue  # of whom somebody spoke: "'The man denies it,' he said"
            if which == "they":
                if len(group) > 1 or _is_plural(group[0]):
                    return list(group)
            elif len(group) == 1:
                person = group[0].person or group[0].source.kind in ("witness", "unnamed")
                force = len(group[0].source.name.split()) > 1  # "the Dallas police … it said"
                if which == "it" and not person and (force or not _is_plural(group[0])):
                    return list(group)
                if which in ("he", "she") and person and not _is_plural(group[0]):
                    sex = self._gender.get(group[0].source.name, (which == "he" and "m") or "f")
                    if sex == ("m" if which == "he" else "f"):
                        self._gender.setdefault(group[0].source.name, sex)
                        return list(group)
        if which == "they" and self._seen:
            last = self._seen[-1]
            if not last[0].person:
                return list(last)
        return None

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
            return self._pointed(words[3:])  # "a spokeswoman for the force"
        if len(words) != 2:
            return None
        where = body_before(self.prepared, self.registry, at)
        if where:
            return where
        if words[0].key == "the" and (named := self._with_words({words[1].key}, person=True)):
            return named
        here = self.prepared.sentence_at(at)
        if here is None:
            return None
        if self._seen and here.index and len(self._seen[-1]) == 1:
            last = self._seen[-1][0]
            near = self.prepared.sentences[max(0, here.index - 2)].start
            if self._last >= near and (not last.person or _is_brand(last)):
                return [last]
        return body_near(self.prepared, self.registry, at) or names_in(words[1].text, self.registry)

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
            for group in reversed(self._seen[-3 * _REACH :]):
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
        for group in reversed(self._seen[-_REACH:]):
            if len(group) == 1 and group[0].source.kind in kinds:
                if (singular in lists.roles["people"]) != group[0].person:
                    continue
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
        for group in reversed(self._seen[-3 * _REACH :]):
            for named in group:
                if keys <= named.words and (
                    named.person if person else not (body and named.person)
                ):
                    return [named]
        return None

    def _last_of(self, kinds: frozenset[str], number: int) -> list[Named] | None:
        """The latest ``number`` different sources of some kinds, in text order."""
        for group in reversed(self._seen[-_REACH:]):
            if len(group) >= number and all(named.source.kind in kinds for named in group):
                return list(group)
        found: dict[str, Named] = {}
        for group in reversed(self._seen[-_REACH:]):
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

    @functools.cached_property
    def country(self) -> str | None:
        """The state most of the text speaks of; None where no state has a clear majority."""
        return country_of(self.prepared, self.registry)


_BODIES = frozenset(
    """ministry observatory department agency army police hospital university embassy network
    monitor council office directorate service coalition organization organisation group""".split()
)


def _is_plural(named: Named) -> bool:
    last = named.source.name.split()[-1].casefold()
    if last in ("police", "authorities", "media", "people"):
        return True
    if named.person or not named.source.guessed:
        return False
    words = words_of(named.source.name)
    head = words[head_of(words)].key
    plural = head.endswith("s") and not head.endswith("ss") and head != "news"
    return plural and head in nouns().kinds


def _is_brand(named: Named) -> bool:
    """Whether one word taken for a person's name is rather a body's: "UCHealth"."""
    name = named.source.name
    return " " not in name and any(letter.isupper() for letter in name[1:])


def _singular(word: str) -> str:
    if word.endswith("ies") and word[:-3] + "y" in nouns().points:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and word[:-1] in nouns().points else word
