"""The roles, incident types and set fills that the span model tells apart."""

from __future__ import annotations

ROLES = ("perp", "org", "phys", "name", "desc", "inst", "place", "date")
SLOT = {"perp": 9, "org": 10, "phys": 12, "name": 18, "desc": 19, "inst": 6}
TYPES = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY", "FORCED WORK STOPPAGE")
CLASSES: dict[str, tuple[str, ...]] = {
    "hum_effect": ("-", "DEATH", "INJURY", "NO INJURY OR DEATH", "NO INJURY", "REGAINED FREEDOM"),
    "phys_effect": ("-", "SOME DAMAGE", "DESTROYED", "NO DAMAGE"),
    "confidence": (
        "REPORTED AS FACT", "SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES",
        "CLAIMED OR ADMITTED", "POSSIBLE",
    ),
    "hum_type": (
        "CIVILIAN", "POLITICAL FIGURE", "GOVERNMENT OFFICIAL", "LAW ENFORCEMENT",
        "LEGAL OR JUDICIAL", "ACTIVE MILITARY", "SECURITY GUARD", "FORMER GOVERNMENT OFFICIAL",
        "DIPLOMAT", "FORMER ACTIVE MILITARY",
    ),
    "phys_type": (
        "COMMERCIAL", "OTHER", "TRANSPORT VEHICLE", "ENERGY", "GOVERNMENT OFFICE OR RESIDENCE",
        "ORGANIZATION OFFICE", "COMMUNICATIONS", "FINANCIAL", "CIVILIAN RESIDENCE",
        "DIPLOMAT OFFICE OR RESIDENCE", "TRANSPORTATION ROUTE",
        "POLITICAL FIGURE OFFICE OR RESIDENCE", "LAW ENFORCEMENT FACILITY",
    ),
    "inst_type": (
        "BOMB", "GUN", "EXPLOSIVE", "DYNAMITE", "VEHICLE BOMB", "MACHINE GUN", "GRENADE", "MORTAR",
        "RIFLE", "ROCKET", "FIRE", "MINE", "HANDGUN", "MOLOTOV COCKTAIL", "CUTTING DEVICE",
        "AERIAL BOMB", "MISSILE", "PROJECTILE", "STONE", "TORTURE",
    ),
    "stage": ("ACCOMPLISHED", "THREATENED", "ATTEMPTED"),
}  # fmt: skip
WIDTHS = {"roles": len(ROLES), "types": len(TYPES)} | {
    name: len(classes) for name, classes in CLASSES.items()
}
"""The outputs of a span, in order."""
ABOUT = (*TYPES, "ANY")
"""What a message may tell of."""
PAIR = 32
"""Numbers that place a fill among the incidents of its message: fills of one are near."""
