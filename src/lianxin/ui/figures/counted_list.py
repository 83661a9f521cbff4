"""The records a figure counts, of whatever kind: number, day, and what each is."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record, kind_named
from lianxin.domain.records import (
    Activity,
    Contact,
    Deed,
    Evaluation,
    Meeting,
    Opinion,
    PublicityPiece,
    ReceptionDay,
    Reply,
    Rota,
    Supervision,
    YearReport,
)
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.store.reading import Reading
from lianxin.ui.record_list import EmptyWords, RecordList
from lianxin.ui.table import Column


class CountedSource:
    """A ListSource over given records of one kind."""

    def __init__(self, office: Desk, kind: str = "", uids: Sequence[str] = ()) -> None:
        self._office, self.kind, self._uids = office, kind, tuple(uids)

    @property
    def columns(self) -> Sequence[Column]:
        """The same for every kind."""
        return (
            Column("number", "编号", width=130, sortable=False, drop=2),
            Column("day", "日期", width=140, sortable=False),
            Column("what", "内容", stretch=True, sortable=False),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """The records as given, each once."""
        return list(dict.fromkeys(self._uids))

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these records; one removed meanwhile is a row of blanks."""
        with self._office.store.reading() as reading:
            found = reading.by_uid(kind_named(self.kind), list(keys))
            names = Names(reading)
            return [_cells(reading, names, found.get(key)) for key in keys]


class CountedList(RecordList):
    """The list; `show_counted` shows the records of another figure."""

    def __init__(self, office: Desk) -> None:
        self._office = office
        self.counted_source = CountedSource(office)
        super().__init__(
            self.counted_source, name="它数的记录", with_filter=False, framed=False,
            empty=EmptyWords("没有记录", "这个数是零，或者没有可以数的记录。"),
        )  # fmt: skip

    def show_counted(self, kind: str, uids: Sequence[str]) -> None:
        """Show these records."""
        self.counted_source = CountedSource(self._office, kind, uids)
        self.set_source(self.counted_source)


def _cells(reading: Reading, names: Names, record: Record | None) -> Sequence[str]:
    match record:
        case None:
            return ("", "", "")
        case Contact():
            return (short_number(record.number or ""), show_day(record.day), " ".join(record.words.split()))
        case Opinion():
            return (short_number(record.number or ""), show_day(record.registered), record.title)
        case ReceptionDay():
            place = names.of("station", record.station)
            return (
                short_number(record.number or ""),
                show_day(record.day),
                f"{place}　{record.shown('state')}",
            )
        case Rota():
            day = reading.get(ReceptionDay, record.reception_day)
            told = f"{names.of('person', record.person)}　{record.shown('attendance')}"
            return ("", show_day(day.day) if day else "", told)
        case Supervision():
            told = f"{record.shown('means')}　{names.of('opinion', record.opinion)}"
            return (short_number(record.number or ""), show_day(record.day), told)
        case Reply():
            told = f"{names.of('opinion', record.opinion)}　{record.promise or record.words or ''}".strip()
            return (record.document or "", show_day(record.day), told)
        case Deed():
            return (short_number(record.number or ""), show_day(record.day), " ".join(record.what.split()))
        case Activity():
            told = f"{record.shown('activity_type')}　{record.topic}"
            return (short_number(record.number or ""), show_day(record.day), told)
        case Meeting() | Evaluation():
            return (short_number(record.number or ""), show_day(record.day), record.name)
        case PublicityPiece():
            return (record.issue or "", show_day(record.day) if record.day else "", record.title)
        case YearReport():
            told = f"{names.of('person', record.person)}　{record.shown('level')}　{record.shown('mode')}述职"
            return ("", show_day(record.submitted) if record.submitted else "", told)
    return ("", "", names.title(record))
