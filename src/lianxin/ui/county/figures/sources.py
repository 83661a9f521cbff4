"""Lists of 统计与通报: one figure township by township, differences from signed returns, bulletins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.county.figures.as_reported import AsReported, Difference, shown_total
from lianxin.county.figures.bulletin import Listed
from lianxin.county.figures.town_figures import TownFigures, TownLine
from lianxin.domain.counts import NOTHING, Figure
from lianxin.domain.dates import show_day
from lianxin.domain.periods import BadPeriod, Period
from lianxin.ui.figures.figure_list import amount
from lianxin.ui.table import Column

WHOLE_KEY = "whole"
"""Key of the line of the whole county; it stands first, where it is always seen."""


class TownSource:
    """A ListSource over the townships of one figure; the column of places is there only when asked for."""

    def __init__(
        self, found: TownFigures | None = None, key: str = "opinions", *, ranked: bool = False
    ) -> None:
        self.found, self.key, self.ranked = found, key, ranked
        self._lines: Mapping[str, TownLine] = {}
        self._places: Mapping[str, int | None] = {}
        if found is not None:
            self._lines = {line.town.code: line for line in found.lines}
            self._places = found.places(key) if ranked else {}

    @property
    def columns(self) -> Sequence[Column]:
        """The township, its amount, what a share is made of."""
        found = self.found
        shared = found is not None and found.whole[self.key].whole is not None
        told = found is not None and any(line.told for line in found.lines)
        more = (
            (
                shared,
                Column("parts", "分子／分母", width=110, align="right", sortable=False, look="soft", drop=2),
            ),
            (self.ranked, Column("place", "名次", width=64, align="right", sortable=False)),
            (told, Column("note", "来源", width=72, sortable=False, look="soft", drop=1)),
        )
        return (
            Column("town", "乡镇", stretch=True, sortable=False),
            Column("amount", "本期", width=110, align="right"),
            *(column for wanted, column in more if wanted),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The townships in the register's order, by amount when asked, by place when ranked."""
        codes = [code for code, line in self._lines.items() if words in line.town.name]
        if sort == "amount" or (self.ranked and not sort):
            codes.sort(key=self._order, reverse=descending if sort else True)
        return [*([WHOLE_KEY] if not words and codes else []), *codes]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these townships."""
        return [self._cells(key) for key in keys]

    def figure(self, key: str) -> Figure | None:
        """The figure of a township, or of the county."""
        if self.found is None:
            return None
        line = self._lines.get(key)
        return line.figures[self.key] if line is not None else self.found.whole[self.key]

    def line(self, key: str) -> TownLine | None:
        """One township; None for the county."""
        return self._lines.get(key)

    def _cells(self, key: str) -> list[str]:
        figure, line = self.figure(key), self._lines.get(key)
        if figure is None:
            return [""] * len(self.columns)
        cells = {
            "town": line.town.name if line is not None else "全县",
            "amount": amount(figure),
            "parts": f"{figure.part}／{figure.whole}" if figure.whole else "",
            "place": str(self._places.get(key) or NOTHING) if line is not None else "",
            "note": "代录" if line is not None and line.told else "",
        }
        return [cells[column.key] for column in self.columns]

    def _order(self, code: str) -> tuple[bool, float]:
        value = self._lines[code].figures[self.key].value
        return value is not None, float(value or 0)


class DifferenceSource:
    """A ListSource over what townships signed beside what their records say now; `everything` shows equal ones too."""

    columns: Sequence[Column] = (
        Column("town", "乡镇", width=96, sortable=False),
        Column("figure", "指标", stretch=True, sortable=False),
        Column("then", "定稿", width=84, align="right", sortable=False),
        Column("now", "现数", width=84, align="right", sortable=False),
        Column("change", "增减", width=70, align="right", sortable=False, drop=1),
    )

    def __init__(self, found: AsReported | None = None, *, everything: bool = False) -> None:
        self.found, self.everything = found, everything
        self._other = {f"{each.town.code}:{each.key}": each for each in found.differences} if found else {}

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Township by township in the register's order, figures in the order of the return."""
        return [key for key, cells in self._all() if not words or words in cells[0] + cells[1]]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these lines."""
        known = dict(self._all())
        return [known.get(key, ("",) * len(self.columns)) for key in keys]

    def difference(self, key: str) -> Difference | None:
        """What differs in this line; None where nothing does."""
        return self._other.get(key)

    def _all(self) -> list[tuple[str, Sequence[str]]]:
        if self.found is None:
            return []
        return [
            (f"{line.town.code}:{key}", self._cells(line, key, then))
            for line in self.found.current.lines
            if (told := self.found.reported.get(line.town.code)) is not None
            for key, then in ((each.key, told.totals.get(each.key)) for each in line.figures.columns())
            if key in told.totals and (self.everything or f"{line.town.code}:{key}" in self._other)
        ]

    def _cells(self, line: TownLine, key: str, then: int | str | None) -> Sequence[str]:
        figure = line.figures[key]
        other = self._other.get(f"{line.town.code}:{key}")
        change = other.change if other is not None else ""
        return (line.town.name, figure.label, shown_total(then), figure.shown, change)


class BulletinSource:
    """A ListSource over the bulletins, the latest first."""

    columns: Sequence[Column] = (
        Column("number", "期号", width=176, sortable=False),
        Column("period", "统计期", stretch=True, sortable=False),
        Column("day", "日期", width=128, sortable=False, drop=1),
    )

    def __init__(self, listed: Sequence[Listed] = ()) -> None:
        self._listed = {each.record.uid: each for each in listed}

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Those whose title or number holds the words."""
        return [uid for uid, each in self._listed.items() if words in each.record.title + each.number]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these bulletins."""
        return [self._cells(self._listed.get(key)) for key in keys]

    def listed(self, uid: str) -> Listed | None:
        """One bulletin."""
        return self._listed.get(uid)

    def _cells(self, each: Listed | None) -> Sequence[str]:
        if each is None:
            return ("",) * len(self.columns)
        try:
            period = Period.parse(each.record.period).label
        except BadPeriod:
            period = each.record.period
        return (each.number or "没有编号", period, show_day(each.record.day))
