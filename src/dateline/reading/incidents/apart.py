"""Words that set one event apart from another, and those that sum several up."""

from __future__ import annotations

import re

SEPARATE = re.compile(
    r"\b(?:separate(?:ly)?|another|other|second|elsewhere|meanwhile|unrelated|different|"
    r"in addition|also|(?:hours|minutes|days|weeks?|months?) (?:later|earlier|before)|same day|"
    r"last (?:week|month))\b",
    re.I,
)
# "In a separate attack, gunmen …", "Elsewhere in the city …", "Separately, …"
ANOTHER = re.compile(
    r"(?:(?:Also|Meanwhile|And),? )?(?:In|At) (?:(?:yet )?another|an? (?:separate|second|third|"
    r"different|unrelated|other|similar|fourth|further)),? (?:[\w-]+ ){0,2}"
    r"(?:attack|incident|bombing|blast|explosion|shooting|raid|assault|ambush|strike|clash|crash|"
    r"accident|stabbing|kidnapping|case|development)\b"
    r"|In the (?:deadliest|worst|bloodiest|biggest|other|second|third|latest|most recent) "
    r"(?:[\w-]+ )?(?:attack|incident|bombing|blast|explosion|shooting|raid|assault|ambush|strike"
    r"|clash),"
    r"|(?:Separately|Elsewhere)\b|(?:A|Another) (?:separate|second) (?:\w+ ){0,2}"
    r"(?:attack|incident|bombing|shooting|raid|assault|ambush|clash|crash)\b"
    # A second blast at one site is of one attack; one with a place of its own that killed is not.
    r"|(?:A|Another) (?:second|third|further|later) (?:[\w-]+ ){0,2}"
    r"(?:blast|explosion|bomb|bomber|device|strike|rocket|shell)\b[^.;]{0,60}?"
    r"\b(?:in|at|near|outside) (?:the |a )?(?-i:[A-Z])[^.;]{0,80}?"
    r"\b(?:kill(?:ed|ing)|wound(?:ed|ing)|injur(?:ed|ing)|left|claimed)\b"
    # "It came two days after a bomb killed 91 in …", "on the day when …"
    r"|(?:It|This|That|The (?:\w+ ){0,2}(?:attack|bombing|blast|explosion|shooting|raid|assault|"
    r"ambush|strike|killings?|violence|incident)) (?:came|comes|followed|follows|happened|occurred|"
    r"was|took place) (?:just |only |barely |less than |about )?(?:(?:on )?the (?:same )?day|"
    r"(?:an?|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|hours|days|weeks|months) "
    r"?(?:hours?|days?|weeks?|months?|fortnight)?) ?(?:after|when|that|on which)\b",
    re.I,
)
OF_SEVERAL = re.compile(
    r"\b(?:across|throughout|nationwide|around the country|round-?up|(?:series|string|wave|spate)"
    r" of|(?:attacks|bombings|blasts|bombs|shootings|clashes|strikes|incidents|violence))\b",
    re.I,
)
