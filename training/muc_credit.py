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
    """The credit of the parts of one draft by the key it is aligned with, if any."""

    def __init__(self, scorer, key, told) -> None:
        self.scorer = scorer
        self.key = key
        self.fills = every_fill(told)
        self.grades = [self._graded(slot, fill.text) for slot, fill in self.fills]
        named = [names for _, names in self.grades]
        self._taken = set().union(*named) if named else set()
        self._loose = sum(not one for one in named)

    def _graded(self, slot: str, text: str):
        """The best grade of a string, and the names of the key's fill that has it."""
        best, names = 0, set()
        for fill in self.key.fillers[SLOT[slot]] if self.key else ():
            grade = max(
                self.scorer.grade_string(SLOT[slot], text, value, False)
                for value, _ in fill.options
            )
            if grade > best:
                best = grade
                names = {self.scorer.essential(value) for value, _ in fill.options}
        return best, names

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
