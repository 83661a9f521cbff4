"""The county's roster and its questions as lists."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.county.deputies import CountyDeputies, Decided, DeputyRow, Question, narrowed
from lianxin.domain.codes import SAME_PERSON
from lianxin.domain.dates import show_day_numeric
from lianxin.ui.table import Column

EMPTY = CountyDeputies((), (), (), {})


class DeputySource:
    """A ListSource over the mandates of the whole county; `level` and `code` narrow it ("" for all)."""

    def __init__(self, told: CountyDeputies = EMPTY, *, level: str = "", code: str = "") -> None:
        self._told, self._level, self._code = told, level, code
        self._rows = {row.uid: row for row in told.rows}

    @property
    def columns(self) -> Sequence[Column]:
        """Who, at which level, told by whom, from where."""
        return (
            Column("level", "层级", width=76, sortable=False),
            Column("name", "姓名", width=84, sortable=False),
            Column("town", "报送单位", width=92, sortable=False),
            Column("work", "工作单位及职务", width=130, stretch=True, sortable=False),
            Column("phone", "联系电话", width=118, sortable=False, drop=2),
            Column("also", "其他层级", width=84, sortable=False, drop=1),
            Column("state", "状态", width=92, sortable=False, look="badge"),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """By level, then township."""
        return [row.uid for row in self.shown(words)]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these mandates."""
        return [self._cells(self._rows[key]) for key in keys]

    def shown(self, words: str = "") -> list[DeputyRow]:
        """The rows that are listed."""
        return narrowed(self._told.rows, level=self._level, code=self._code, words=words)

    def row(self, key: str) -> DeputyRow | None:
        """One mandate."""
        return self._rows.get(key)

    def _cells(self, row: DeputyRow) -> Sequence[str]:
        state = "待核对（两地任职）" if row.person in self._told.hints else row.state
        return (row.level_label, row.name, row.town, row.work, row.phone, row.also, state)


class QuestionSource:
    """A ListSource over who may be one person, and over what was decided."""

    def __init__(self, told: CountyDeputies = EMPTY) -> None:
        self._open = {f"{each.likely.one} {each.likely.other}": each for each in told.questions}
        self._decided = {each.record.uid: each for each in told.decided}

    @property
    def columns(self) -> Sequence[Column]:
        """Both, why, what was decided."""
        return (
            Column("one", "其一", width=150, stretch=True, sortable=False),
            Column("other", "其二", width=150, stretch=True, sortable=False),
            Column("reasons", "依据", width=180, sortable=False, look="soft", drop=1),
            Column("verdict", "认定", width=120, sortable=False, look="badge"),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """Open ones first, the surest in front."""
        found = [key for key, each in self._open.items() if not words or words in each.one + each.other]
        return found + [
            key for key, each in self._decided.items() if not words or words in each.one + each.other
        ]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these pairs."""
        return [self._cells(key) for key in keys]

    def question(self, key: str) -> Question | None:
        """An open one."""
        return self._open.get(key)

    def decided(self, key: str) -> Decided | None:
        """One that was decided."""
        return self._decided.get(key)

    def _cells(self, key: str) -> Sequence[str]:
        question = self._open.get(key)
        if question is not None:
            reasons = "、".join((*question.likely.reasons, *question.likely.against))
            return (question.one, question.other, reasons, "待确认")
        found = self._decided[key]
        verdict = SAME_PERSON.label_of(found.record.verdict)
        return (
            found.one,
            found.other,
            found.record.reasons or "",
            f"{verdict} {show_day_numeric(found.record.day)}",
        )
