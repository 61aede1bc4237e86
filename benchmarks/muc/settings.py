"""Labels of the template and the thresholds, tuned by cross-validation on dev."""

from __future__ import annotations

LABELS = (
    "MESSAGE: ID", "MESSAGE: TEMPLATE", "INCIDENT: DATE", "INCIDENT: LOCATION",
    "INCIDENT: TYPE", "INCIDENT: STAGE OF EXECUTION", "INCIDENT: INSTRUMENT ID",
    "INCIDENT: INSTRUMENT TYPE", "PERP: INCIDENT CATEGORY", "PERP: INDIVIDUAL ID",
    "PERP: ORGANIZATION ID", "PERP: ORGANIZATION CONFIDENCE", "PHYS TGT: ID",
    "PHYS TGT: TYPE", "PHYS TGT: NUMBER", "PHYS TGT: FOREIGN NATION",
    "PHYS TGT: EFFECT OF INCIDENT", "PHYS TGT: TOTAL NUMBER", "HUM TGT: NAME",
    "HUM TGT: DESCRIPTION", "HUM TGT: TYPE", "HUM TGT: NUMBER", "HUM TGT: FOREIGN NATION",
    "HUM TGT: EFFECT OF INCIDENT", "HUM TGT: TOTAL NUMBER",
)  # fmt: skip

LEAST = 0.25  # the chance of a type from which its incidents are drafted
REAL = 0.35  # the chance from which a drafted incident is told
CHANCE = {
    "name": 0.42, "desc": 0.43, "role": 0.15, "phys": 0.42, "perp": 0.42, "org": 0.4, "inst": 0.4,
}  # fmt: skip
WEAK = 0.2  # a fill less likely than this is not drafted; one of CHANCE makes an incident
TOLD = {"name": 0.24, "desc": 0.24, "phys": 0.24, "perp": 0.24, "org": 0.24, "inst": 0.24}
SET = 0.22  # the credit from which the type, effect, number and so on of a fill is told
MOST = {"name": 10, "desc": 9, "phys": 9, "perp": 4, "org": 4, "inst": 4}
SHARE = {
    "hum_type": 0.6, "hum_effect": 0.6, "phys_type": 0.6, "phys_effect": 0.6, "confidence": 0.6,
}  # fmt: skip
STAGE = 0.6
TOWN, FAR = -1.5, 0.3
PLACE = 0.35  # the chance from which a place is the incident's
TOGETHER = 0.65  # the chance from which two targets are of one incident
SPLIT = 4  # most templates of one type
CATEGORY = 0.35  # the chance from which the category of an incident is told
TITLE = 0.2  # what a description gains that stands before a name with nothing between
NAME = -1.0  # the score from which a span looks like a name of a person
BESIDE = 9  # words within which a title or apposition stands
NATION_WORDS = 3  # words beside a fill that may name its nation
