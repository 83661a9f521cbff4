"""The files of this batch, and those received before, as lists: who, which issue, verdict, what came, next act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.county.received.files_told import SHORT, FileTold, logged_files
from lianxin.domain.dates import show_day_numeric
from lianxin.domain.records import ReceivedFile as LoggedFile
from lianxin.office.desk import Desk
from lianxin.office.lists.listing import found_uids
from lianxin.store.reading import Order
from lianxin.ui.pieces import ChipFilter
from lianxin.ui.table import Column

ALL = "all"
LABELS: Mapping[str, str] = {
    ALL: "全部",
    **{code: SHORT[code] for code in ("accept", "noop", "conflict", "hold", "quarantine", "reject")},
}
_VERDICT = Column("verdict", "结论", width=152, sortable=False, look="badge")


class VerdictFilter(ChipFilter):
    """Chips by verdict with their counts; those nothing falls under are left out."""

    def __init__(self) -> None:
        super().__init__("结论", LABELS, always=(ALL, "accept", "reject"), boxes=())


class BatchSource:
    """A ListSource over the files of one batch; `kept` is the verdict that is asked for."""

    def __init__(self, files: Sequence[FileTold] = (), year: int = 0) -> None:
        self._year = year
        self._files = {each.key: each for each in files}
        self.kept = ALL

    @property
    def columns(self) -> Sequence[Column]:
        """Township, issue, verdict, counts, next act."""
        return (
            Column("town", "乡镇", width=100, sortable=False),
            Column("issue", "期次", width=104, sortable=False),
            _VERDICT,
            Column("brought", "内容", width=156, sortable=False, drop=2),
            Column("act", "下一步", width=146, stretch=True, sortable=False, look="soft", drop=1),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The files with the verdict asked for that hold the words, in their own order."""
        return [
            key
            for key, each in self._files.items()
            if self.kept in (ALL, each.verdict) and (not words or words in _text(each))
        ]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these files."""
        found = [self._files[key] for key in keys]
        return [(each.who, each.issue_in(self._year), each.short, each.brought, each.act) for each in found]

    def file(self, key: str) -> FileTold | None:
        """One file."""
        return self._files.get(key)

    def counts(self) -> dict[str, int]:
        """How many files each chip keeps."""
        found = dict.fromkeys(LABELS, 0)
        for each in self._files.values():
            found[each.verdict] = found.get(each.verdict, 0) + 1
        return {**found, ALL: len(self._files)}


class HistorySource:
    """A ListSource over the local log of received files, latest first."""

    def __init__(self, office: Desk) -> None:
        self._office = office

    @property
    def columns(self) -> Sequence[Column]:
        """Day, township, issue, verdict as it stands now, counts."""
        return (
            Column("day", "日期", width=108, sortable=False),
            Column("town", "乡镇", width=112, sortable=False),
            Column("issue", "期次", width=150, sortable=False),
            _VERDICT,
            Column("brought", "内容", width=150, stretch=True, sortable=False, drop=1),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The lines of the log that hold the words."""
        with self._office.store.reading() as reading:
            uids = reading.keys(LoggedFile, order=Order(descending=True))
            found = set(found_uids(reading, LoggedFile, words)) if words else None
        return [uid for uid in uids if found is None or uid in found]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these lines."""
        found = logged_files(self._office, list(keys))
        return [_past(found[key]) if key in found else ("",) * len(self.columns) for key in keys]


def _past(told: FileTold) -> Sequence[str]:
    day = show_day_numeric(told.day) if told.day else ""
    return (day, told.who, told.issue, told.short, told.brought)


def _text(told: FileTold) -> str:
    return " ".join((told.who, told.issue, told.short, told.file_name, told.check_code, told.message))
