"""What score_muc.py would credit the parts of a drafted template with, one by one."""

from __future__ import annotations

from benchmarks.muc.classes import SLOT
from benchmarks.muc.drafts import every_fill

TARGET = {"hum_type": 20, "hum_effect": 23, "phys_type": 13, "phys_effect": 16, "confidence": 11}
"""Table -> number of the slot that tells it."""
NUMBERS = {"name": 21, "desc": 21, "phys": 14}
NATIONS = {"name": 22, "desc": 22, "phys": 15}


def slot_of(table: str, role: str) -> int:
    if table == "number":
        return NUMBERS[role]
    return NATIONS[role] if table == "nation" else TARGET[table]


class Credit:
    """The credit of the parts of one draft by the key it is aligned with, if any.

    A fill of the key is credited once: of two strings that both have it, as "SENATOR" and "LIBERAL
    PARTY CANDIDATE" of one man, the less likely is worth what it adds to the other.
    """

    def __init__(self, scorer, key, told) -> None:
        self.scorer = scorer
        self.key = key
        self.fills = every_fill(told)
        self._claimed: dict[tuple[int, int], int] = {}
        for slot, fill in self.fills:
            if slot == "name" and fill.extra:
                self._graded("desc", fill.extra)
        self.grades = [self._graded(slot, fill.text) for slot, fill in self.fills]
        named = [names for _, names in self.grades]
        self._taken = set().union(*named) if named else set()
        self._loose = sum(not one for one in named)

    def _graded(self, role: str, text: str):
        """What a string adds to those before it, and the names of the key's fill that has it."""
        slot = SLOT[role]
        most, at, names = 0, None, set()
        for n, fill in enumerate(self.key.fillers[slot] if self.key else ()):
            grade = max(
                self.scorer.grade_string(slot, text, value, False) for value, _ in fill.options
            )
            adds = grade - self._claimed.get((slot, n), 0)
            if adds > most:
                most, at = adds, n
                names = {self.scorer.essential(value) for value, _ in fill.options}
        if at is not None:
            self._claimed[slot, at] = self._claimed.get((slot, at), 0) + most
        return most, names

    def of_fill(self, n: int) -> float:
        return self.grades[n][0] / 2

    def of_option(self, n: int, table: str, label: str) -> float:
        """A part that quotes a wrong string is partly right where no other string claims it."""
        if self.key is None:
            return 0.0
        number = slot_of(table, self.fills[n][0])
        slot, own = self.scorer.SLOTS[number], self.grades[n][1]
        fits, best, free = False, 0, 0
        for fill in self.key.fillers[number]:
            grade = self.scorer.grade_value(slot, label, fill, False)
            names = {self.scorer.essential(tag) for _, tags in fill.options for tag in tags}
            if own & names:
                fits, best = True, max(best, grade)
            elif grade and not names & self._taken:
                free += 1
        if fits or not free:
            return best / 2
        return 0.5 * min(1.0, free / max(1, self._loose if not own else 1))
