"""Words like those of a deed that are none: nouns, victims, and those who stopped the one."""

from __future__ import annotations

import re

from dateline.reading.prepared import Sentence

_ADJECTIVAL = re.compile(r"^(?:attacks|murders|massacres)$", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"^(?:killed|shot|wounded|injured|murdered|abducted|kidnapped|attacked|executed|beheaded|"
    r"massacred|tortured|raped|assassinated|seized|shot dead|gunned down|fatally shot|ambushed|"
    r"stabbed|struck|slaughtered|shot and killed|shot and wounded|burned alive)$",
    re.IGNORECASE,
)
_AFTER_PARTICIPLE = re.compile(
    r"\s*(?:$|[,.;:)\]]|(?:by|in|on|at|during|when|while|near|after|before|last|this|since|lived|"
    r"were|was|is|are|had|have|has|and|or|yesterday|today|earlier|overnight)\b)",
    re.IGNORECASE,
)
_FILMED = re.compile(r"\b(?:videos?|photos?|films?|footage|images?|pictures?|clips?)\b[^.]*$", re.I)
_WANTED = re.compile(
    r"\b(?:gunm[ae]n|attackers?|shooters?|assailants?|killers?|bombers?|suspects?|hijackers?|"
    r"sharpshooters?|snipers?|knifem[ae]n|terrorists?|robbers?|kidnappers?|drivers?|militants?|"
    r"insurgents?|assassins?)\b",
    re.IGNORECASE,
)
_FORCE = re.compile(r"polic|officer|guard|troop|marine|forces|commando|soldier", re.IGNORECASE)
# "Islamists linked to the Paris attackers killed 32": the attackers are others.
_LINKED = re.compile(
    r"\b(?:(?:linked|tied|connected|related|sympathetic|similar|ties|links) to|links with"
    r"|inspired by)\s+(?:the\s+)?(?:[\w'’-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
_NO_KILLER = re.compile(
    r"\s*['’\"”]?\s*(?:bees?|whales?|robots?|apps?|blow|instinct|heat|cells?|virus|storm|dog|queen|"
    r"clown|looks?|serve|pass|deal)\b",
    re.IGNORECASE,
)


# "They are assassins", "he offered himself as a suicide bomber", "whether there were other gunmen"
_NO_DOER = re.compile(
    r"[\"“‘]\Z"
    r"|[\"“'‘]\s*(?:they|these|those|he|she)\s+(?:are|is|were|was)\s+(?:\w+\s+){0,2}\Z"
    r"|\b(?:himself|herself|themselves)\s+as\s+an?\s+(?:\w+\s+)?\Z"
    r"|\b(?:become|becoming|be)\s+an?\s+(?:\w+\s+)?\Z"
    r"|\bwhether\b[^.;]{0,60}\b(?:there\s+(?:was|were|are|is)|any)\s+(?:\w+\s+){0,2}\Z",
    re.IGNORECASE,
)


def is_no_deed(sentence: Sentence, m: re.Match[str], rule: str) -> bool:
    """Whether the words are of something else, or of those who stopped a perpetrator."""
    text, head = sentence.text, m["head"].lower()
    if head.startswith("killer") and _NO_KILLER.match(text, m.end("head")):
        return True
    if _LINKED.search(text[: m.start("head")][-60:]):
        return True
    if rule == "named" and _NO_DOER.search(text[: m.start("head")][-120:]):
        return True
    verb = m.groupdict().get("verb") or ""
    if rule in ("active", "bare"):
        if _ADJECTIVAL.match(verb):
            return True  # "terrorist attacks"
        if (
            _PARTICIPLE.match(" ".join(verb.split()))
            and text[m.end("head") : m.start("verb")].strip() == ""
            and _AFTER_PARTICIPLE.match(text, m.end())
        ):
            return True  # "a soldier killed by a bomber", "the two rebels killed"
    if rule == "passive" and _FILMED.search(text[: m.start()][-60:]):
        return True  # "the video, shot by a worker"
    if rule in ("active", "bare", "passive") and _FORCE.search(head):
        # "The gunman was shot by police": those who stopped him did not do it.
        other = text[m.end() : m.end() + 60] if rule != "passive" else text[: m.start() + 1][-220:]
        return _WANTED.search(other) is not None
    return False


_LONE = re.compile(
    r"(?:gunman|attacker|shooter|assailant|killer|bomber|suspect|knifeman|sniper|driver)\Z",
    re.IGNORECASE,
)
_CROWD = re.compile(
    r"\b(?:protest\w*|demonstrat\w*|marchers?|rioters?|crowds?|civilians?|unarmed|students?"
    r"|villagers?|worshippers?|bystanders?|passers-by|motorists?|strikers?|prisoners?|inmates?)\b",
    re.IGNORECASE,
)


def is_lone(head: str) -> bool:
    """Whether a noun is of one attacker whom nobody else stands for."""
    return _LONE.match(head) is not None


def is_against_a_crowd(text: str) -> bool:
    """Whether a sentence tells of people whom a force may have turned on."""
    return _CROWD.search(text) is not None
