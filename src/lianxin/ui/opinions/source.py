"""The list of matters: keys by filter on the worker, states only of the rows that are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lianxin.domain.records import Opinion
from lianxin.office.case_papers.case_file import masked_visitors
from lianxin.office.cases.case import cases_of, state_in
from lianxin.office.cases.states import (
    CaseBook,
    CaseFilter,
    LookStopped,
    case_list,
    latest_matters,
)
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.store.reading import Reading
from lianxin.ui.jobs import Cancel, Stopped
from lianxin.ui.table import Column

COLUMNS = (
    Column("number", "编号", width=108),
    Column("registered", "登记", width=66, drop=2, note="登记日期（月-日）；年份见编号"),
    Column("visitor", "反映人", width=78, sortable=False, drop=3),
    Column("title", "意见摘要", stretch=True, width=140, sortable=False),
    Column("unit", "承办单位", width=102, sortable=False, drop=1, look="soft"),
    Column("due", "期限", width=98, look="badge", note="下一步的最后期限；没有期限的写办理状态"),
)
_DEPUTIES_LABELS = {"registered": "提出", "visitor": "领衔代表", "title": "标题"}
DEPUTIES_COLUMNS = tuple(
    replace(column, title=_DEPUTIES_LABELS.get(column.key, column.title)) for column in COLUMNS
)


class CaseSource:
    """A ListSource over the matters that meet `chosen`, which may be changed before the list is refreshed."""

    def __init__(self, office: Desk, book: CaseBook, *, deputies: bool = False) -> None:
        self._office, self._book = office, book
        self.plain = CaseFilter(deputies=deputies)
        self.chosen = self.plain

    @property
    def columns(self) -> Sequence[Column]:
        """The columns in order."""
        return DEPUTIES_COLUMNS if self.plain.deputies else COLUMNS

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The uids in order; run on the worker of readings."""
        with self._office.store.reading() as reading:
            found = case_list(
                self._office, self._book, reading, self.chosen, words=words, sort=sort, descending=descending
            )
        return found.uids

    def first_keys(self, sort: str, descending: bool, count: int) -> Sequence[str]:
        """The uids the plain list begins with; none when the states of all matters are asked for."""
        if sort or self.chosen != self.plain:
            return ()
        with self._office.store.reading() as reading:
            return latest_matters(reading, count, deputies=self.plain.deputies)

    def counts(self, chosen: CaseFilter, words: str, *, cancel: Cancel = lambda: False) -> Mapping[str, int]:
        """How many matters there are under each state, other filters and words applied; run on the worker.

        Raises Stopped: the first look at a large ledger takes seconds, which a closing window does not wait for.
        """
        try:
            with self._office.store.reading() as reading:
                found = case_list(
                    self._office, self._book, reading, chosen, words=words, counted=True, stop=cancel
                )
        except LookStopped as stopped:
            raise Stopped from stopped
        return found.counts or {}

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these matters; one that was removed meanwhile is a row of blanks."""
        with self._office.store.reading() as reading:
            opinions = list(reading.by_uid(Opinion, list(keys)).values())
            cells = self._cells(reading, opinions)
        return [cells.get(key) or [""] * len(COLUMNS) for key in keys]

    def _cells(self, reading: Reading, opinions: Sequence[Opinion]) -> dict[str, list[str]]:
        today, names = self._office.today(), Names(reading)
        visitors = masked_visitors(reading, opinions)
        states = [(case.opinion, state_in(self._office, case, today)) for case in cases_of(reading, opinions)]
        names.preload("unit", [state.unit for _, state in states])
        return {
            opinion.uid: [
                short_number(opinion.number or ""),
                f"{opinion.registered:%m-%d}",
                visitors.get(opinion.uid, ""),
                opinion.title,
                state.county_unit or names.of("unit", state.unit),
                state.badge or ("已归档" if state.archived else state.label),
            ]
            for opinion, state in states
        }
