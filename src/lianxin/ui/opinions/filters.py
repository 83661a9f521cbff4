"""What the list of matters is narrowed by: chips of states with their counts, village, category, unit."""

from __future__ import annotations

from lianxin.domain.codes import CATEGORY
from lianxin.domain.records import HandlingUnit, Region
from lianxin.office.cases.states import ALL, AMONG, GROUPS, LATE, CaseFilter
from lianxin.office.desk import Desk
from lianxin.ui.pieces.chip_filter import ChipFilter
from lianxin.ui.pieces.combo import FilterCombo

_LABELS = {ALL: "全部", **{group.key: group.label for group in GROUPS}, LATE: "超期"}
_ALWAYS = {ALL, LATE, *(group.key for group in GROUPS if group.always)}
_ALWAYS_DEPUTIES = _ALWAYS - {"registered"} | {"review", "routed"}


class CaseFilters(ChipFilter):
    """Chips of rare states are there only when needed."""

    def __init__(self, office: Desk, *, deputies: bool = False) -> None:
        self._office, self._deputies = office, deputies
        self.village = FilterCombo("村（社区）", "全部村")
        self.category = FilterCombo("类别", "全部类别")
        self.unit = FilterCombo("承办单位", "全部单位")
        self.category.offer((code.label, code.code) for code in CATEGORY.codes)
        self.among = FilterCombo("件别", "全部件")
        self.among.offer((words, key) for key, (words, _) in AMONG.items())
        boxes = (self.among if deputies else self.village, self.category, self.unit)
        super().__init__("办理状态", _LABELS, always=_ALWAYS_DEPUTIES if deputies else _ALWAYS, boxes=boxes)

    def chosen(self) -> CaseFilter:
        """What is asked for now."""
        return CaseFilter(
            self.code(),
            village=self.village.value(),
            category=self.category.value(),
            unit=self.unit.value(),
            deputies=self._deputies,
            among=self.among.value() if self._deputies else "",
        )

    def category_words(self) -> str:
        """The chosen category as people say it, "" for all."""
        return self.category.currentText() if self.category.value() else ""

    def read_choices(self) -> None:
        """Offer the villages and units that are known now; what was chosen stays chosen."""
        with self._office.store.reading() as reading:
            villages = [(place.name, place.uid) for place in reading.all(Region) if place.level == "village"]
            units = [(unit.name, unit.uid) for unit in reading.all(HandlingUnit)]
        self.village.offer(villages)
        self.unit.offer(units)
