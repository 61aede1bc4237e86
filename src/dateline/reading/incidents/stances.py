"""The words with which responsibility is claimed, denied, or laid on somebody."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from dateline.reading.lexicon import alternation, load

Stance = Literal["claimed", "denied", "accused", "suspected"]


class Pattern(NamedTuple):
    """Words of a stance; the actor stands to the left or right of them, or is the target.

    ``needs``: whole words of which a match has one, so that a sentence without is passed over.
    ``armed``: no deed is named, so that the actor must be an armed group or a force; a state
    or a party is blamed for much.
    """

    stance: Stance
    where: str
    pattern: re.Pattern[str]
    needs: frozenset[str]
    armed: bool = False


@cache
def stances() -> tuple[Pattern, ...]:
    """The patterns, those of one's own words before those about others.

    The order counts: nobody is blamed inside a claim or denial that was found before.
    """
    lists = load("actors")
    deed = alternation(lists["deeds"])
    # tear gas and shots in the air harm nobody
    doing = (
        r"(?!firing\s+(?:tear|rubber|water|warning|live\s+rounds\s+in|(?:[\w-]+\s+)?into\s+the\s+air"
        rf"|in\s+the\s+air))(?:{alternation(lists['doing'])})"
    )
    done = alternation([*lists["harm_verbs"], *lists["done"]])
    few = r"(?:[\w’'-]+\s+){0,4}?"
    # The deed with what stands around it: "the car bomb in Kabul, which killed 80 people,".
    the_deed = (
        rf"(?:(?:it|them)\b|(?:the|a|an|this|that|these|those|both|several)\s+{few}(?:{deed})\b)"
    )
    far = r"(?:[^;.:“”\"]{0,110}?\s)?"
    own = (
        r"(?:it|they|he|she|the\s+(?:group|movement|militants?|rebels)|(?:its|their)\s+"
        r"(?:own\s+)?(?:[\w-]+\s+){0,2}?[“\"‘']?(?:forces|troops|soldiers|fighters|militants|members|men"
        r"|aircraft|jets|"
        r"warplanes|commandos|police|officers|guards|gunmen|army|planes|drones|units|militia)[”\"’']?"
        r"|(?:one|two|some|several)\s+of\s+(?:its|their)\s+(?:own\s+)?(?:[\w-]+\s+)?"
        r"(?:fighters|militants|members|men|soldiers|bombers|supporters|followers))"
    )
    behind = r"(?:behind|responsible(?!\s+use)|to\s+blame|involved)"
    told = (
        r"(?:said|says|announced|stated|declared|wrote|admitted|acknowledged|confirmed|claims"
        r"|claimed|boasted)"
    )
    by_whom = (
        r"(?:\s+online)?"
        r"(?:\s+(?:in|on|through|via)\s+[^,;:.]{2,60}?|\s+[-–—]\s?[^;:.]{2,60}?\s?[-–—])?"
    )
    target = r"(?P<target>[^,;:.!?“”\"()]{2,90}?(?:\s*\([^()]{2,14}\))?)"
    reports = (
        r"(?:the\s+|an?\s+|any\s+|all\s+)?(?:[\w-]+\s+){0,3}?"
        r"(?:reports?|claims?|allegations?|accusations?|charges?|suggestions?|rumou?rs?)"
    )
    deny = (
        r"(?:den(?:y|ied|ies|ying)|reject(?:ed|s|ing)?|dismiss(?:ed|es|ing)?|refut(?:ed|es|ing))"
        r"(?:\s+(?:on\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday))?"
    )

    denials = (
        "deny denied denies denying reject rejected rejects rejecting dismiss dismissed dismisses"
        " dismissing refuted refutes refuting"
    )
    blames = "blame blames blamed blaming"

    probably = (
        r"(?:probably|likely|most\s+likely|almost\s+certainly|possibly|believed\s+to\s+be|"
        r"thought\s+to\s+be|suspected\s+(?:of\s+being|to\s+be)|"
        r"(?:believed|thought|suspected)\s+to\s+have\s+been)"
    )
    # "blamed for similar attacks" tells nothing of this one.
    others = (
        r"(?:similar|previous|other|earlier|past|many|most|several|numerous|dozens|scores|"
        r"hundreds|recent|a\s+(?:string|series|spate|wave|number)\b)"
    )
    ends = r"(?=\s*(?:[.,;:—–\n”\"]|$)|\s+(?:and|but|after|as|while|saying|which|who|in\s+a)\b)"

    def made(
        stance: Stance, where: str, pattern: str, *, needs: str, armed: bool = False
    ) -> Pattern:
        compiled = re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE)
        return Pattern(stance, where, compiled, frozenset(needs.split()), armed)

    return (
        made("claimed", "left", r"(?:claim(?:ed|s|ing)?|admit(?:ted|s)?|assert(?:ed|s|ing))\s+"
             r"(?:full\s+|sole\s+|its\s+)?responsibility\b", needs="responsibility"),
        # a coach takes the responsibility for a defeat
        made("claimed", "left", r"(?:took|taken|taking|takes|accept(?:ed|s)?|assum(?:ed|es)"
             r"|claim(?:ed|s))\s+(?:full\s+|sole\s+)?(?:responsibility|credit)\s+for\b"
             rf"(?:\s+(?:it|this)\b|(?=[^;.]{{0,60}}(?:{deed}|{doing})\b))",
             needs="responsibility credit"),
        made("claimed", "left", rf"claim(?:ed|s)\s+{the_deed}(?!\s+(?:was|were|is|has|had|killed"
             rf"|took))", needs="claimed claims"),
        made("claimed", "left", rf"{told}{by_whom}\s+(?:that\s+)?{own}\s+(?:was|were|had\s+been"
             rf"|is|are)\s+(?:fully\s+|solely\s+)?"
             rf"(?:behind|responsible|to\s+blame)\b", needs="behind responsible blame"),
        made("claimed", "left", rf"{told}{by_whom}\s+(?:that\s+)?{own}\s+(?:had\s+|have\s+|has\s+)?"
             rf"(?:carried\s+out|staged|perpetrated|committed|conducted|launched|planted"
             rf"|placed)\s+{the_deed}",
             needs="carried staged perpetrated committed conducted launched planted placed"),
        # "said one of its fighters had blown himself up in the crowd"
        made("claimed", "left", rf"{told}{by_whom}\s+(?:that\s+)?{own}\s+(?:had\s+|have\s+|has\s+)?"
             rf"(?:(?:blown|blew)\s+(?:himself|herself|themselves)\s+up|detonated|set\s+off"
             rf"|opened\s+fire|rammed|driven\s+(?:a|an|the)\b|stabbed)",
             needs="blown blew detonated set opened rammed driven stabbed"),
        # "said the attack was the work of two of its soldiers"
        made("claimed", "left", rf"{told}{by_whom}\s+(?:that\s+)?{the_deed}[^;.]{{0,60}}?\s"
             rf"(?:was|were|is|had\s+been)\s+(?:the\s+work\s+of|(?:carried\s+out|committed|staged|executed"
             rf"|perpetrated|conducted|launched)\s+by)\s+(?:an?\s+|(?:one|two|three|four|five|some"
             rf"|several)\s+of\s+)?(?:its|their)\b",
             needs="work carried committed staged executed perpetrated conducted launched"),
        made("claimed", "left", rf"(?:confessed|admitted|admits)\s+(?:to\s+|having\s+|that\s+"
             rf"he\s+)?(?:{few}(?:{deed})|{doing}|{done})\b", needs="confessed admitted admits"),
        made("claimed", "left", r"(?:has|have|had)\s+(?:fully\s+|already\s+|since\s+"
             r")?confessed(?=\s*[.,;]|$)", needs="confessed"),
        # the words of Islamic State and its agency Amaq for owning up to a deed
        made("claimed", "left", rf"(?:{told}|called|described|hailed|identified){by_whom}\s+"
             r"(?:[^.;]{0,80}?[\s“”\"'‘])?(?:soldiers?|fighters?)[”\"’']?\s+of\s+the\s+[“\"‘']?"
             r"(?:caliphate|islamic\s+state)\b", needs="caliphate islamic"),
        made("claimed", "left", rf"{told}{by_whom}\s+(?:that\s+)?[“\"'‘]?(?:an?|one\s+of\s+its"
             r"|its|two|three|four|five|six|seven|eight|nine|ten)\s+(?:[\w-]+\s+){0,2}?[“\"'‘]?(?:detachment"
             r"|squad|unit|team|cell|group|soldiers?|brothers?|knights?"
             r"|fighters?|members?)[”\"'’]?(?:\s+of\s+(?:its\s+)?(?:[\w-]+\s+){0,2}?(?:soldiers|fighters"
             r"|members))?[”\"'’]?\s+(?:had\s+|has\s+|have\s+)?(?:carried\s+out|staged"
             rf"|perpetrated|executed|launched|conducted)\s+{the_deed}",
             needs="carried staged perpetrated executed launched conducted"),
        # "It has claimed Trask as one of its soldiers."
        made("claimed", "left", r"claim(?:ed|s)\s+(?:him|her|them|the\s+[\w-]+|[\w’'-]+"
             r"(?:\s+[\w’'-]+)?)\s+as\s+[^.;,]{0,30}?(?:soldiers?|fighters?|members|own)\b",
             needs="soldier soldiers fighter fighters members own"),
        made("claimed", "right", r"claims?\s+of\s+responsibility\b[^;.]{0,40}?\s(?:by|from)\s+",
             needs="responsibility"),
        made("claimed", "right", rf"(?:{deed})\b[^;.]{{0,90}}?\s(?:claimed|admitted)\s+by\s+",
             needs="claimed admitted"),
        made("denied", "left", rf"{deny}\s+(?:any\s+|all\s+|its\s+|their\s+|having\s+(?:had\s+"
             rf")?(?:any\s+)?|that\s+it\s+had\s+any\s+)?"
             r"(?:[\w-]+\s+)?(?:responsibility|involvement|role|part\s+in|hand\s+in|links?\s+"
             r"to)\b", needs=denials),
        made("denied", "left", rf"{deny}\s+(?:being|having\s+been|it\s+was|they\s+were|that\s+"
             rf"it\s+was|that\s+they\s+were)\s+{behind}", needs=denials),
        made("denied", "left", rf"{deny}\s+(?:having\s+(?:{done})|(?:\w+ly\s+)?(?:{doing}))\b",
             needs=denials),
        made("denied", "left", rf"{deny}\s+(?:{reports}\s+)?(?:that\s+)?(?:any\s+of\s+)?{own}\s+"
             rf"(?:had\s+|have\s+|has\s+|ever\s+)*"
             rf"(?:{done})\b", needs=denials),
        made("denied", "left", rf"{deny}\s+(?:{reports}\s+)?(?:that\s+)?{own}\s+(?:was|were|is"
             rf"|had\s+been)\s+{behind}\b", needs=denials),
        made("denied", "left", rf"{deny}\s+(?:the\s+|these\s+|those\s+|all\s+)(?:accusations?"
             rf"|allegations?|charges?)\b", needs=denials),
        made("denied", "left", rf"{told}{by_whom}\s+(?:that\s+)?{own}\s+(?:was|were|had|is"
             rf"|are)\s+(?:not\s+{behind}|"
             rf"not\s+(?:carried\s+out|{done})|nothing\s+to\s+do\s+with|no\s+(?:involvement|part"
             rf"|role|hand)\b)", needs="not nothing no"),
        made("accused", "target", rf"accus(?:ed|es|ing|e)\s+{target}\s+of\s+{few}(?:{doing}"
             rf"|{deed})\b", needs="accused accuses accusing accuse"),
        made("accused", "left", rf"(?:is|are|was|were|been|stands?)\s+accused\s+of\s+"
             rf"{few}(?:{doing}|{deed})\b", needs="accused"),
        made("accused", "left", rf"(?:was|were|is|are|been|being)\s+(?:also\s+|widely\s+)?blamed\s+"
             rf"(?:by\s+[^,;.]{{2,50}}?\s+)?for\s+(?!{others})"
             rf"{few}(?:{doing}|{deed})\b", needs="blamed"),
        made("accused", "left", rf"(?:was|were|been)\s+(?:also\s+|widely\s+)?blamed{ends}",
             needs="blamed", armed=True),
        made("accused", "target", rf"(?:blam(?:ed|es|ing|e)|accus(?:ed|es|ing)|implicated)\s+"
             rf"(?!(?:by|on|for|of)\b){target}{ends}",
             needs=f"{blames} accused accuses accusing implicated", armed=True),
        made("accused", "target", rf"(?:blam(?:ed|es|ing|e)|h(?:e|o)ld(?:s|ing)?|condemn(?:ed"
             rf"|s))\s+(?!(?:by|on)\b){target}\s+"
             rf"(?:responsible\s+)?for\s+{few}(?:{doing}|{deed})\b",
             needs=f"{blames} hold holds holding held condemned condemns"),
        made("accused", "right", rf"(?:blam(?:ed|es|ing|e))\s+(?:it|this"
             rf"|{few}(?:{deed})\b{far})on\s+", needs=blames),
        made("accused", "right", rf"(?:{deed})\b{far}(?:blam(?:ed|es|e))\s+(?:\w+\s+)?on\s+",
             needs=blames),
        made("accused", "right", rf"attribut(?:ed|es|ing)\s+(?:it|{few}(?:{deed})\b{far})to\s+",
             needs="attributed attributes attributing"),
        made("accused", "right", rf"(?:{deed})\b{far}attributed\s+(?:by\s+[^,;.]{{2,60}}?\s+"
             rf")?to\s+", needs="attributed"),
        made("suspected", "right", r"(?:the\s+work\s+of|b(?:ear|ears|earing|ore)\s+"
             r"(?:all\s+)?(?:of\s+)?(?:the\s+)?hallmarks?\s+of"
             r"|suspicion\s+(?:has\s+|have\s+|immediately\s+|quickly\s+|soon\s+)*"
             r"f(?:ell|allen)\s+on)\s+",
             needs="work hallmark hallmarks suspicion"),
        made("suspected", "right", r"point(?:ed|s|ing)?\s+(?:the\s+|a\s+|an?\s+\w+\s+|his\s+|"
             r"their\s+)?fingers?\s+(?:of\s+(?:blame|suspicion)\s+)?at\s+",
             needs="finger fingers", armed=True),
        made("suspected", "right", r"(?:signs?|evidence|indications?|findings|clues|everything|"
             r"suspicions?|investigations?|intelligence)\s+(?:[\w-]+\s+){0,2}?"
             r"point(?:s|ed|ing)?\s+(?:to|towards?|at)\s+(?!(?:a|an)\b)",
             needs="point points pointed pointing", armed=True),
        made("suspected", "left", rf"(?:was|were|is|are)\s+{probably}\s+"
             r"(?:behind|responsible|to\s+blame)\b",
             needs="behind responsible blame"),
        # "that the X group was the likely perpetrator", "X is the prime suspect"
        made("suspected", "left", r"(?:was|were|is|are|remains?)\s+(?:also\s+)?(?:the|a|an)\s+"
             r"(?:most\s+)?(?:likely|probable|prime|main|chief|leading|obvious|top)\s+(?:perpetrators?|culprits?"
             r"|suspects?)\b", needs="perpetrator perpetrators culprit culprits suspect suspects",
             armed=True),
        made("suspected", "right", r"(?:police|authorities|officials|investigators|detectives"
             r"|they|army|military|prosecutors)\s+suspect(?:s|ed)?\s+"
             r"(?=(?:the\s+)?[^\s]+(?:\s+[^\s,]+){0,4}\s*(?:[.,;]|of\b|were\b|was\b|$))",
             needs="suspect suspects suspected"),
        made("accused", "left", rf"(?:was|were|is|are|had\s+been)\s+(?:to\s+blame|behind"
             rf"|responsible\s+for)\b"
             rf"(?=[^;.]{{0,60}}(?:{deed})|\s*(?:[.,;]|it\b|$))", needs="blame behind responsible"),
        made("accused", "left", rf"(?:had|has|have)\s+(?:planted|placed|carried\s+out|staged)\s+"
             rf"{the_deed}", needs="planted placed carried staged"),
    )  # fmt: skip
