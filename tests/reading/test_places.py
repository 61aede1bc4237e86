"""Place names in texts of our own."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Document, Span
from dateline.reading.places.resolving import dateline_place, find_places, resolve
from dateline.reading.places.sites import find_sites
from dateline.reading.prepared import prepare


def ready(text, **more):
    return prepare(Document(id="d", text=text, **more))


def read(text, **more):
    return {text[p.span.start : p.span.end]: p for p in find_places(ready(text, **more))}


@pytest.mark.parametrize(
    ("text", "words", "country", "name"),
    [
        ("A gunman killed four people in Paris, Texas, police said.", "Paris", "US", "Paris"),
        ("A gunman killed four people in Paris, police said.", "Paris", "FR", "Paris"),
        ("Shells fell in Donetsk, Rostov region, on Monday.", "Donetsk", "RU", "Donetsk"),
        ("Shells fell in Donetsk in eastern Ukraine.", "Donetsk", "UA", "Donetsk"),
        ("Two died in Nangarhar province in Afghanistan.", "Nangarhar", "AF", "Nangarhar"),
        ("The attack in Kiev came at dawn.", "Kiev", "UA", "Kyiv"),
        ("The army took Sevastopol in Crimea.", "Crimea", "UA", "Crimea"),
        ("A bomb went off in Springfield, Ill., on Friday.", "Springfield", "US", "Springfield"),
        ("They fled from Aleppo to Turkey.", "Turkey", "TR", "Turkey"),
        ("Fighting went on in Tbilisi, Georgia.", "Georgia", "GE", "Georgia"),
        ("Deputies in Atlanta, Georgia, found the car.", "Georgia", "US", "Georgia"),
    ],
)
def test_context_decides_between_namesakes(text, words, country, name):
    found = read(text)
    assert words in found, f"read {sorted(found)}"
    assert (found[words].country, found[words].name) == (country, name)


def test_the_kind_word_beside_decides():
    assert read("Police in the Belgorod region found the bodies.")["Belgorod"].kind == "admin1"
    assert read("Police in the city of Belgorod found the bodies.")["Belgorod"].kind == "city"


@pytest.mark.parametrize(
    ("text", "no_place"),
    [
        ("The film star Paris Hilton was not hurt, her agent said.", "Paris"),
        ("Michael Jordan and Chelsea Clinton came to the game.", "Jordan"),
        ("The Washington Post and the Boston Globe wrote about it.", "Boston"),
        ("The Chicago Bears beat the Detroit Lions on Sunday.", "Chicago"),
        ("Russian and Ukrainian soldiers met on the front line.", "Russian"),
        ("Police said that a man of 40 was held on Monday.", "Police"),
    ],
)
def test_persons_papers_teams_and_demonyms_are_no_places(text, no_place):
    assert no_place not in read(text)


@pytest.mark.parametrize(
    ("text", "no_place"),
    [
        # The gazetteer has a town of each name somewhere; none of them is meant.
        ("The boat sank on Lake Ardoon in Malawi, the government of Malawi said.", "Lake"),
        ("Climbers died on Mount Hampton in Kenya, Kenyan police said.", "Hampton"),
        (
            "Jets hit the village of Pine Grove in northern Yemen. Yemen's army and Saudi Arabia "
            "said nothing; doctors in Yemen counted the dead.",
            "Pine Grove",
        ),
    ],
)
def test_a_small_namesake_abroad_is_not_taken(text, no_place):
    found = read(text)
    assert no_place not in found, f"read {sorted(found)}"


def test_a_small_town_of_a_country_that_is_spoken_of_is_taken():
    found = read("Two died in Pine Grove. The United States and Canada mourned; U.S. police came.")
    assert found["Pine Grove"].country == "US"
    # Nor is one that the text places itself.
    found = read("Yemen and Iraq protested when a tourist died in Pine Grove, California.")
    assert found["Pine Grove"].admin1 == "California"


def test_upper_case_wire_text():
    text = (
        "SAN SALVADOR, 12 MAR 88 (RADIO X) -- [TEXT] UNKNOWN PERSONS TODAY ATTACKED A POLICE "
        "POST IN THE CITY OF SANTA ANA. TWO POLICEMEN WERE KILLED. GENERAL RAMIREZ SAID THE "
        "ATTACKERS FLED TOWARD GUATEMALA. THE U.S. EMBASSY IN EL SALVADOR GAVE NO COMMENT."
    )
    prepared = ready(text)
    assert prepared.all_caps
    found = {text[p.span.start : p.span.end]: p for p in find_places(prepared)}
    assert found["SANTA ANA"].country == "SV"
    assert found["GUATEMALA"].country == "GT"
    assert found["EL SALVADOR"].kind == "country"
    assert "POLICE" not in found
    assert dateline_place(prepared, find_places(prepared)).name == "San Salvador"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("KYIV, Oct 15 (Reuters) - A blast killed two in Lviv.", "Kyiv"),
        ("MOSCOW — A blast killed two in Tver.", "Moscow"),
        ("Baghdad (AP) -- A blast killed two in Mosul.", "Baghdad"),
        ("BOGOTA, 16 JAN 90 (EFE) -- [TEXT] A BLAST KILLED TWO IN CALI.", "Bogotá"),
        ("A blast killed two in Mosul - the second this week.", None),
        ("Mosul was quiet on Monday.", None),
    ],
)
def test_dateline(text, name):
    prepared = ready(text)
    place = dateline_place(prepared, find_places(prepared))
    assert (place.name if place else None) == name


@pytest.mark.parametrize(
    ("text", "site", "name", "prec"),
    [
        ("Eleven died at a firing range in the Belgorod region.", "firing range", "Belgorod", 4),
        ("A barracks near the eastern city of Jalalabad burned.", "barracks", "Jalalabad", 2),
        ("He fired into the Golden Rooster nightclub in Orlando.", "Golden Rooster nightclub",
         "Orlando", 1),
        ("A bomb at Kabul airport killed nine.", "airport", "Kabul", 1),
        ("Shots were heard in Karrazat district of Baghdad.", "Karrazat district", "Baghdad", 1),
        ("The crash was about 30 km north of Kharkiv.", "about 30 km north of Kharkiv", "Kharkiv",
         3),
        ("The crash was 10 miles from Mosul.", "10 miles from Mosul", "Mosul", 2),
        ("Shells hit Kharkiv near the border with Russia.", "near the border with Russia",
         "Kharkiv", 1),
    ],
)  # fmt: skip
def test_sites(text, site, name, prec):
    prepared = ready(text)
    found = {s.site: s for s in find_sites(prepared, find_places(prepared))}
    assert site in found, f"read {sorted(found)}"
    assert (found[site].name, found[site].kind, found[site].where_prec) == (name, "site", prec)
    assert text[found[site].span.start : found[site].span.end].count(site.split()[-1])


def test_a_distance_with_a_direction_moves_the_point():
    prepared = ready("The crash was 100 kilometres north of Kharkiv.")
    (kharkiv,) = find_places(prepared)
    (site,) = find_sites(prepared, (kharkiv,))
    assert site.lat - kharkiv.lat == pytest.approx(0.9, abs=0.02)
    assert site.lon == kharkiv.lon


def test_a_site_with_no_place_is_left_out():
    prepared = ready("He was shot in a bar. The bar was closed.")
    assert find_sites(prepared, find_places(prepared)) == ()


def test_resolve_a_given_name():
    text = "The men drove from Cairo to the delta; in Alexandria they were stopped."
    at = text.index("Alexandria")
    place = resolve("Alexandria", ready(text), Span(at, at + 10))
    assert place.country == "EG"
    assert resolve("Qwvzxk", ready(text), Span(0, 3)) is None


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The South Ossetian side fired first.", "South Ossetian", "South Ossetia"),
        ("Georgian troops left Tbilisi, the capital of Georgia.", "Georgian", "Georgia"),
        ("Texan farmers wait for rain in Austin, Texas.", "Texan", "Texas"),
        ("A senator, D-N.J., asked for it.", "N.J.", "New Jersey"),
    ],
)
def test_a_given_word_for_a_people_is_its_country_or_region(text, words, name):
    start = text.index(words)
    place = resolve(words, ready(text), Span(start, start + len(words)))
    assert place is not None
    assert place.name == name
    # In a text it is no place.
    assert not words.endswith("n") or words not in read(text)


def test_publisher_country_is_a_hint_only():
    text = "The man was found dead in London on Friday."
    assert read(text)["London"].country == "GB"
    assert read(text, publisher="example.co.uk")["London"].country == "GB"


WORDS = (
    "Kyiv Paris Texas Georgia Mr. Jordan said in near the of , . ( ) St. U.S. Calif. region "
    "killed Washington Post York New city-based Côte d'Ivoire Киев 30 km north"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.booleans())
@settings(max_examples=60, deadline=None)
def test_spans_point_at_the_words_and_reading_is_repeatable(words, upper):
    text = " ".join(words)
    text = text.upper() if upper else text
    prepared = ready(text)
    places = find_places(prepared)
    assert places == find_places(prepared)
    spans = [p.span for p in places]
    assert spans == sorted(spans)
    for before, after in itertools.pairwise(spans):
        assert before.end <= after.start
    for place in (*places, *find_sites(prepared, places)):
        assert 0 <= place.span.start < place.span.end <= len(text)
        assert place.lat is not None
        assert place.country is None or len(place.country) == 2


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read(text):
    prepared = ready(text)
    places = find_places(prepared)
    find_sites(prepared, places)
    dateline_place(prepared, places)


@pytest.mark.parametrize(
    "text",
    [
        "Paris " * 20_000,
        "A" * 300_000,
        "near the border with " * 5_000 + "Kenya",
        "St. " * 20_000,
        "(" * 100_000,
        "30 km north of " * 5_000,
        "\u202eKyiv\u202c \x00 Kyiv \ud800 in Kyiv",
    ],
    ids=["one name", "one word", "border", "saints", "brackets", "distances", "marks"],
)
def test_hostile_text_does_not_stall(text):
    prepared = ready(text)
    places = find_places(prepared)
    find_sites(prepared, places)
    dateline_place(prepared, places)


def test_order_of_documents_does_not_matter():
    texts = ["A bomb in Paris, Texas.", "A bomb in Paris.", "Georgia and Armenia met in Tbilisi."]
    alone = [find_places(ready(t)) for t in texts]
    mixed = list(range(3))
    random.Random(1).shuffle(mixed)
    assert [find_places(ready(texts[i])) for i in mixed] == [alone[i] for i in mixed]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("A lorry drove into a crowd in Nice on Thursday, killing 84 people.", "Nice", "FR"),
        ("A bus crashed near Split on Monday, killing four people.", "Split", "HR"),
        ("Two men were stabbed in Reading on Saturday.", "Reading", "GB"),
    ],
)
def test_large_towns_called_like_common_words_are_read_after_in(text, words, country):
    assert read(text)[words].country == country


@pytest.mark.parametrize(
    "text",
    [
        "It was Nice to see them all.",
        "They live in Mobile homes.",
        "Reading the list took an hour.",
    ],
)
def test_common_words_are_no_towns(text):
    assert not [p for p in read(text).values() if p.kind == "city"]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked Verona, Mozambique, killing seven people.",
        "Gunmen attacked the town of Verona in northern Mozambique on Wednesday.",
    ],
)
def test_a_town_is_in_the_country_told_or_nowhere(text):
    assert [place.country for place in read(text).values()] == ["MZ"]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Strikes in Gaza, Lebanon and Yemen killed 40 people.", "Gaza", "PS"),
        ("A car bomb in Homs, Turkey-backed rebels said, killed three.", "Homs", "SY"),
        ("Three people died in Sevastopol, Russia, on Sunday.", "Sevastopol", "UA"),
    ],
)
def test_a_country_named_after_a_town_need_not_hold_it(text, words, country):
    assert read(text)[words].country == country


def test_the_name_of_a_nation_is_no_name_of_a_quarter():
    prepared = prepare(Document(id="d", text="A bomb hit the Slovenian town of Piran on Friday."))
    assert [s.site for s in find_sites(prepared, find_places(prepared))] == []
    prepared = prepare(Document(id="d", text="A bomb hit the Karrazat quarter of Baghdad."))
    assert [s.site for s in find_sites(prepared, find_places(prepared))] == ["Karrazat quarter"]


def test_the_beginning_of_a_longer_name_is_no_place():
    def names(text):
        return [p.name for p in find_places(prepare(Document(id="d", text=text)))]

    assert names("A man opened fire in Sutherland Meadows, Texas, on Sunday.") == ["Texas"]
    assert names("They fled from the village of Bir Qasra in Iraq.") == ["Iraq"]
    assert names("They fled from the city of Mosul in Iraq.") == ["Mosul", "Iraq"]
    assert names("He spoke in Dallas Friday, Texas police said.") == ["Dallas", "Texas"]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Gunmen killed nine people in Mazar-i-Sharif on Friday.", "Mazar-i-Sharif", "AF"),
        ("Shells fell on Deir ez-Zor in Syria on Friday.", "Deir ez-Zor", "SY"),
        ("Police in Port-au-Prince found two bodies.", "Port-au-Prince", "HT"),
        ("A blast killed two in Cox's Bazar, police said.", "Cox's Bazar", "BD"),
        ("The Kabul-to-Herat road was mined.", "Kabul", "AF"),
        ("Boston's mayor spoke.", "Boston", "US"),
        ("An ex-Syria fighter was held.", "Syria", "SY"),
    ],
)
def test_little_words_are_hyphened_into_names(text, words, country):
    assert read(text)[words].country == country


@pytest.mark.parametrize(
    ("text", "no_place"),
    [
        ("A second blast in the Dasht-e-Barchi district killed two people.", "Barchi"),
        ("They were shot in Qal-e-Zor on Friday.", "Zor"),
        ("They fought for Ras al-Ain on Friday.", "Ain"),
    ],
)
def test_a_part_of_a_hyphened_name_is_no_place(text, no_place):
    assert no_place not in read(text)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A gunman opened fire at an Orlando nightclub on Sunday.", "Orlando", "city"),
        ("A suicide bomber struck Manchester Arena on Monday night.", "Manchester", "city"),
        # The county of that name is larger than the town, and is told as such.
        ("Five officers were killed in Dallas on Thursday.", "Dallas", "city"),
        ("Five officers were killed in Dallas County on Thursday.", "Dallas County", "admin2"),
    ],
)
def test_a_town_is_read_beside_its_sites_and_before_its_county(text, name, kind):
    assert [p.kind for p in read(text).values() if p.name in (name, name.split()[0])] == [kind]


@pytest.mark.parametrize("name", ["Laos", "Philippines", "Caribbean"])
def test_a_country_spelt_like_its_people_is_a_place(name):
    assert name in read(f"The minister flew to the {name} on Monday, officials said.")


@pytest.mark.parametrize(
    ("text", "words", "country", "kind"),
    [
        ("In the Texas town of Victoria a mosque burned down.", "Texas", "US", "admin1"),
        ("It was the worst fire in a US city for years, officials said.", "US", "US", "country"),
        ("It was Edinburgh, the capital of Scotland, that he chose.", "Scotland", "GB", "admin1"),
    ],
)
def test_a_kind_word_may_tell_another_name(text, words, country, kind):
    place = read(text)[words]
    assert (place.country, place.kind) == (country, kind)


@pytest.mark.parametrize(
    ("text", "words", "country", "region"),
    [
        (
            "In Toronto the fans sang. Canada beat them in Hamilton, as Boston had done in Boston.",
            "Boston", "US", "Massachusetts",
        ),
        ("Officials left Toronto, Canada, for Geneva to argue.", "Geneva", "CH", "Geneva"),
        (
            "A man was held in Geneva, New York, and taken from Geneva to Rochester.",
            "Geneva", "US", "New York",
        ),
    ],
)  # fmt: skip
def test_a_town_all_know_comes_before_a_village_of_its_name(text, words, country, region):
    place = read(text)[words]
    assert (place.country, place.admin1) == (country, region)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Agents of the Florida Department of Law Enforcement came.", "Law"),
        ("The Duke of York opened the session in Leeds on Monday.", "York"),
        ("Sheriff Scott Israel spoke in Broward County, Florida. Israel wept.", "Israel"),
        ("The fans cheered when Pep Guardiola came in. Guardiola was glad.", "Guardiola"),
        ("Shots came from the Mandalay Bay hotel in Las Vegas, Nevada.", "Mandalay"),
        ("Shots came from the Mandalay Bay hotel in Las Vegas, Nevada.", "Bay"),
        ("The two had been lying in Ashby Meadows, Texas, for days.", "Meadows"),
        ("The White House in Washington had no comment.", "White House"),
        ("He gave himself up to SWAT officers who had come from Denver.", "SWAT"),
        ("A blast hit the Medina district of Mogadishu, Somalia.", "Medina"),
    ],
)
def test_names_that_are_no_places_or_others(text, words):
    assert words not in read(text)


def test_a_person_may_be_called_like_a_country_that_is_meant_too():
    text = "Sheriff Scott Israel spoke in Florida of his months in Israel. Israel was moved."
    found = find_places(ready(text))
    assert [text[p.span.start - 3 : p.span.end] for p in found if p.country == "IL"] == [
        "in Israel"
    ]


def test_a_town_like_a_common_word_is_read_wherever_the_report_has_it():
    text = "A man from Nice was held. Two crowds, one on the Nice seafront, fled. Nice to know."
    found = find_places(ready(text))
    assert [p.span.start for p in found] == [text.index("Nice was"), text.index("Nice sea")]


def test_a_public_body_is_of_its_state():
    found = read("The Florida Department of Law Enforcement took over.")
    assert [(words, p.country) for words, p in found.items()] == [("Florida", "US")]


def test_a_report_of_many_countries_speaks_of_the_world():
    text = (
        "The firm has plants in France, Spain, Germany, China and India, and one in Chicago. "
        "Officials met in Geneva on Monday."
    )
    assert read(text)["Geneva"].country == "CH"
    assert read("Shops in Illinois closed, from Chicago to Geneva.")["Geneva"].country == "US"


@pytest.mark.parametrize("words", ["Europe", "Thames", "Mekong"])
def test_a_river_or_continent_by_its_name_is_a_place(words):
    assert words in read(f"Nobody knew how many had come across the {words} by then.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The bomb hit St Mark's in Alexandria, Egypt.", ["Alexandria", "Egypt"]),
        ("They met at St. George's Church in Tanta, Egypt.", ["Tanta", "Egypt"]),
        ("Two were hurt in St. John's, Newfoundland.", ["St. John", "Newfoundland"]),
        ("A fire in St. Louis's harbour, Missouri.", ["St. Louis", "Missouri"]),
    ],
)
def test_what_is_a_saints_is_no_town_unless_its_land_is_told(text, names):
    assert list(read(text)) == names
