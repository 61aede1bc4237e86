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

RELEVANT = 0.4
TYPE = {"ATTACK": 0.3, "BOMBING": 0.4, "KIDNAPPING": 0.3, "ARSON": 0.35}
CHANCE = {"name": 0.25, "human": 0.35, "phys": 0.3, "perp": 0.3, "org": 0.35, "inst": 0.3}
MOST = {"name": 5, "human": 4, "phys": 4, "perp": 2, "org": 2, "inst": 2}
SPLIT = 4  # most templates of one type
SPLIT_BACK = 2  # sentences back in which a target's town may be told
