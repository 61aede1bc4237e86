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

TYPE = {"ATTACK": 0.35, "BOMBING": 0.35, "KIDNAPPING": 0.35, "ARSON": 0.35, "ROBBERY": 0.35}
CHANCE = {
    "name": 0.34, "desc": 0.35, "role": 0.15, "phys": 0.34, "perp": 0.34, "org": 0.32, "inst": 0.32,
}  # fmt: skip
MOST = {"name": 8, "desc": 7, "phys": 7, "perp": 3, "org": 2, "inst": 3}
SHARE = {
    "hum_type": 0.6, "hum_effect": 0.6, "phys_type": 0.6, "phys_effect": 0.6, "confidence": 0.6,
}  # fmt: skip
NO_EFFECT = 0.6
STAGE = 0.6
TOWN, WIDE, PART, FAR = -1.5, -1.0, -1.0, 0.3
DAY = -0.5
TOGETHER = 0.65  # the chance from which two targets are of one incident
SPLIT = 4  # most templates of one type
