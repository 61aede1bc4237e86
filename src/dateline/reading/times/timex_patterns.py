"""What time expressions look like: one pattern a kind, and one that finds them all.

Every repetition is bounded, and no pattern starts with a repeated blank or letter, so
that hostile text (a megabyte of digits, of blanks) costs time linear in its length.
"""

from __future__ import annotations

import re
from typing import Final

from dateline.reading.times.timex_words import (
    DAY_PARTS,
    MONTHS,
    NUMBER,
    NUMBER_WORDS,
    SEASONS,
    WEEKDAYS,
)

# A blank inside an expression: may hold one line break, never an empty line.
S: Final = r"(?:[ \t\xa0]|\r?\n(?![ \t\r]{0,20}\n)){1,8}"
_END: Final = r"(?!\w)"


CENTURY_WORDS: Final = (
    "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
    " twentieth"
).split()
DECADE_WORDS: Final = (
    "twenties thirties forties fifties sixties seventies eighties nineties".split()
)
_DIGIT_WORDS: Final = "one two three four five six seven eight nine".split()
_HOUR_WORDS: Final = [*_DIGIT_WORDS, "ten", "eleven", "twelve"]


def _any(words: object) -> str:
    return "|".join(sorted(map(str, words), key=lambda w: (-len(w), w)))  # type: ignore[call-overload]


MONTH: Final = rf"(?:{_any(MONTHS)})(?![^\W\d_])\.?"
_FULL_DAYS: Final = [name for name in WEEKDAYS if name.endswith("day")]
_SHORT_DAYS: Final = [name for name in WEEKDAYS if not name.endswith("day")]
WEEKDAY: Final = rf"(?:{_any(_FULL_DAYS)}|(?:{_any(_SHORT_DAYS)})(?:\.|(?=,?{S}\d)))"
DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:/]\d)"
YEAR: Final = r"(?:1[5-9]|20)\d\d(?!\w|[.,:/]\d)"
_SHORT_YEAR: Final = r"['’]?\d\d(?!\w|[.,:/%]\d?)"
_TO: Final = rf"(?:[ ]?[-–—][ ]?|{S}(?:and|to|or|through|until|till){S})"
_SEASON: Final = _any(SEASONS)
_PART: Final = _any(DAY_PARTS)
UNIT: Final = (
    r"(?:seconds?|minutes?|mins?\.?|hours?|hrs?\.?|days?|nights?|weeks?|weekends?|fortnights?"
    r"|months?|quarters?|years?|yrs?\.?|decades?|century|centuries)"
)
_SPAN_UNIT: Final = r"(?:hour|day|night|week|weekend|month|quarter|year|decade|century)"
VAGUE: Final = (
    r"(?:a[ ]few|(?:a[ ])?couple(?:[ ]of)?|several|many|some|a[ ]number[ ]of|numerous|few|countless"
    r"|a[ ]half[- ]dozen|half[ ]a[ ]dozen|a[ ]dozen|dozens[ ]of|scores[ ]of|tens[ ]of)"
)
_LONG_UNITS: Final = "hour day week month year decade century".split()
_ADJECTIVE: Final = (
    r"(?:trading|business|working|consecutive|straight|full|more|additional|calendar|long|short"
    r"|whole|solid|successive|other|fiscal|academic|grueling|dramatic|tense|bloody)"
)
_QUANTITY: Final = (
    rf"(?:(?P<num>{NUMBER})|(?P<vague>{VAGUE})|(?P<half>half[ ]an?)|(?P<one>an?|one))"
)
_ZONE: Final = (
    r"(?:[A-Z]{1,4}T|UTC|GMT|Z(?:ulu)?"
    r"|local(?:[ ]time)?|(?:[A-Z]\w{2,12}[ ])?(?:local[ ]|standard[ ]|daylight[ ]|summer[ ])?time)"
)
_CLOCK: Final = (
    rf"(?:(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?(?::[0-5]\d)?(?:{S})?"
    r"(?P<half>a\.m\.|p\.m\.|[ap]m(?!\w))"
    r"|(?P<hour24>[01]?\d|2[0-4]):(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?![:\d])"
    r"|(?P<military>(?:[01]\d|2[0-4])[0-5]\d)(?=[ ]?(?i:gmt|utc|hours|hrs|zulu|local)(?!\w))"
    r"|(?P<named>noon|midnight|midday)"
    rf"|(?P<oclock>\d\d?|{_any(_HOUR_WORDS)})"
    rf"{S}o['’]clock)"
    rf"(?:{S}(?P<zone>(?:(?-i:{_ZONE})|hours|hrs)(?!\w)|\((?-i:{_ZONE})\)))?"
)
# "May 3 and 12 people died" has one date.
_NO_COUNT: Final = (
    rf"(?!{S}(?:people|killed|dead|men|women|civilians|soldiers|police|others|children|injured"
    r"|wounded|officers|troops|militants|suspects|were|more|of|policemen|guerrillas)(?!\w))"
)
_MOD: Final = r"(?:last|next|this|past|previous|following|coming|that)"
_MONTH_DAY: Final = (
    rf"(?P<mon>{MONTH})(?:{S})?(?P<day>{DAY})(?:{_TO}(?P<day2>{DAY}){_NO_COUNT}(?!{S}(?:{_any(MONTHS)})))?"
    rf"(?:,?{S}(?P<year>{YEAR}))?"
)
_DAY_MONTH: Final = (
    rf"(?P<dayb>{DAY})(?:{_TO}(?P<day2b>{DAY}))?{S}(?:of{S})?(?P<monb>{MONTH})"
    rf"(?:,?{S}(?P<yearb>{YEAR}|{_SHORT_YEAR}))?"
)
DATE: Final = (
    rf"(?:(?P<wd>{_any(WEEKDAYS)})\.?(?:,|{S}(?:the{S})?|,{S}(?:the{S})?))?"
    rf"(?:{_MONTH_DAY}|{_DAY_MONTH}){_END}"
)
WEEKDAY_RULE: Final = (
    rf"(?:(?P<mod>{_MOD}|every|each|(?:on{S})?alternate){S})?(?:(?P<wd>{WEEKDAY})|(?P<plural>(?:{_any(_FULL_DAYS)})s))"
    rf"(?!\w)(?:{S}(?P<after>last|next|this)?{S}?(?P<week>week)(?!\w))?"
)
RELATIVE_DAY: Final = (
    r"(?P<rel>today|tonight|yesterday|tomorrow"
    rf"|the{S}day{S}(?P<far>before{S}yesterday|after{S}tomorrow)){_END}"
)

# In order: where two kinds start at the same place, the first that matches is taken.
PATTERNS: Final[dict[str, str]] = {
    "iso": (
        r"(?P<y>(?:1[5-9]|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])"
        r"(?:[T ](?P<clock>[0-2]\d:[0-5]\d)(?P<sec>:[0-5]\d(?:\.\d{1,6})?)?"
        r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?!\w)"
    ),
    "slashed": (
        r"(?P<a>\d{1,2})(?P<mark>[/.])(?P<b>\d{1,2})(?P<mark2>[/.])"
        r"(?P<y>(?:1[5-9]|20)\d\d|\d\d)(?![\w/]|[.,]\d)"
    ),
    "date": DATE,
    "clock": _CLOCK,
    "weekday": WEEKDAY_RULE,
    "month": (
        rf"(?:(?P<mod>{_MOD}|every|each){S})?(?P<mon>{MONTH})"
        rf"(?:,?{S}(?:of{S})?(?:(?P<year>{YEAR})|(?P<rel>last|this|next|the{S}same|that|the{S}following){S}year"
        rf"|(?P<words>nineteen[- ]\w{{3,10}}(?:[- ]\w{{3,5}})?)))?{_END}"
    ),
    "season": (
        rf"(?:(?P<mod>{_MOD}|the|every|each|(?:the{S})?(?:early|mid|late)){S})(?:(?:early|mid|late)(?:{S}|-))?(?P<season>{_SEASON})(?:s(?!\w))?"
        rf"(?:{S}(?:of{S})?(?P<year>{YEAR}))?{_END}"
        rf"|(?P<bare>{_SEASON}){S}(?:of{S})?(?P<byear>{YEAR}){_END}"
    ),
    "quarter": (
        rf"(?:(?P<pre>{YEAR}(?:['’]s)?|(?:this|last|next){S}year(?:['’]s)?|year-(?:ago|earlier)|comparable){S})?"
        rf"(?:(?:fiscal){S})?"
        rf"(?P<ord>first|second|third|fourth|1st|2nd|3rd|4th|last)(?:{S}|-)(?:fiscal(?:{S}|-))?"
        rf"(?P<unit>quarter|half)(?!\w|{S}(?:an?|of{S}the{S}(?:game|match|season))(?!\w))"
        rf"(?:{S}(?:of|in){S}(?:fiscal{S}(?:year{S})?)?(?P<year>{YEAR})|{S}(?:of{S})?(?P<rel>last|this|next){S}year)?"
    ),
    "quartercode": rf"(?-i:Q)(?P<order>[1-4])(?:{S}(?:of{S})?(?P<year>{YEAR}))?(?!\w)",
    "nineeleven": r"9/11(?![\w/]|[.,]\d)",
    "firstunits": (
        rf"(?P<which>first|last|final|opening){S}(?P<num>{NUMBER}){S}(?P<unit>quarters|months|weeks|days|years|hours|minutes)"
        rf"(?:{S}of{S}(?P<year>{YEAR}))?{_END}"
    ),
    "yearago": (
        rf"(?:(?:the|an?){S})?(?:comparable{S})?(?:year-ago|year-earlier|(?P<prior>prior-year|previous-year))"
        rf"(?:{S}(?P<what>period|(?:(?P<ord>first|second|third|fourth){S})?quarter|level))?{_END}"
        rf"|(?:the{S})?(?P<yearp>{YEAR}){S}(?P<whatp>period|quarter){_END}"
        rf"|(?:the{S})?(?:latest|most{S}recent|current|same){S}(?P<cur>period|quarter){_END}"
    ),
    "fiscal": (
        rf"(?:the{S})?(?:(?P<mod>this|last|next|current|previous){S})?fiscal(?:(?:{S}|-)year)?"
        rf"(?:{S}(?P<year>{YEAR}|['’]?\d\d(?!\d)))?{_END}"
    ),
    "year": (
        rf"(?:the{S}year{S}(?P<named>{YEAR}|two{S}thousand(?:{S}(?:and{S})?(?:{_any(_DIGIT_WORDS)}))?)"
        r"|(?P<spoken>nineteen[- ](?:hundred|oh|twenty|thirty|forty|fifty|sixty|seventy"
        r"|eighty|ninety)"
        rf"(?:[- ](?:{_any(_DIGIT_WORDS)}))?)"
        rf"|(?P<decade>(?:1[5-9]|20)\d0|['’]\d0)['’]?s"
        rf"|(?:the{S}(?:(?:early|mid|late)(?:{S}|-))?)(?P<dwords>{_any(DECADE_WORDS)})"
        r"|(?P<from>(?:1[5-9]|20)\d\d)[-–/](?P<to>(?:(?:1[5-9]|20)\d\d|\d\d))(?![\w-]|[.,/:]\d)"
        rf"|(?P<year>{YEAR})"
        rf"|(?P<short>['’]\d\d)"
        rf"){_END}"
    ),
    "century": (
        rf"(?:the{S})?(?P<num>\d\d?(?:st|nd|rd|th)|{_any(CENTURY_WORDS)})"
        rf"(?:{S}|-)century{_END}"
    ),
    "relday": RELATIVE_DAY,
    "narrative": (
        rf"(?:the{S}(?P<mod>next|following|previous|same|very{S}next)|(?P<that>that|that{S}very|that{S}same)){S}"
        rf"(?P<unit>day|week|month|year|weekend|quarter|{_PART}){_END}"
        rf"|(?:the|a){S}(?P<nunit>day|night|week|month|year){S}(?P<dir>before|earlier|after|later)(?!\w)"
    ),
    "period": (
        rf"(?:the{S})?(?P<mod>last|past|this|next|previous|coming|current|following|recent|preceding|prior){S}"
        rf"(?:(?:(?P<num>{NUMBER})|(?P<vague>{VAGUE})){S}(?:or{S}so{S})?)?"
        rf"(?:{_ADJECTIVE}{S})?(?P<unit>{UNIT}|{_PART}|{_SEASON}s?){_END}"
        rf"(?:{S}or{S}(?:so|two){_END})?"
    ),
    "set": (
        rf"(?:each|every){S}(?:(?P<other>other)|(?P<num>{NUMBER})|(?P<few>few))?(?:{S})?"
        rf"(?P<unit>{UNIT}|{_PART}){_END}"
    ),
    "quantity": (
        rf"{_QUANTITY}(?:(?:{S}(?:to|or){S}|[-–])(?P<num2>{NUMBER}))?(?:{S}|-)"
        rf"(?:(?P<andhalf>and[- ]a[- ]half)(?:{S}|-))?"
        rf"(?:{_ADJECTIVE}{S}){{0,2}}(?P<unit>{UNIT})"
        rf"(?P<orhalf>{S}and{S}a{S}half)?(?P<old>(?:-|{S})(?:old|of{S}age)s?)?(?:{S}or{S}(?:so|two|more|longer))?{_END}"
        rf"(?:{S}(?P<dir>ago|earlier|later|before|after|from{S}now|hence|afterwards?|previously)(?!\w))?"
    ),
    "bareunit": (
        r"(?P<unit>seconds|minutes|hours|days|weeks|months|years|decades|centuries)"
        rf"(?:{S}or{S}(?:even{S})?(?:minutes|hours|days|weeks|months|years|decades|centuries))?(?!\w)"
    ),
    "longunit": (rf"(?:(?P<unit>{_any(_LONG_UNITS)})-?long|(?P<old>decade|century)-old){_END}"),
    "theunit": (
        rf"(?:the|this){S}(?:(?P<full>full|whole|entire){S})?(?P<unit>day|week|month|year|quarter|weekend|decade|century|{_PART})(?![\w-])"
    ),
    "yearend": rf"(?:(?P<pre>this|last|next|the){S})?year(?:-|{S}|['’]s{S})end{_END}",
    "military": r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?!\w|[.,:/-]\d|%)",
    "daypart": (
        rf"(?P<part>overnight|daybreak|dawn|dusk|nightfall|(?:in{S}the{S})?(?:(?:early|late|mid){S})?(?:morning|afternoon|evening)|mid-?(?:morning|afternoon)"
        rf"|(?:the{S})?(?:early|wee|small|predawn|pre-dawn|late|evening|morning){S}(?:morning{S}|evening{S})?hours|pre-?dawn){_END}"
    ),
    "reference": (
        rf"(?:(?P<present>now|currently|current|nowadays|these{S}days|at{S}present|at{S}the{S}moment|at{S}this{S}time|presently)"
        rf"|(?P<past>(?:more{S})?recently|recent|the{S}(?:recent{S})?past|lately)"
        rf"|(?P<future>the{S}(?:near{S}|foreseeable{S}|distant{S})?future|a{S}later{S}date|as{S}soon{S}as{S}possible|some{S}day|someday|soon(?!{S}(?:after|as|before|enough)(?!\w)))){_END}"
    ),
    "holiday": (
        rf"(?:(?P<mod>{_MOD}){S})?(?P<name>christmas(?:{S}(?P<eve>eve|day))?|new{S}year['’]s{S}(?P<nye>eve|day)|boxing{S}day"
        rf"|thanksgiving(?:{S}day)?|independence{S}day|labor{S}day|memorial{S}day|halloween|valentine['’]s{S}day|easter(?:{S}(?:sunday|monday))?|good{S}friday|may{S}day"
        rf"|bastille{S}day|st\.?{S}patrick['’]s{S}day|veterans{S}day|(?:palm{S}sun|maundy{S}thurs|ash{S}wednes)day)"
        rf"(?:,?{S}(?P<year>{YEAR}))?{_END}"
    ),
}

COMPILED: Final = {kind: re.compile(p, re.IGNORECASE) for kind, p in PATTERNS.items()}
# The words an expression can start with, as a cheap test before the patterns are tried.
_FIRST_WORDS: Final = {
    *(unit + end for unit in _LONG_UNITS for end in ("long", "-long")),
    *("decade-old", "century-old"),
    *(word for words in (MONTHS, WEEKDAYS, SEASONS, DAY_PARTS, NUMBER_WORDS) for word in words),
    *"""a after alternate an as ash at autumn bastille boxing century christmas comparable
    coming countless couple current currently days decades dozens each early easter eighties
    evening every few fifties final first fiscal following forties fourth good half halloween
    hours hundred in independence labor last late lately latest long many maundy memorial mid
    midafternoon midday midmorning midnight minutes months more most new next nightfall nineties
    nineteenth noon now nowadays numerous on one opening overnight palm past pre predawn
    preceding presently previous prior recent recently same scores second seconds seventies
    several sixties small some someday soon st tens thanksgiving that these third thirties this
    thousand today tomorrow tonight twenties valentine veterans wee weeks year years yesterday
    eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth twentieth
    q""".split(),
}


def _prefix_tree(words: list[str]) -> str:
    """One alternation in which no two branches start with the same letter."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        if word:
            by_letter.setdefault(word[0], []).append(word[1:])
    branches = [
        letter + (_prefix_tree(rest) if any(rest) else "")
        for letter, rest in sorted(by_letter.items())
    ]
    tree = "(?:" + "|".join(branches) + ")"
    return tree + "?" if "" in words else tree


# "the" begins one word in fifteen, so the word after it is looked at too.
_AFTER_THE: Final = _FIRST_WORDS | set(
    """day night week month quarter weekend decade century distant entire foreseeable full future
    near very whole""".split()
)
_STARTS: Final = (
    rf"(?=\d|['’]\d|{_prefix_tree(sorted(_FIRST_WORDS))}s?(?![^\W\d_])"
    rf"|the{S}(?:\d|{_prefix_tree(sorted(_AFTER_THE))}s?(?![^\W\d_])))"
)
ANY: Final = re.compile(
    rf"(?<![\w$£€¥#@])(?<!\d[/.,:]){_STARTS}(?:"
    + "|".join(f"(?P<{kind}>{re.sub(r'[?]P<[a-z0-9]+>', '?:', p)})" for kind, p in PATTERNS.items())
    + ")",
    re.IGNORECASE,
)
