"""From scored phrases to the fills of the target, perpetrator and instrument slots."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.muc.model import Model, probability
from benchmarks.muc.phrases import DATA, Phrase, Sentence, organisations
from benchmarks.muc.settings import CHANCE, MOST

if TYPE_CHECKING:
    from benchmarks.muc.templates import Scored, Template


class Fill(NamedTuple):
    """One fill: its text, the phrase that says it best, and what goes with it.

    ``extra`` is the confidence of an organisation or the description of a named person;
    ``features`` are those of the phrase.
    """

    text: str
    phrase: Phrase
    features: list[str]
    chance: float
    kind: str = ""
    effect: str = ""
    number: str = ""
    extra: str = ""


@cache
def lists() -> dict[str, Any]:
    """The word lists of data/words.toml."""
    return tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))


def quoted(text: str) -> str:
    """A string fill, its own quotation marks escaped."""
    return '"' + text.replace('"', '\\"') + '"'


def spelt(words: Sequence[str]) -> str:
    """Words joined as the message writes them."""
    text = " ".join(words)
    text = re.sub(r" (?='S\b)|(?<=\w) (?=[,.])", "", text)
    return re.sub(r'" ([^"]*) "', r'"\1"', text)


def content(words: Iterable[str]) -> tuple[str, ...]:
    """The words that tell one phrase from another."""
    small = lists()["small"]["words"]
    kept = tuple(word for word in words if word not in small and word[:1].isalnum())
    return kept or tuple(words)


class Group(NamedTuple):
    """Mentions of one thing, the likeliest first, and its chance to fill a slot."""

    chance: float
    members: list[Scored]


def grouped(scored: Sequence[Scored], slot: str, kinds: Sequence[str]) -> list[list[Scored]]:
    """Phrases of the same words together, each group's likeliest mention first."""
    found: dict[tuple[str, ...], list[Scored]] = {}
    for one in scored:
        if one.phrase.kind in kinds:
            texts = one.phrase.texts
            key = (organisations_key(texts),) if slot == "org" else content(texts)
            found.setdefault(key, []).append(one)
    for members in found.values():
        members.sort(key=lambda one: (-one.chance[slot], one.phrase.span))
    return sorted(found.values(), key=lambda g: (-g[0].chance[slot], g[0].phrase.span))


def standing(groups: Sequence[Sequence[Scored]], slot: str, kind: str) -> Iterator[list[str]]:
    """How each group stands in its message: its best chance, its rank, what is above it."""
    best = groups[0][0].chance[slot] if groups else 0.0
    for rank, members in enumerate(groups):
        top = members[0].chance[slot]
        none = math.prod(1.0 - one.chance[slot] for one in members)
        level = _level(top)
        yield [
            f"top {level}", f"any {_level(1.0 - none)}", f"rank {min(rank, 6)}",
            f"gap {_level(best) - level}", f"n {min(len(members), 5)}", f"{kind} {level}",
            f"{kind} rank {min(rank, 4)}", f"{members[0].phrase.kind} {level}",
            f"{members[0].phrase.kind} rank {min(rank, 4)}",
            f"best {_level(best)} rank {min(rank, 4)}",
            f"at {min(min(one.phrase.sentence.index for one in members), 8)}",
            f"long {len(members[0].phrase.texts)}",
        ]  # fmt: skip


def _level(chance: float) -> int:
    """The log odds of a chance in steps of a half."""
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return max(-12, round(2 * math.log(chance / (1 - chance))))


def _groups(
    scored: Sequence[Scored], slot: str, kinds: Sequence[str], kind: str, model: Model
) -> list[Group]:
    """The groups with their chances, the likeliest first."""
    members = grouped(scored, slot, kinds)
    name = f"{slot} {kinds[0]}" if slot == "hum" else slot
    weights = model.groups.get(name)
    if weights is None:
        return [Group(one[0].chance[slot], one) for one in members]
    found = [
        Group(probability(weights, signs), one)
        for one, signs in zip(members, standing(members, slot, kind), strict=True)
    ]
    return sorted(found, key=lambda group: (-group.chance, group.members[0].phrase.span))


def extended(phrase: Phrase) -> str:
    """The phrase with its "of" complement, where its head asks for one."""
    words, tags = phrase.sentence.words, phrase.sentence.tags
    texts = phrase.texts
    head = words[phrase.head].text
    asks = head in lists()["relational"]["words"]
    if asks and phrase.end < len(words) and words[phrase.end].text == "OF":
        nouns = ("NN", "NS", "NP", "PER", "ORG", "GPE")
        end = phrase.end + 1
        while end < len(words) and end - phrase.end < 9:
            if tags[end] not in (*nouns, "DT", "PS", "JJ", "CD", "PO"):
                break
            end += 1
        while end > phrase.end + 1 and tags[end - 1] not in nouns:
            end -= 1
        if end > phrase.end + 1:
            texts = [word.text for word in words[phrase.first : end]]
    return spelt(texts)


_NUMBERS = {
    word: number
    for number, word in enumerate(
        "ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN "
        "FIFTEEN SIXTEEN SEVENTEEN EIGHTEEN NINETEEN TWENTY".split()
    )
}  # fmt: skip


def number_of(phrase: Phrase) -> str:
    """The number slot of a phrase: "1", "6", "PLURAL"."""
    words, tags = phrase.sentence.words, phrase.sentence.tags
    for i in range(max(0, phrase.first - 1), phrase.head):
        word = words[i].text
        value = _NUMBERS.get(word)
        if value is None and re.fullmatch(r"\d{1,3}(?:,\d{3})*", word):
            value = int(word.replace(",", ""))
        if value and not (words[i + 1].text in ("PERCENT", "YEAR", "-") or tags[i] not in ("CD",)):
            before = " ".join(word.text for word in words[max(0, i - 2) : i])
            if before.endswith("AT LEAST"):
                return f"{value}-"
            if re.search(r"\b(?:ABOUT|SOME|APPROXIMATELY|NEARLY|AROUND)$", before):
                return f"~{value}"
            return str(value)
    head = words[phrase.head].text
    if tags[phrase.head] == "NS" or head in (
        "PEOPLE",
        "MEN",
        "WOMEN",
        "CHILDREN",
        "POLICE",
        "TROOPS",
    ):
        return "PLURAL"
    if head in ("DEAD", "WOUNDED", "INJURED"):
        if phrase.first and tags[phrase.first - 1] == "CD":
            return number_of(phrase._replace(first=phrase.first - 1))
        return "PLURAL"
    return "1"


def type_features(phrase: Phrase, description: str = "") -> list[str]:
    """What the type of a target is read from: its words."""
    words = phrase.sentence.words
    texts = [*phrase.texts, *description.split()]
    head = words[phrase.head].text if phrase.kind != "name" else "NAME"
    after = [word.text for word in words[phrase.end : phrase.end + 4]]
    found = [f"w {word}" for word in texts] + [f"h {head}", f"k {phrase.kind}"]
    if phrase.kind == "name":
        found = ["h NAME"] + [f"w {word}" for word in description.split()]
    elif after[:1] == ["OF"]:
        found += [f"of {word}" for word in after[1:]]
    found += [f"3 {head[-3:]}", f"4 {head[-4:]}"]
    return found


def description_of(phrase: Phrase, model: Model) -> tuple[str, tuple[int, int]]:
    """The title or role told beside a name, and where it stands."""
    words, tags = phrase.sentence.words, phrase.sentence.tags
    size = len(words)
    # "X, LEADER OF Y"; "X, 32-YEAR-OLD STUDENT"
    i = phrase.end
    if i < size and words[i].text in ("[", "("):
        while i < size and words[i].text not in ("]", ")"):
            i += 1
        i += 1
    options = []
    if phrase.title:
        begin = phrase.first - len(phrase.title)
        title = [w for w in phrase.title if w not in ("THE", "FORMER")] and list(phrase.title)
        if any(word in model.people for word in title):
            options.append((spelt(title), (begin, phrase.first)))
    if i + 1 < size and words[i].text == ",":
        first = i + 1
        while first < size and tags[first] in ("DT", "PS"):
            first += 1
        end = first
        while end < size and tags[end] in (
            "NN",
            "NS",
            "NP",
            "JJ",
            "ORG",
            "GPE",
            "PO",
            "VN",
            "CD",
            "PER",
        ):
            end += 1
        heads = [k for k in range(first, end) if words[k].text in model.people]
        if heads:
            stop = heads[-1] + 1
            apposed = Phrase(phrase.sentence, first, stop, stop - 1, "noun")
            options.append((extended(apposed), (first, stop)))
    if not options:
        return "", (-1, -1)
    return options[0]


def humans(scored: Sequence[Scored], kind: str, model: Model) -> tuple[list[Fill], list[Fill]]:
    """Named targets, and targets that are only described."""
    named: list[Fill] = []
    for chance, group in _groups(scored, "hum", ("name",), kind, model):
        if chance < CHANCE["name"] or len(named) >= MOST["name"]:
            break
        one = group[0]
        words = one.phrase.texts
        longest = words
        for other in scored:
            if (
                other.phrase.kind == "name"
                and len(other.phrase.texts) > len(longest)
                and set(words) <= set(other.phrase.texts)
                and len(other.phrase.texts) <= 6
            ):
                longest = other.phrase.texts
        text = spelt(longest)
        if any(set(longest) & set(fill.text.split()) for fill in named):
            continue
        description = ""
        where = one.phrase
        for other in scored:
            if (
                other.phrase.kind == "name"
                and set(other.phrase.texts) <= set(longest)
                and (other.phrase.texts[-1] in longest)
            ):
                description, _span = description_of(other.phrase, model)
                if description:
                    where = other.phrase
                    break
        type_, _ = model.best("hum_type", type_features(where, description))
        effect, _sure = model.best("hum_effect", one.features)
        named.append(Fill(text, one.phrase, one.features, chance, type_, effect, "1", description))
    roles = {word for fill in named for word in content(fill.extra.split())}
    plain: list[Fill] = []
    for chance, group in _groups(scored, "hum", ("noun", "body"), kind, model):
        if chance < CHANCE["human"] or len(plain) >= MOST["human"]:
            break
        one = group[0]
        words = content(one.phrase.texts)
        if set(words) <= roles or any(set(words) & set(fill.text.split()) for fill in named):
            continue
        head = one.phrase.sentence.words[one.phrase.head].text
        same = [
            fill
            for fill in plain
            if _head(fill.phrase) == head or set(words) <= set(content(fill.text.split()))
        ]
        if same:
            continue
        type_, _ = model.best("hum_type", type_features(one.phrase))
        effect, _ = model.best("hum_effect", one.features)
        plain.append(
            Fill(
                extended(one.phrase),
                one.phrase,
                one.features,
                chance,
                type_,
                effect,
                number_of(one.phrase),
            )
        )
    return named, plain


def _head(phrase: Phrase) -> str:
    return phrase.sentence.words[phrase.head].text


def things(scored: Sequence[Scored], kind: str, model: Model) -> list[Fill]:
    """Physical targets."""
    found: list[Fill] = []
    for chance, group in _groups(scored, "phys", ("noun", "body"), kind, model):
        if chance < CHANCE["phys"] or len(found) >= MOST["phys"]:
            break
        one = group[0]
        words = set(content(one.phrase.texts))
        if any(
            _head(fill.phrase) == _head(one.phrase) or words <= set(fill.text.split())
            for fill in found
        ):
            continue
        type_, _ = model.best("phys_type", type_features(one.phrase))
        effect, _ = model.best("phys_effect", one.features)
        found.append(
            Fill(
                extended(one.phrase),
                one.phrase,
                one.features,
                chance,
                type_,
                effect,
                number_of(one.phrase),
            )
        )
    return found


def perpetrators(scored: Sequence[Scored], kind: str, model: Model) -> list[Fill]:
    """Individual perpetrators."""
    found: list[Fill] = []
    for chance, group in _groups(scored, "perp", ("noun", "name"), kind, model):
        if chance < CHANCE["perp"] or len(found) >= MOST["perp"]:
            break
        one = group[0]
        words = set(content(one.phrase.texts))
        if any(
            words & set(fill.text.split()) or _head(fill.phrase) == _head(one.phrase)
            for fill in found
        ):
            continue
        found.append(Fill(extended(one.phrase), one.phrase, one.features, chance))
    return found


def organisations_key(words: Sequence[str]) -> str:
    """One name for all names of an organisation."""
    known = organisations().get(tuple(words))
    return known[0] if known else " ".join(words)


def organisations_of(scored: Sequence[Scored], kind: str, model: Model) -> list[Fill]:
    """Perpetrator organisations with their confidence."""
    found: list[Fill] = []
    for chance, group in _groups(scored, "org", ("body",), kind, model):
        if chance < CHANCE["org"] or len(found) >= MOST["org"]:
            break
        one = max(group, key=lambda s: (len(s.phrase.texts), s.chance["org"]))
        if any(set(one.phrase.texts) & set(fill.text.split()) for fill in found):
            continue
        confidence, _ = model.best("confidence", group[0].features)
        found.append(
            Fill(spelt(one.phrase.texts), one.phrase, one.features, chance, extra=confidence)
        )
    return found


def instruments(
    scored: Sequence[Scored], kind: str, sentences: Sequence[Sentence], model: Model
) -> tuple[list[str], list[str]]:
    """Instrument ids and types; a type alone where only a verb tells it."""
    ids: list[str] = []
    types: list[str] = []
    for chance, group in _groups(scored, "inst", ("noun",), kind, model):
        if chance < CHANCE["inst"] or len(ids) >= MOST["inst"]:
            break
        phrase = group[0].phrase
        if any(_head(phrase) in one.split() for one in ids):
            continue
        text = extended(phrase)
        ids.append(text)
        tool = instrument_type(phrase.texts)
        if tool:
            types.append(f"{tool}: {quoted(text)}")
    if not types and kind == "ATTACK":
        words = {word.text for sentence in sentences for word in sentence.words}
        if words & {"MACHINEGUNNED", "MACHINE-GUNNED"}:
            types.append("MACHINE GUN")
        elif words & {"SHOT", "SHOTS", "GUNNED", "GUNMEN", "GUNSHOT", "SHOOTING", "GUNFIRE"}:
            types.append("GUN")
    return ids, types


def instrument_type(words: Sequence[str]) -> str | None:
    """The set fill of an instrument's words."""
    text = " ".join(words)
    for kind, stems in lists()["instruments"].items():
        if any(re.search(rf"\b{stem}", text) for stem in stems):
            return str(kind)
    return None


def category(
    people: Sequence[Fill], bodies: Sequence[Fill], scored: Sequence[Scored], model: Model
) -> str:
    """TERRORIST ACT or STATE-SPONSORED VIOLENCE, from who did it."""
    state = frozenset(lists()["state"]["words"])
    for fill in (*bodies, *people):
        known = organisations().get(tuple(fill.phrase.texts))
        if known is not None and known[1] == "armed":
            return "TERRORIST ACT"
        if (known is not None and known[1] == "state") or set(fill.text.split()) & state:
            return "STATE-SPONSORED VIOLENCE"
    return "TERRORIST ACT"


def core(
    sentences: Sequence[Sentence],
    types: Sequence[frozenset[str]],
    kind: str,
    targets: Sequence[Fill],
) -> list[int]:
    """The sentences that tell the incident, the likeliest first."""
    weight = dict.fromkeys(range(len(sentences)), 0.0)
    for fill in targets:
        weight[fill.phrase.sentence.index] += fill.chance
    for i, told in enumerate(types):
        weight[i] += 0.5 * (kind in told) + (0.3 if i < 2 else 0.0)
    return sorted(weight, key=lambda i: (-weight[i], i))


def nation_of(fill: Fill, country: str) -> str:
    """The foreign nation a phrase names, if any."""
    table = lists()["nations"]
    for word in fill.text.split() + list(fill.extra.split()):
        nation = table.get(word)
        if nation and nation != country:
            return str(nation)
    return ""


def write_things(template: Template, found: Sequence[Fill], country: str) -> None:
    """Slots 12 to 16."""
    template[12] = [fill.text for fill in found]
    template[13] = [f"{fill.kind}: {quoted(fill.text)}" for fill in found]
    template[14] = [f"{fill.number}: {quoted(fill.text)}" for fill in found]
    template[15] = [f"{n}: {quoted(f.text)}" for f in found if (n := nation_of(f, country))]
    template[16] = [f"{f.effect}: {quoted(f.text)}" for f in found if f.effect != "-"]


def write_humans(
    template: Template, named: Sequence[Fill], plain: Sequence[Fill], country: str
) -> None:
    """Slots 18 to 23."""
    everybody = [*named, *plain]
    template[18] = [fill.text for fill in named]
    template[19] = [f"{quoted(f.extra)}: {quoted(f.text)}" for f in named if f.extra]
    template[19] += [quoted(fill.text) for fill in plain]
    template[20] = [f"{fill.kind}: {quoted(fill.text)}" for fill in everybody]
    template[21] = [f"{fill.number}: {quoted(fill.text)}" for fill in everybody]
    template[22] = [f"{n}: {quoted(f.text)}" for f in everybody if (n := nation_of(f, country))]
    template[23] = [f"{f.effect}: {quoted(f.text)}" for f in everybody if f.effect != "-"]
