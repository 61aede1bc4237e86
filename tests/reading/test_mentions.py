"""Which sentences make an incident, which make two, and which make none."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Document, Place, Span
from dateline.reading.harm.casualties import find_figures
from dateline.reading.incidents.events import find_triggers
from dateline.reading.incidents.mentions import find_accounts
from dateline.reading.incidents.where import as_written
from dateline.reading.prepared import prepare
from dateline.reading.times.expressions import find_times

WRITTEN = dt.date(2017, 5, 24)  # a Wednesday
TOWNS = {  # invented places, so that no gazetteer is needed here
    "Ostrava Bay": (10.0, 10.0, "AA"),
    "Port Marlen": (12.0, 14.0, "AA"),
    "Karsk": (50.0, 30.0, "BB"),
    "Dolna": (55.0, 40.0, "BB"),
}


def accounts(text, *, title=None, written=WRITTEN, scope="violence"):
    prepared = prepare(
        Document(id="d", text=text, title=title, published_at=written, language="en")
    )
    casualties, _ = find_figures(prepared)
    places = []
    for name, (lat, lon, country) in TOWNS.items():
        at = text.find(name)
        while at >= 0:
            places.append(
                Place(
                    span=Span(at, at + len(name)),
                    name=name,
                    kind="city",
                    lat=lat,
                    lon=lon,
                    country=country,
                )
            )
            at = text.find(name, at + 1)
    return find_accounts(
        prepared,
        find_triggers(prepared, casualties),
        casualties,
        find_times(prepared, written),
        sorted(places, key=lambda place: place.span),
        reference=written,
        scope=scope,
    )


def figures(account):
    return {(f.value.effect, f.value.min) for f in account.casualties}


def told(account):
    return account.type, account.date, account.place, account.casualties, account.background


def test_one_report_is_one_incident():
    (account,) = accounts(
        "A gunman opened fire in a café in Karsk on Monday, killing four people and wounding "
        "nine, police said on Tuesday.\n\n"
        "The shooting began shortly after noon. Witnesses said the attacker reloaded twice.\n\n"
        "The mayor, who flew in from Dolna, said the city was in mourning."
    )
    assert account.type == "shooting"
    assert account.date.start == account.date.end == dt.date(2017, 5, 22)
    assert account.date.precision == "day"
    assert account.place.name == "Karsk"
    assert {("killed", 4), ("injured", 9)} <= figures(account)
    assert not account.background


def test_time_of_the_telling_is_not_the_date():
    (account,) = accounts(
        "Police said on Tuesday that a car bomb killed six people in Karsk on Sunday."
    )
    assert account.date.start == dt.date(2017, 5, 21)


def test_without_any_time_the_date_is_null():
    (account,) = accounts("A car bomb killed six people at a market in Karsk, police said.")
    assert account.date is None


def test_origin_is_not_the_place():
    (account,) = accounts("A man from Dolna stabbed three passengers on a tram in Karsk on Monday.")
    assert account.place.name == "Karsk"


def test_background_incident_keeps_its_own_date_and_toll():
    found = accounts(
        "A suicide bomber killed seven soldiers at a checkpoint in Karsk on Monday.\n\n"
        "The blast destroyed two vehicles.\n\n"
        "In April a car bomb in Dolna killed 12 people.",
        title="Suicide bomber kills seven in Karsk",
    )
    main, earlier = found
    assert not main.background
    assert main.type == "suicide_bombing"
    assert figures(main) == {("killed", 7)}
    assert earlier.background
    assert earlier.date.start == dt.date(2017, 4, 1)
    assert earlier.date.precision == "month"
    assert figures(earlier) == {("killed", 12)}


def test_separate_attack_elsewhere_is_another_incident():
    found = accounts(
        "Gunmen killed five policemen in Karsk on Tuesday.\n\n"
        "In a separate attack, a roadside bomb killed three soldiers near Dolna on Tuesday."
    )
    assert [account.place.name for account in found] == ["Karsk", "Dolna"]
    assert [figures(account) for account in found] == [{("killed", 5)}, {("killed", 3)}]
    assert not any(account.background for account in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A bombing in Karsk killed 12 people on Tuesday and gunmen shot dead three guards in "
            "Dolna, officials said.",
            [("bombing", "Karsk", 12, 23), ("shooting", "Dolna", 3, 23)],
        ),
        (
            "Gunmen attacked a village near Karsk on Sunday, killing 14 people; a bomb in Dolna "
            "killed six.",
            [("shooting", "Karsk", 14, 21), ("bombing", "Dolna", 6, 21)],
        ),
        (
            "A bomb killed three people in Karsk on Saturday and a man on a motorcycle shot dead "
            "a judge in Dolna on Sunday.",
            [("bombing", "Karsk", 3, 20), ("shooting", "Dolna", 1, 21)],
        ),
    ],
)
def test_two_events_of_one_sentence(text, expected):
    found = [
        (a.type, a.place.name, a.casualties[0].value.min, a.date.start.day) for a in accounts(text)
    ]
    assert found == expected


def test_event_before_the_event_is_background():
    main, before = accounts(
        "A car bomb killed five people in Karsk on Monday, two days after a suicide bomber killed "
        "12 in Dolna."
    )
    assert figures(main) == {("killed", 5)}
    assert not main.background
    assert figures(before) == {("killed", 12)}
    assert before.background
    assert before.place.name == "Dolna"
    assert before.date.start == dt.date(2017, 5, 20)  # two days before that Monday


def test_the_attack_that_came_after_another_keeps_its_own_toll():
    main, before = accounts(
        "A car bomb killed five people in Karsk on Monday.\n\n"
        "The attack came three days after gunmen killed 12 people in Dolna."
    )
    assert (figures(main), figures(before)) == ({("killed", 5)}, {("killed", 12)})
    assert before.background


@pytest.mark.parametrize(
    "text",
    [
        "A gunman killed nine people in an office in Karsk on Monday and four more in a shop in "
        "Dolna an hour later, police said.",
        "A bomb exploded in Karsk on Monday, killing three people and wounding ten, and the "
        "wounded were taken to a hospital in Dolna, where two of them died.",
        "A man who shot and killed two officers in Karsk on Monday was himself shot dead by "
        "police in Dolna.",
    ],
)
def test_one_event_in_two_clauses_stays_one(text):
    assert len(accounts(text)) == 1


def test_round_up_has_an_incident_for_each_item():
    found = accounts(
        "Attacks across the country killed at least 20 people on Tuesday, officials said.\n\n"
        "In Karsk, a car bomb killed nine people at a market.\n\n"
        "In Dolna, gunmen shot dead six policemen at a checkpoint.\n\n"
        "In Port Marlen, a roadside bomb killed five soldiers."
    )
    assert [(a.place.name, figures(a)) for a in found] == [
        ("Karsk", {("killed", 9)}),
        ("Dolna", {("killed", 6)}),
        ("Port Marlen", {("killed", 5)}),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        # The event is named only by its day, the dead are counted in the next sentence.
        (
            "Funerals were held for victims of Saturday's twin bombings near a football stadium "
            "in Karsk. The toll rose to 44, the health minister said.",
            "bombing",
            20,
        ),
        (
            "The city held three days of mourning from Tuesday for the victims of Monday's "
            "attack on a restaurant in Karsk.",
            "attack",
            22,
        ),
        (
            "A man was charged on Tuesday with five counts of murder over Monday's van attack in "
            "Karsk.",
            "vehicle_attack",
            22,
        ),
        (
            "A teenager accused of killing 17 people at a school in Karsk on Monday confessed to "
            "police.",
            "killing",
            22,
        ),
        (
            "Up to 39 people are feared dead after warplanes bombed ferries near Karsk on Monday. "
            "Monitors put the toll at 28.",
            "airstrike",
            22,
        ),
        (
            "Armed men seized 27 students and a driver near Karsk on Monday, the principal said.",
            "kidnapping",
            22,
        ),
        (
            "Police named the man who torched a casino in Karsk. Thirty-seven people died of "
            "smoke on Monday.",
            "arson",
            22,
        ),
    ],
)
def test_follow_up_tells_its_incident(text, kind, day):
    (account,) = accounts(text)
    assert account.type == kind
    assert account.date.start.day == day
    assert account.place.name == "Karsk"


def test_harm_elsewhere_is_not_added():
    (account,) = accounts(
        "Two recruits opened fire at a firing range near Ostrava Bay on Monday, killing eleven "
        "soldiers.\n\n"
        "The shooting is under investigation.\n\n"
        "At least five men were killed in Karsk after being called up."
    )
    assert ("killed", 11) in figures(account)
    assert ("killed", 5) not in figures(account)


def test_old_attack_of_a_court_report_is_background():
    (account,) = accounts(
        "A man was jailed for life on Tuesday for a bombing in Karsk.\n\n"
        "The bombing on 3 March 2015 killed two guards."
    )
    assert account.background
    assert account.date.start == dt.date(2015, 3, 3)


def test_accident_needs_scope_harm():
    text = "Twelve people were killed when a bus crashed near Karsk on Monday, officials said."
    assert accounts(text) == ()
    (account,) = accounts(text, scope="harm")
    assert account.type == "road_crash"


def test_disaster_that_harmed_nobody_is_none():
    text = "An earthquake shook Karsk on Monday. The earthquake was felt in Dolna."
    assert accounts(text, scope="harm") == ()


def test_upper_case_wire():
    (account,) = accounts(
        "GUERRILLAS AMBUSHED AN ARMY PATROL ON MONDAY, KILLING FOUR SOLDIERS.\n\n"
        "THE AMBUSH TOOK PLACE ON THE ROAD TO THE COAST."
    )
    assert account.type == "clash"
    assert account.date.start == dt.date(2017, 5, 22)


NO_INCIDENT = [
    "The striker fired in the winner on Saturday as the champions survived a late attack. "
    "The goalkeeper saved two shots in the second half of the league match in Karsk.",
    "The thriller, in which an assassin guns down twelve people in Karsk, bombed at the box "
    "office. The director of the film said the massacre scene took a month to shoot.",
    "Shares crashed on Monday after the bank said profits had exploded last year. Investors "
    "in Karsk said the market was under attack from rumours.",
    "The minister attacked the opposition on Tuesday in Karsk and said its budget was a bomb "
    "under the economy. The two parties have clashed over taxes for years.",
    "Police in Karsk foiled a plot to bomb the station on Monday. Two men who planned the "
    "attack were arrested.",
    "Firefighters in Karsk held a drill on Tuesday that simulated a bombing with 40 dead.",
    "Shootings fell by a tenth last year, a report published on Tuesday says. Gun violence "
    "remains a concern in cities.",
    "The actor died of a heart attack on Monday in Karsk. He was 81.",
    "The new game lets players shoot zombies and blow up tanks. It sold a million copies in "
    "Karsk on its first weekend.",
    "She crashed out of the tennis tournament in Karsk on Monday, beaten in straight sets.",
    "The group threatened on Tuesday to attack the embassy in Karsk if the talks fail.",
    "The band killed it on stage in Karsk on Saturday, and their new single is a hit.",
    "A senator called for tighter gun laws on Tuesday. His essay recalls school shootings and "
    "what they did to towns such as his own. It has been read by thousands. It asks what "
    "parents can do. It praises teachers. It closes with a list of books. It was printed in "
    "Dolna. It will be sold in Karsk. The proceeds go to a library. The library is old.",
]


@pytest.mark.parametrize("text", NO_INCIDENT)
@pytest.mark.parametrize("upper", [False, True])
def test_no_incident(text, upper):
    assert accounts(text.upper() if upper else text, scope="harm") == ()


SENTENCES = st.sampled_from(
    [
        "A car bomb killed six people in Karsk on Sunday.",
        "In a separate attack, gunmen killed two guards in Dolna on Friday.",
        "In April a bomb there killed 12 people.",
        "The attack was condemned by the president.",
        "Nine people were wounded.",
        "The weather was fine.",
        "Hostages were released in Port Marlen on Tuesday.",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(SENTENCES, max_size=12))
def test_every_figure_has_at_most_one_account(sentences):
    text = "\n\n".join(sentences)
    found = accounts(text)
    spans = [finding.anchor for account in found for finding in account.casualties]
    assert len(spans) == len(set(spans))
    for account in found:
        assert account.scenes
        assert account.support >= 3.5
        assert text[account.span.start : account.span.end]
    assert [told(one) for one in found] == [told(one) for one in accounts(text)]


@pytest.mark.parametrize(
    "text",
    [
        # An anniversary, told with the word for the attack only after "a year since".
        "Karsk fell silent on Sunday, a year since gunmen killed 12 people in a cafe. "
        "The attack shook the town.",
        # A crime of long ago, with nothing but its year.
        "On a damp morning in 1957, somebody shot dead three clerks in Karsk. The shooting "
        "was never solved. A novel about the killing is out this week.",
        # Words of harm, but of another field.
        "The startup said hackers held 300 customers hostage for hours when accounts were "
        "locked. Passwords and emails of users were not stolen from its servers, it said. "
        "It was the second attack on the company's network.",
        # A figure of speech in the lead, and an old toll far down.
        "The bill came under attack in parliament on Monday. Ministers defended it for "
        "hours. They spoke of costs. They spoke of jobs. In the floods of 2009, 40 people "
        "died in Karsk.",
    ],
)
def test_what_a_text_only_brings_up_is_no_incident(text):
    assert accounts(text, scope="harm") == ()


@pytest.mark.parametrize(
    "text",
    [
        # Brought up, without a day.
        "The pastor told the faithful in Karsk on Sunday of weapons and of hope. He spoke of the "
        "bombs that killed dozens of worshippers in Dolna. The service ended with songs.",
        # Years ago, in a clause of a report on a race.
        "The runner dropped the bomb in the last mile. He won in Karsk on Monday, four years "
        "after two bombs near the finish killed three people and injured 264.",
        # Each such event, and what happens time and again.
        "After each massacre the script is the same. Seventeen people are killed in Karsk; "
        "senators offer prayers; nothing happens. The debate goes on.",
        # A day of years ago, marked.
        "Bells rang in Karsk on Wednesday to mark the day in 1998 when a car bomb killed 29 "
        "people. Relatives read out the names. A choir sang.",
        # A matter of law about it.
        "The supreme court ruled on Tuesday that survivors of the 2011 attacks that killed 77 "
        "people in Karsk are entitled to higher pensions. The state had argued against it.",
        # A deed that somebody admired.
        "A boy was charged on Monday with threatening to kill classmates in Karsk. Police found "
        "no weapons. He had posted a picture of the gunman who killed 17 people in Dolna in "
        "February.",
        # The figures of a year.
        "Karsk ended the year with 650 murders, 15 percent fewer than before, police said on "
        "Monday. There were 2,785 shootings. Gun arrests rose.",
        # The toll of a war.
        "Parliament raised payments on Tuesday to the families of 3,000 soldiers killed in the "
        "war in the east. The bill was shot down twice before, the last time by 12 votes.",
    ],
)
def test_violence_in_passing_is_no_incident(text):
    assert accounts(text, scope="harm") == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Suspected herdsmen attacked two villages near Karsk on Monday, killing 23 people. "
            "More than 50 homes were set on fire.",
            "attack",
        ),
        ("A man set fire to a studio in Karsk on Monday, killing 33 people.", "arson"),
        ("Men in hunters' clothes killed 23 people in Karsk on Monday.", "killing"),
    ],
)
def test_type_is_what_the_dead_died_of(text, kind):
    (account,) = accounts(text)
    assert account.type == kind


def test_a_text_that_recalls_an_attack_with_its_day_tells_it():
    main, recalled = accounts(
        "A gunman killed nine people in Karsk on Monday, police said.\n\n"
        "The mayor recalled the bombing that killed 12 people in Dolna in April."
    )
    assert figures(main) == {("killed", 9)}
    assert recalled.background
    assert recalled.date.start == dt.date(2017, 4, 1)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Actor among five dead as gunman attacks film set",
            "A gunman killed five people on a film set in Karsk on Thursday. The film, a thriller "
            "starring a singer, was in its last week. Police said the man had been fired by the "
            "director. Production of the sequel was stopped.",
        ),
        (
            "Four shot dead at weigh-in",
            "Four people were shot dead at a boxing weigh-in in Karsk on Friday when a man in a "
            "police uniform opened fire. The boxer was unhurt. Fans, trainers and fighters of "
            "three undercards dived under the ring. The bout, a rematch for the middleweight "
            "title, was called off.",
        ),
        (
            "How a night out turned to horror",
            "It was just before 6 p.m. on Friday when a man opened fire outside a restaurant in "
            "Karsk. Nine people died. Survivors told how they hid.",
        ),
        (
            "Nurse dies of burns",
            "A nurse died on Tuesday of burns she suffered in Saturday's attack on a hospital in "
            "Karsk, bringing the number of dead to 42. She was 34 and is survived by two "
            "daughters.",
        ),
    ],
)
def test_incident_among_words_of_another_field(title, text):
    (account,) = accounts(text, title=title)
    assert account.place.name == "Karsk"


def test_holiday_in_a_name_is_no_date():
    (account,) = accounts(
        "A truck drove into a crowd at a Christmas market in Karsk on Sunday, killing six people."
    )
    assert account.date.start == dt.date(2017, 5, 21)


def test_days_after_an_attack_count_from_the_report():
    (account,) = accounts(
        "Two days after a gunman killed nine people in Karsk, the town buried its dead. "
        "The gunman was shot by police."
    )
    assert account.date.start == WRITTEN - dt.timedelta(days=2)


def test_place_that_another_is_told_from_is_not_the_place():
    (account,) = accounts(
        "A car bomb killed 28 people on Monday in Lyon, 60 km northeast of Paris, police said."
    )
    assert account.place is None or account.place.name != "Paris"


def test_place_is_called_what_the_report_calls_it():
    place = Place(span=Span(3, 10), name="Köln", kind="city", country="DE")
    assert as_written(place, "In Cologne on Monday").name == "Cologne"
    assert as_written(place, "IN COLOGNE ON MONDAY").name == "Köln"


def test_prisoner_exchange_is_a_release_of_its_day():
    (account,) = accounts(
        "The two sides exchanged hundreds of prisoners near Karsk on Tuesday, in the biggest "
        "swap since fighting broke out in 2014. Guards handed over 233 men.",
        title="Sides exchange hundreds of prisoners",
    )
    assert account.type == "hostage_release"
    assert account.date.start == dt.date(2017, 5, 23)


def test_place_of_the_headline():
    karsk = Place(span=None, name="Karsk", kind="city", lat=50.0, lon=30.0, country="BB")
    text = "A gunman opened fire in a nightclub, killing nine people. The gunman fled."
    prepared = prepare(Document(id="d", text=text, title="Karsk attack: nine dead", language="en"))
    casualties, _ = find_figures(prepared)
    (account,) = find_accounts(
        prepared,
        find_triggers(prepared, casualties),
        casualties,
        headline=(karsk,),
        reference=WRITTEN,
    )
    assert account.place == karsk


def test_harm_of_another_town_before_the_headline_s_event_is_read():
    karsk = Place(span=None, name="Karsk", kind="city", lat=50.0, lon=30.0, country="BB")
    text = "Two people died in Dolna. A gunman opened fire in a nightclub, killing nine people."
    at = text.index("Dolna")
    dolna = Place(
        span=Span(at, at + 5), name="Dolna", kind="city", lat=55.0, lon=40.0, country="BB"
    )
    prepared = prepare(Document(id="d", text=text, title="Karsk attack: nine dead", language="en"))
    casualties, _ = find_figures(prepared)
    found = find_accounts(
        prepared,
        find_triggers(prepared, casualties),
        casualties,
        places=(dolna,),
        headline=(karsk,),
        reference=WRITTEN,
    )
    assert ("killed", 9) in figures(found[0])


@pytest.mark.parametrize(
    "piece",
    ["A bomb killed 5 people in Karsk and ", "In Karsk, gunmen killed 3, ", "years after when "],
)
def test_endless_sentence_is_read_to_its_end(piece):
    accounts((piece * 400).strip() + ".")


def test_a_couple_on_their_wedding_anniversary_do_not_make_news_history():
    text = (
        "A teacher who was in Karsk to mark a wedding anniversary was among 13 people killed in "
        "Thursday's van attack, officials said on Friday. The attack wounded 80."
    )
    (account,) = accounts(text)
    assert account.type == "vehicle_attack"
    past = "On the anniversary of the day when a van attack killed 13 people, Karsk fell silent."
    assert accounts(past) == ()
