"""Chains from the publisher in to the root, on reports of our own wording."""

from __future__ import annotations

import random

import pytest

import dateline
from dateline.model import Attribution, Document, Span
from dateline.reading.attribution.chains import (
    ChainIndex,
    base_chain,
    chains_of,
    resolve_chains,
    source_named,
    sources_of,
)
from dateline.reading.attribution.cues import find_cued
from dateline.reading.prepared import Prepared, prepare

DESERTER = """A soldier killed comrades and ran off, local channels say

A conscript shot dead two men of his own platoon and hurt a third on Thursday night, the Baza and \
Shot Telegram channels reported on Friday.

The VChK-OGPU outlet, which claims to have friends in the security services, said that the men had \
been drinking.

"By first accounts he was mocked twice before he fired," it said on Telegram, adding that "he is \
being looked for."

State-run news network Russia Today (RT) said on Friday its source confirmed that a shooting took \
place at the unit.

"He faces two charges," RT wrote on its Telegram channel. "He left over trouble at home."

Newsweek has contacted Russia's Defense Ministry for comment by email.

In May 2023, the U.K.'s Ministry of Defence said generals may have allowed such shootings. A \
Russian anti-war project named Get Lost, which helps men to escape, said cases had grown tenfold.

In March, Ukraine's military intelligence agency (HUR) said that more than 9,000 men had left. \
Around 4,000 of them were from one army, HUR said on Telegram.

Some 800 left another army, the HUR added. Newsweek has yet to verify these figures.
"""

RANGE = """Shooting at a training range leaves eleven dead

Gunfire broke out at a range on Saturday, according to a Russian state media outlet.

According to TASS, a state-run Russian news agency, the Ministry of Defense confirmed the attack \
to journalists, claiming that two foreigners had fired on recruits.

“On October 15, two men committed a terrorist act at the range,” representatives for the Ministry \
of Defense said. “Eleven people died. Another fifteen are in hospital.”

The ministry further said that the two used small arms. Subsequent reports have indicated that the \
two were volunteers. A report from the Institute for the Study of War (ISW) on Thursday also \
indicated that the army has more trouble ahead.
"""


def read(text: str, **given: str) -> tuple[Prepared, tuple[Attribution, ...]]:
    given.setdefault("publisher", "The Gazette")
    prepared = prepare(Document(id="d", text=text, **given))  # type: ignore[arg-type]
    return prepared, resolve_chains(prepared, find_cued(prepared))


def chains_at(words: str, text: str, **given: str) -> list[list[str]]:
    prepared, attributions = read(text, **given)
    start = text.index(words)
    chains, _ = chains_of(Span(start, start + len(words)), prepared, attributions)
    return [list(chain) for chain in chains]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("shot dead two men", [["Newsweek", "Baza"], ["Newsweek", "Shot"]]),
        ("had been drinking", [["Newsweek", "VChK-OGPU"]]),
        ("he was mocked twice", [["Newsweek", "VChK-OGPU"]]),
        ("is being looked for", [["Newsweek", "VChK-OGPU"]]),
        ("took place at the unit", [["Newsweek", "RT", "RT source"]]),
        ("two charges", [["Newsweek", "RT"]]),
        ("trouble at home", [["Newsweek", "RT"]]),
        ("generals may have allowed", [["Newsweek", "UK Ministry of Defence"]]),
        ("grown tenfold", [["Newsweek", "Get Lost"]]),
        ("more than 9,000", [["Newsweek", "Ukrainian Military Intelligence (HUR)"]]),
        ("4,000 of them", [["Newsweek", "Ukrainian Military Intelligence (HUR)"]]),
        ("Some 800 left", [["Newsweek", "Ukrainian Military Intelligence (HUR)"]]),
        ("contacted", [["Newsweek"]]),
        ("yet to verify", [["Newsweek"]]),
    ],
)
def test_a_repost_with_channels_and_agencies(words: str, wanted: list[list[str]]) -> None:
    given = {"publisher": "Newsweek", "title": DESERTER.splitlines()[0]}
    assert chains_at(words, DESERTER, **given) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("broke out", ["Newsweek", "Russian state media"]),
        ("the attack to", ["Newsweek", "TASS", "Russian Ministry of Defense"]),
        ("two foreigners had", ["Newsweek", "TASS", "Russian Ministry of Defense"]),
        ("terrorist act", ["Newsweek", "TASS", "Russian Ministry of Defense"]),
        ("Eleven people died", ["Newsweek", "TASS", "Russian Ministry of Defense"]),
        ("Another fifteen", ["Newsweek", "TASS", "Russian Ministry of Defense"]),
        ("used small arms", ["Newsweek", "TASS", "Russian Ministry of Defense"]),
        ("were volunteers", ["Newsweek", "Subsequent reports"]),
        ("more trouble ahead", ["Newsweek", "Institute for the Study of War (ISW)"]),
    ],
)
def test_a_ministry_through_a_state_agency(words: str, wanted: list[str]) -> None:
    given = {"publisher": "Newsweek", "title": RANGE.splitlines()[0]}
    assert chains_at(words, RANGE, **given) == [wanted]


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        (
            "Two officials told Reuters on condition of anonymity that five men died.",
            "five men died",
            ["Reuters", "Two officials"],
        ),
        (
            "The New York Times, citing a person briefed on the case, said a rifle was used.",
            "a rifle was used",
            ["The New York Times", "person briefed on the case"],
        ),
        (
            "TASS, citing the Defense Ministry, said two pilots died over Ukraine.",
            "two pilots died",
            ["TASS", "Russian Ministry of Defense"],
        ),
        (
            "Interfax quoted a source in the rescue services as saying that the roof fell.",
            "the roof fell",
            ["Interfax", "source in the rescue services"],
        ),
        (
            "A military official confirmed the release to CNN.",
            "release",
            ["CNN", "military official"],
        ),
        (
            "A Reuters witness said the square was empty.",
            "was empty",
            ["Reuters", "Reuters witness"],
        ),
        (
            "“It shook the house,” an elderly neighbour, Ann Lee, told the BBC.",
            "shook",
            ["BBC", "Ann Lee"],
        ),
        (
            "Sheriff Tom Bell said nine people died. A rifle was found, Bell added.",
            "A rifle",
            ["Tom Bell"],
        ),
        (
            "Doctors Without Borders said a clinic was hit. The charity said five nurses died.",
            "five nurses",
            ["Medecins Sans Frontieres"],
        ),
        (
            "The police spokesman said two men died. He said a third was hurt.",
            "a third",
            ["police spokesman"],
        ),
        (
            "Meduza said the bridge fell. Baza said it stood. The two outlets disagreed. They said "
            "the road was closed.",
            "the road",
            ["Baza"],
        ),
        ("It was reported that a guard was hurt.", "a guard", ["unnamed source"]),
        ("The spokesman said nothing else was hit.", "nothing else", ["spokesman"]),
        (
            "THE POLICE REPORTED THAT TWO MEN DIED. MILITARY SOURCES TOLD EFE THAT FOUR DIED.",
            "FOUR DIED",
            ["EFE", "military sources"],
        ),
        (
            "Hamas-run health ministry officials in Gaza said 12 people died.",
            "12 people",
            ["Hamas-run health ministry officials in Gaza"],
        ),
        (
            "Citing a source in the security services, RIA Novosti reported that six men died.",
            "six men",
            ["RIA Novosti", "source in the security services"],
        ),
        (
            "“Our losses are five men,” a local official was quoted as saying by AFP on Monday.",
            "five men",
            ["Agence France-Presse", "local official"],
        ),
        (
            "Islamic State claimed on its Amaq news agency that its men killed nine guards.",
            "nine guards",
            ["Amaq", "Islamic State"],
        ),
        (
            "The toll has risen to 19, the State Emergency Relief Agency, SERA, has said.",
            "risen to 19",
            ["State Emergency Relief Agency"],
        ),
        (
            "A bomb killed two men, said Col. Nasir al-Amin, police spokesman for the province. "
            "It rained. Nine were hurt, he said.",
            "Nine were hurt",
            ["Nasir al-Amin"],
        ),
        (
            "Nadia Hassan was in the hall when it began. She said she saw ten people fall.",
            "ten people",
            ["Nadia Hassan"],
        ),
        (
            "The hospital said 15 people had been brought in. Two of them died on the way.",
            "Two of them died",
            ["hospital"],
        ),
    ],
)
def test_conduits_and_roots(text: str, words: str, wanted: list[str]) -> None:
    assert chains_at(words, text) == [["The Gazette", *wanted]]


def test_a_judgement_on_an_attack_is_no_source_of_its_toll() -> None:
    for text in (
        "The group claimed responsibility for the truck attack that killed nine people.",
        "World leaders condemned the killing of nine people in the church.",
    ):
        assert chains_at("nine people", text) == [["The Gazette"]]
    text = "The group said that it had killed nine people."
    assert chains_at("nine people", text) == [["The Gazette", "group"]]


def test_a_headline_means_the_ministry_of_the_report() -> None:
    text = (
        "Eleven dead on range, ministry says\n\n"
        "Two men shot recruits on Saturday, the Russian Ministry of Defense said."
    )
    assert chains_at("Eleven dead", text) == [["The Gazette", "Russian Ministry of Defense"]]


def test_the_two_channels_are_both() -> None:
    text = (
        "Baza said two men died. Mash said three men died. "
        "The two channels said that the gunman was at large."
    )
    assert chains_at("at large", text) == [["The Gazette", "Baza"], ["The Gazette", "Mash"]]


def test_the_publisher_is_not_named_twice() -> None:
    text = "A detective told The Gazette that nine people died."
    assert chains_at("nine people", text) == [["The Gazette", "detective"]]
    text = "Newsweek said nine people died."
    assert chains_at("nine people", text, publisher="newsweek") == [["Newsweek"]]


def test_what_nobody_else_says_is_the_reports_own() -> None:
    text = "Nine people died on Monday. Police said ten were hurt."
    prepared, attributions = read(text)
    chains, attribution = chains_of(Span(0, 16), prepared, attributions)
    assert chains == (("The Gazette",),)
    assert attribution is None


def test_publishers() -> None:
    def base(**given: str | None) -> tuple[str, ...]:
        return base_chain(prepare(Document(id="d", text=given.pop("text", "x") or "", **given)))  # type: ignore[arg-type]

    assert base() == ("unknown publisher",)
    assert base(reposted_from="Newsweek") == ("Newsweek",)
    assert base(publisher="A Blog", reposted_from="Newsweek") == ("A Blog", "Newsweek")
    assert base(text="BEIRUT (Reuters) - Two men died.") == ("Reuters",)
    assert base(text="BEIRUT (a port) - Two men died.") == ("unknown publisher",)


def test_a_speech_goes_on_in_the_next_quotation() -> None:
    text = "“Nine people died,” the mayor said.\n\n“The road is closed.”\n\nThe fire is out."
    assert chains_at("The road", text) == [["The Gazette", "mayor"]]
    assert chains_at("fire is out", text) == [["The Gazette"]]


def test_sources_of_the_chains() -> None:
    _, attributions = read(RANGE, publisher="Newsweek")
    named = {source.name: source for source in sources_of(attributions)}
    assert named["TASS"].conduit
    assert named["Russian Ministry of Defense"].kind == "official"
    assert not named["Russian Ministry of Defense"].guessed
    assert named["Subsequent reports"].guessed
    assert named["Subsequent reports"].kind == "unnamed"
    assert list(named) == sorted(named)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Harbourtown police", "official"),
        ("two eyewitnesses", "witness"),
        ("3rd Infantry Brigade", "military"),
        ("Northern rebels", "armed_group"),
        ("Harbour Daily newspaper", "outlet"),
        ("source in the ministry", "unnamed"),
        ("Ann Lee", "person"),
        ("Harbour Rights Observatory", "monitor"),
    ],
)
def test_kinds_are_guessed_and_marked(name: str, kind: str) -> None:
    source = source_named(name)
    assert (source.name, source.kind, source.guessed) == (name, kind, True)


def test_the_order_of_the_attributions_changes_nothing() -> None:
    prepared, attributions = read(DESERTER)
    bare = list(find_cued(prepared))
    random.Random(7).shuffle(bare)
    again = resolve_chains(prepared, bare)
    key = lambda one: (one.content, one.source, one.cue)  # noqa: E731
    assert sorted(again, key=key) == sorted(attributions, key=key)


def test_contents_inside_one_another_end() -> None:
    text = "Ann said that Bob said that Cid said so."
    prepared = prepare(Document(id="d", text=text))
    whole = Span(0, len(text))
    knot = [
        Attribution(source=(Span(0, 3),), cue=(Span(4, 8),), content=(whole,)),
        Attribution(source=(Span(14, 17),), cue=(Span(18, 22),), content=(whole,)),
        Attribution(content=(whole,)),
    ]
    for one in resolve_chains(prepared, knot):
        assert one.chains
        assert all(chain[0] == "unknown publisher" for chain in one.chains)


def test_an_index_answers_like_the_function() -> None:
    prepared, attributions = read(DESERTER)
    index = ChainIndex(prepared, attributions)
    for sentence in prepared.sentences:
        assert index.of(sentence.span) == chains_of(sentence.span, prepared, attributions)


def learned(text: str, source: str, cue: str, content: str) -> list[list[str]]:
    """The chains of one attribution with spans as a learned reader may draw them."""
    prepared = prepare(Document(id="d", text=text, publisher="The Gazette"))
    pieces = [
        (Span(text.index(words), text.index(words) + len(words)),)
        for words in (source, cue, content)
    ]
    one = Attribution(source=pieces[0], cue=pieces[1], content=pieces[2])
    return [list(chain) for chain in resolve_chains(prepared, [one])[0].chains]


def test_a_caption_run_into_a_source_is_left_out() -> None:
    text = "A square at night. PHOTOGRAPHER/AFP\n\nThe agency TASS said two men died."
    source = "PHOTOGRAPHER/AFP\n\nThe agency TASS"
    assert learned(text, source, "said", "two men died") == [["The Gazette", "TASS"]]


def test_a_relative_clause_stands_for_the_name_before_it() -> None:
    text = "The project Get Lost, which helps men to escape, said cases grew."
    source = "which helps men to escape"
    assert learned(text, source, "said", "cases grew") == [["The Gazette", "Get Lost"]]


def test_they_are_the_people_the_sentence_before_is_about():
    text = (
        "The army said it had killed ten fighters. Elders from the area gave a different account. "
        "They said five herders had died."
    )
    reading = dateline.read(text, publisher="Herald")
    (five,) = [c for c in reading.claims if getattr(c.value, "min", None) == 5]
    assert five.chains == (("Herald", "Elders from the area"),)


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        (
            "In an interview with the newspaper Bild, Mayor Ann Bell said nine men died.",
            "nine men",
            ["Bild", "Ann Bell"],
        ),
        (
            "Officials told the daily Tarn Observer that nine men died.",
            "nine men",
            ["Tarn Observer", "Officials"],
        ),
        (
            "Interfax reported that nine men died, quoting the RIA Novosti agency.",
            "nine men",
            ["Interfax", "RIA Novosti"],
        ),
        (
            "Mayor Ann Bell, who saw the wreck, said nine men died.",
            "nine men",
            ["Ann Bell"],
        ),
        (
            "A report by Human Rights Watch documents how soldiers shot dead nine men.",
            "nine men",
            ["Human Rights Watch"],
        ),
        ("The hospital gave a provisional toll of nine dead.", "nine dead", ["hospital"]),
        ("Doctors counted nine dead after the raid.", "nine dead", ["doctors"]),
        (
            "Nine men died in the raid.\n\nSource: regional governor on Telegram",
            "Nine men",
            ["regional governor"],
        ),
    ],
)
def test_through_whom_and_by_whom(text: str, words: str, wanted: list[str]) -> None:
    (chain,) = chains_at(words, text)
    assert [name.casefold() for name in chain] == ["the gazette", *map(str.casefold, wanted)]


def test_a_speech_over_several_paragraphs_has_one_speaker() -> None:
    text = (
        "Imam Yusuf Demir described the blast.\n\n“It was full,” he said. “I fell.\n\n"
        "“I counted nine bodies.\n\n“God help them.”"
    )
    assert chains_at("God help", text) == [["The Gazette", "Yusuf Demir"]]


def test_what_a_thing_that_happened_or_its_claimant_says() -> None:
    for text in (
        "Nine men died in the blast, which was claimed by Islamic State.",
        "Police said the man who killed nine men had no links to any group.",
    ):
        assert chains_at("nine men", text.replace("Nine", "nine")) == [["The Gazette"]]
    text = "Police said the man had killed nine men."
    assert chains_at("nine men", text) == [["The Gazette", "police"]]


def test_bare_roles_are_written_alike() -> None:
    assert chains_at("nine men", "Police said nine men died.") == [["The Gazette", "police"]]
    text = "POLICE SAID NINE MEN DIED. THE ARMY SAID TEN WERE HURT."
    assert chains_at("NINE MEN", text) == [["The Gazette", "police"]]
    text = "Police Scotland said nine men died."
    assert chains_at("nine men", text) == [["The Gazette", "Police Scotland"]]


def test_the_police_of_a_capital_are_not_the_states() -> None:
    assert source_named("Paris police").affiliation is None
    assert source_named("French police").affiliation == "France"


def test_an_unknown_publisher_is_an_outlet_of_the_state_it_names() -> None:
    paper = source_named("Ghana Daily Post", publishes=True)
    assert (paper.kind, paper.affiliation, paper.guessed) == ("outlet", "Ghana", True)
    assert source_named("Karim Hall", publishes=True).kind == "outlet"
    assert source_named("Karim Hall").kind == "person"


def test_contents_within_contents_without_end() -> None:
    text = "x" * 4000
    nested = [
        Attribution(source=(Span(n, n + 1),), cue=(), content=(Span(n, 4000),)) for n in range(2000)
    ]
    prepared = prepare(Document(id="d", text=text, publisher="The Gazette"))
    assert len(resolve_chains(prepared, nested)) == 2000


def said_of(text: str, words: str, **given: str) -> tuple[list[list[str]], str]:
    """Chains (without the publisher) and modality of the figure that stands at some words."""
    reading = dateline.read(text, publisher="Daily Post", **given)
    start = reading.document.text.index(words)
    claims = [
        claim
        for claim in reading.claims
        if claim.kind == "casualty" and claim.span.start <= start < claim.span.end
    ]
    claim = min(claims, key=lambda one: one.span.end - one.span.start)
    return [list(chain[1:]) for chain in claim.chains], claim.modality


@pytest.mark.parametrize(
    ("text", "words", "wanted", "modality"),
    [
        # what a denial leaves standing, and what it denies
        (
            "The army denied shelling a market, in which nine people were killed.",
            "nine", [[]], "asserted",
        ),
        ("The ministry denied that nine people were killed.", "nine", [["ministry"]], "denied"),
        ("The army denied killing nine people.", "nine", [["army"]], "denied"),
        (
            "The group denied it had carried out the attack that left 13 people dead.",
            "13", [[]], "asserted",
        ),
        # on whom a deed is laid takes the deed for known
        (
            "Officials blamed the bombing, which killed 80 people, on the Haqqani network.",
            "80", [[]], "asserted",
        ),
        (
            "The opposition accused the army of shelling a market, killing nine.",
            "nine", [["opposition"]], "alleged",
        ),
        (
            "Police believe insurgents were behind the bombs that killed four.",
            "four", [[]], "asserted",
        ),
        ("Police believe that four people were killed.", "four", [["police"]], "hedged"),
        (
            "Police said they had no idea why a man had turned a rifle on a crowd, killing ten.",
            "ten", [[]], "asserted",
        ),
        ("Police said a man had turned a rifle on a crowd, killing ten.", "ten", [["police"]],
         "reported"),
        # through whom, and of whom
        (
            "An official, quoted by the Antara news agency, said that 20 people had died.",
            "20", [["Antara", "official"]], "reported",
        ),
        (
            "Nobody else was hurt and ten people died, the doctor was quoted as saying by Dawn.",
            "ten", [["Dawn", "doctor"]], "reported",
        ),
        (
            "The first numbers came from the governor, who wrote on Telegram that three people"
            " had been killed.",
            "three", [["governor"]], "reported",
        ),
        (
            "Islamic State claimed the attack through its Amaq agency, which said that 40 people"
            " had been killed.",
            "40", [["Islamic State", "Amaq"]], "reported",
        ),
        ("The mayor, who had come to the town, spoke of nine dead.", "nine", [["mayor"]],
         "reported"),
        ("At 10 p.m. the interior minister spoke of nine dead.", "nine",
         [["interior minister"]], "reported"),
        ("All nine were killed, the national search and rescue agency said.", "nine",
         [["national search and rescue agency"]], "reported"),
        ("A rebel group and a rescue volunteer told Reuters that nine people were killed.", "nine",
         [["Reuters", "rebel group"], ["Reuters", "rescue volunteer"]], "reported"),
        ("The dead are three Dutchmen, one Italian and the pilot, commander Joash Ruto told the"
         " Nation.", "three", [["Joash Ruto"]], "reported"),
        ("An earlier report from a US official had put the death toll at six.", "six",
         [["US official"]], "reported"),
        ("KARACHI: Nine people were killed when a bomb went off, officials said.", "Nine",
         [["officials"]], "reported"),
        ("A bomb killed nine men aboard a bus, officials\n            say.\n            It was"
         " the second.", "nine", [["officials"]], "reported"),
        ("Police have not confirmed reports that four people died.", "four", [["police"]],
         "unverified"),
        ("Two men who claimed allegiance to the group took four people hostage.", "four", [[]],
         "asserted"),
        (
            "Officials had first spoken of 12 dead.", "12", [["officials"]], "reported",
        ),
        (
            "The coast guard on Friday raised the death toll from the sinking to 22.",
            "22", [["coast guard"]], "reported",
        ),
        (
            "A pilot was the only survivor of the crash, killing all eight others on board,"
            " search and rescue officials said.",
            "eight", [["search and rescue officials"]], "reported",
        ),
        (
            "A man who had been let go came back with a gun and killed four people in the office"
            " where he had been told, police said.",
            "four", [["police"]], "reported",
        ),
        (
            "The minister said nine men were missing after a raid that residents blame on rebels.",
            "nine", [["minister"]], "reported",
        ),
        (
            "The group has not commented on the bombing, which killed at least 276 people.",
            "276", [[]], "asserted",
        ),
        (
            "Seven people were hurt at a car show, Sheriff David Ansley said in a Facebook Live"
            " video.",
            "Seven", [["David Ansley"]], "reported",
        ),
        ("Army denies shelling market as toll rises to nine", "nine", [[]], "asserted"),
        (
            "A car bomb wounded three in Mekelle. No group has claimed responsibility for the bomb"
            " that wounded three others on Thursday.",
            "three others", [[]], "asserted",
        ),
        (
            "The town mourns a bomb that wounded three men, which police blamed on the rebels.",
            "three", [[]], "asserted",
        ),
    ],
)  # fmt: skip
def test_what_is_denied_claimed_or_taken_for_known(
    text: str, words: str, wanted: list[list[str]], modality: str
) -> None:
    assert said_of(text, words) == (wanted, modality)


def test_a_rejected_claim_is_two_claims() -> None:
    text = "The ministry rejected claims by the rebels that 60 civilians died in an air strike."
    found = {
        (claim.chains, claim.modality)
        for claim in dateline.read(text, publisher="Post").claims
        if claim.kind == "casualty"
    }
    assert found == {((("Post", "ministry"),), "denied"), ((("Post", "rebels"),), "alleged")}


def test_a_witness_is_nobody_met_before() -> None:
    text = "Sgt. Rhonda Pike said three men were hurt. A witness said she counted nine dead."
    assert said_of(text, "nine")[0] == [["witness"]]


def test_the_ministry_is_not_its_minister() -> None:
    text = (
        "Nine people died, health ministry spokesman Adel Hadi said. In its first statement the"
        " ministry had given a toll of eight dead."
    )
    chains, _ = said_of(text, "eight")
    assert "Adel Hadi" not in chains[0]


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        (
            "RT said its source in the emergency services confirmed that two people died."
            ' "We have three more in intensive care," he said.',
            "three more",
            "RT source in the emergency services",
        ),
        (
            "Moscow denied that it had struck the city. No one was hurt in Lviv, the agency wrote.",
            "No one was hurt",
            "agency",
        ),
    ],
)
def test_he_is_the_unnamed_source_and_no_agency_is_a_state(text, words, wanted):
    (chain,) = chains_at(words, text)
    assert chain[-1] == wanted


def test_an_office_with_its_town_is_no_second_source():
    text = "Two people died, said Mark Rowan, Britain's top police officer."
    assert [chain[-1] for chain in chains_at("Two people", text)] == ["Mark Rowan"]
    text = "Mark Rowan, Leeds's mayor, said two people died."
    assert [chain[-1] for chain in chains_at("two people", text)] == ["Mark Rowan"]
