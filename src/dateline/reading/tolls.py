"""Running totals: "the death toll rose to 12", "bringing the number of injured to 38"."""

from __future__ import annotations

from dateline.reading.harm_sentence import Clauses, Draft
from dateline.reading.harm_verbs import lexicon
from dateline.reading.people import Party

_TOLL_LINKS = frozenset(
    "to at of is was reached reaches reaching exceeded exceeds passed above stands stood hit hits"
    " as near topped tops surpassed past by : climbed jumped remains".split()
)
_BEYOND = frozenset("passed exceeded exceeds surpassed topped tops passes past above".split())
TOTALS = frozenset({"toll", "total", "number", "count", "tally", "figure", "numbers"})
_TOTAL_OF = {
    "dead": "killed",
    "deaths": "killed",
    "killed": "killed",
    "fatalities": "killed",
    "death": "killed",
    "victims": "killed",
    "bodies": "killed",
    "injured": "injured",
    "wounded": "injured",
    "injuries": "injured",
    "hurt": "injured",
    "missing": "missing",
    "casualties": "casualties",
    "displaced": "displaced",
    "lives": "killed",
    "dying": "killed",
    "abducted": "abducted",
    "kidnapped": "abducted",
    "hospitalized": "injured",
    "hospitalised": "injured",
}
_MODAL_REACH = 5


def modal_before(c: Clauses, k: int) -> bool:
    """Whether a modal or an "if" shortly before token ``k`` makes its clause unreal."""
    lex = lexicon()
    reach = c.lowers[max(0, k - _MODAL_REACH) : k]
    return any(w in lex.modals and w not in ("must",) for w in reach) or any(
        w in lex.openers for w in c.lowers[max(0, k - 10) : k]
    )


def read_tolls(c: Clauses, taken: set[int]) -> None:
    """Add totals: "the death toll rose to 12", "bringing the number of injured to 38" """
    for i, word in enumerate(c.lowers):
        if word not in TOTALS:
            continue
        death_toll = word == "toll" and c.word(i - 1) == "death"
        effect = (
            "killed"
            if word == "toll" and c.word(i - 1) not in ("injury", "casualty", "a", "heavy")
            else None
        )
        if word == "toll" and c.word(i - 1) == "casualty":
            effect = "casualties"
        if (
            word == "toll"
            and c.word(i - 1) in ("a", "heavy", "its", "take", "takes")
            and c.word(i + 1) in ("on",)
        ):
            continue
        stretch = c.lowers[i + 1 : i + 7]
        if not death_toll and (effect is None or word != "toll") and stretch[:1] == ["of"]:
            for w in stretch:
                if w in _TOTAL_OF:
                    effect = _TOTAL_OF[w]
                    break
        if (
            word in ("total", "count", "tally", "figure")
            and effect is None
            and c.word(i - 1) == "the"
            and any(
                w
                in (
                    "bringing",
                    "brings",
                    "brought",
                    "raising",
                    "raises",
                    "raised",
                    "pushing",
                    "taking",
                    "takes",
                )
                for w in c.lowers[max(0, i - 3) : i]
            )
        ):
            effect = "total"
        if (
            effect is None
            and word in ("number", "figure", "total", "count")
            and c.word(i - 2) in ("put", "puts", "gave", "gives", "giving", "putting")
        ):
            effect = "total"
        if effect is None and c.word(i - 1) in ("death", "fatality"):
            effect = "killed"
        if effect is None:
            continue
        party = _toll_figure(c, i)
        if party is None or party.quantity.core in taken:
            continue
        taken.add(party.quantity.core)
        own = party.effect or _state_after(c, party)
        if c.word(party.start - 1) in _BEYOND and party.quantity.exact:
            quantity = party.quantity._replace(
                max=None, exact=False, qualifier=c.word(party.start - 1)
            )
            party = party._replace(quantity=quantity)
        for k in range(party.end, min(len(c.lowers) - 3, party.end + 14)):
            if (
                c.lowers[k : k + 2] == ["up", "from"]
                and (earlier := c.starts.get(k + 2)) is not None
            ):
                c.drafts.append(
                    Draft(effect, earlier, k, earlier.end - 1, "earlier toll", 0.7, cumulative=True)
                )
        c.drafts.append(
            Draft(
                own or effect,
                party,
                min(i, party.start),
                max(i, party.end - 1),
                "toll",
                0.9,
                cumulative=True,
                unreal=modal_before(c, party.start),
            )
        )


def _state_after(c: Clauses, party: Party) -> str | None:
    for predicate in c.predicates:
        if predicate.start == party.end:
            effect = predicate.words[0].effect
            return None if effect == "hit" else effect
    return None


def _toll_figure(c: Clauses, i: int) -> Party | None:
    """The number a toll word leads to: the last of "from 12 to 15", within its clause."""
    found: Party | None = None
    k = i + 1
    limit = min(len(c.lowers), i + 16)
    while k < limit:
        party = c.starts.get(k)
        if (
            party is not None
            and party.numbered
            and party.human is not False
            and not party.quantity.vague
        ):
            link = c.word(party.start - 1)
            if link == "between" and party.quantity.min == party.quantity.max:
                return None
            if link == "from" and "to" in c.lowers[party.end : party.end + 2]:
                k = party.end
                continue
            if link in _TOLL_LINKS or link in ("the", "a", "official", "of"):
                found = party
            break
        if c.lowers[k] in (";", ".") or (c.lowers[k] == "," and c.word(k + 1) in ("and", "with")):
            break
        k += 1
    if found is None and c.word(i - 1) in ("the", "death"):
        # "bringing to 38 the number of dead"
        at = i - 2 if c.word(i - 1) == "death" else i - 1
        party = c.ends.get(at)
        if party is not None and party.numbered and c.word(party.start - 1) == "to":
            found = party
    return found
