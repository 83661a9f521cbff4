"""The list of a year's files: one line a deputy of the level, with what each section counts."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.scoring.performance import FileRow
from lianxin.office.desk import Desk
from lianxin.office.scoring.performance_file import FileLine, files_of_year
from lianxin.ui.table import Column

_COUNTED = (
    ("meetings", "会议", "到会 / 应到"),
    ("inspection", "视察调研", "参加 / 应到"),
    ("training", "培训", "参加 / 应到"),
    ("group", "小组活动", "参加 / 应到"),
    ("suggestions", "建议", "领衔、附议和反映的意见"),
    ("contacts", "联系群众", "接待日、接待走访、办实事的记录"),
)
_ATTENDED = frozenset({"meetings", "inspection", "training", "group"})
COLUMNS = (
    Column("name", "姓名", 84),
    Column("district", "选区", 84, drop=8),
    *(
        Column(key, title, 40, align="right", note=note, drop=rank, sortable=False)
        for rank, (key, title, note) in enumerate(_COUNTED, 1)
    ),
    Column("final", "定稿", 96, look="soft", sortable=False, stretch=True),
)


class FilesSource:
    """A ListSource over the files of `level` and `year`, which may be changed before the list is refreshed."""

    def __init__(self, office: Desk, level: str, year: int) -> None:
        self._office = office
        self.level, self.year = level, year
        self._lines: dict[str, FileLine] = {}

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in order."""
        return COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The mandates in order."""
        lines = [
            line
            for line in files_of_year(self._office, self.level, self.year)
            if words in line.shown.file.name or words in line.district
        ]
        self._lines = {line.mandate: line for line in lines}
        if sort:
            lines.sort(key=lambda line: _order(line, sort), reverse=descending)
        return [line.mandate for line in lines]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these mandates."""
        return [_cells(self._lines.get(key)) for key in keys]

    def line(self, mandate: str) -> FileLine | None:
        """The line as it was read last."""
        return self._lines.get(mandate)

    def mandate_of(self, person: str) -> str:
        """The mandate of a person in this list, "" when there is none."""
        return next((line.mandate for line in self._lines.values() if line.person == person), "")


def _order(line: FileLine, sort: str) -> str:
    return line.shown.file.name if sort == "name" else line.district


def _cells(line: FileLine | None) -> list[str]:
    if line is None:
        return [""] * len(COLUMNS)
    file = line.shown.file
    counts = [_counted(file.section(key).rows, attended=key in _ATTENDED) for key, _, _ in _COUNTED]
    return [file.name, line.district, *counts, final_words(line)]


def _counted(rows: Sequence[FileRow], *, attended: bool) -> str:
    if not attended:
        return str(len(rows)) if rows else "—"
    there = sum(row.result.startswith("出席") for row in rows)
    return f"{there}/{len(rows)}" if rows else "—"


def final_words(line: FileLine) -> str:
    """已定稿, 定稿后有变化, 未定稿."""
    if not line.shown.finals:
        return "未定稿"
    return "定稿后有变化" if line.shown.differs else "已定稿"
