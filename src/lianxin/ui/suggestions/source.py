"""The list of suggestions: the words all titles share left out, those supervised in particular marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lianxin.domain.records import Opinion, Suggestion
from lianxin.store.reading import Reading
from lianxin.ui.opinions.source import DEPUTIES_COLUMNS, CaseSource
from lianxin.ui.table import Column

_WIDTHS = {"due": 112, "unit": 112, "visitor": 66, "registered": 58}
_COLUMNS = tuple(replace(column, width=_WIDTHS.get(column.key, column.width)) for column in DEPUTIES_COLUMNS)
_TITLE = next(place for place, column in enumerate(_COLUMNS) if column.key == "title")
_ENDS = ("的建议", "的议案", "的质询案", "的意见", "的批评")


class SuggestionSource(CaseSource):
    """A ListSource over suggestions and bills."""

    @property
    def columns(self) -> Sequence[Column]:
        return _COLUMNS

    def _cells(self, reading: Reading, opinions: Sequence[Opinion]) -> dict[str, list[str]]:
        cells = super()._cells(reading, opinions)
        beside = reading.children(Suggestion, "opinion", [each.uid for each in opinions])
        key = {each.opinion for each in beside if each.key_matter}
        for uid, row in cells.items():
            row[_TITLE] = ("【重点】" if uid in key else "") + short_title(row[_TITLE])
        return cells


def short_title(title: str) -> str:
    """关于修复饮水管道的建议 → 修复饮水管道: in a narrow column every title would begin and end alike."""
    end = next((each for each in _ENDS if title.endswith(each)), "")
    inner = title.removeprefix("关于").removesuffix(end)
    return inner if title.startswith("关于") and end and inner else title
