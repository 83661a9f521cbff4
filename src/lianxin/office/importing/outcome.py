"""What became of each ledger row, and what a ledger is before it is taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lianxin.domain.dictionary import kind_named
from lianxin.ledgers.rows import LedgerRow, Problem, Reading
from lianxin.store.errors import StoreProblem

Outcome = Literal["new", "same", "changed", "refused"]
Progress = Callable[[int, int, str], None]
"""Told how many rows are done, of how many, and what is being done."""
Cancel = Callable[[], bool]
"""Asked before every row: True when the person wants it to stop."""
_GIST = ("day", "date", "name", "visitors", "title", "words")


class ImportStopped(Exception):
    """The import was stopped half way, and what it had stored was taken back."""

    message = "已停止，这次导入已经整个撤回，原有数据没有变化。"


class ImportUnfinished(StoreProblem):
    """The import broke off: what it stored stays, and the same file imported again goes on from there."""

    code = "D143"

    def __init__(self, batch: str, done: int, total: int, why: str) -> None:
        self.batch, self.done, self.total = batch, done, total
        super().__init__(
            f"导入做到第{done}行（共{total}行）时中断：{why.rstrip('。')}。前面的行已经存好。"
            f"把同一个文件再导入一次会接着做完，也可以撤销导入 {batch}。"
        )


def silent(done: int, total: int, words: str) -> None:
    """Nobody watches."""


def never() -> bool:
    """Nobody stops it."""
    return False


@dataclass(frozen=True)
class RowOutcome:
    """One data row: what it became, and what was asked or wrong about its cells."""

    sheet: str
    row: int
    outcome: Outcome
    uids: tuple[str, ...]
    problems: tuple[Problem, ...]
    readings: tuple[Reading, ...]
    cells: Mapping[str, str] = field(default_factory=dict)
    gist: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether a cell was wrong or had to be understood rather than copied."""
        return bool(self.problems or self.readings)


def gist_of(row: LedgerRow) -> str:
    """The few words by which a person knows a row again; a ledger of few known columns shows its first cells."""
    said = [row.values[name] for name in _GIST if row.values.get(name)]
    return "　".join(said or list(row.cells.values())[:4])


def label_of(kind: str) -> str:
    """What people call a kind of ledger."""
    return {"contact": "接待群众台账", "deputies": "代表花名册", "tally": "述职评议汇总"}.get(
        kind
    ) or kind_named(kind).LABEL
