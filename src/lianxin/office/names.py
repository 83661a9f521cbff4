"""What a reference is called: uid → the name people know it by."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain import dates
from lianxin.domain.dictionary import Record, kind_named
from lianxin.domain.records import (
    Activity,
    ActivityStep,
    AgendaItem,
    AnnualTheme,
    AspectName,
    Attachment,
    Attendance,
    Commitment,
    Contact,
    DeputyGroup,
    District,
    Evaluation,
    FinalSheet,
    GradeRule,
    HandlingUnit,
    Honour,
    Improvement,
    Mandate,
    Meeting,
    Office,
    Opinion,
    Person,
    Plan,
    PlanItem,
    Publication,
    ReceptionDay,
    ReceptionRule,
    Region,
    ReportQuestion,
    ReportSession,
    Rota,
    ScoreBand,
    ScoreClaim,
    ScoreItem,
    ScoreRule,
    Station,
    Term,
    ThemeTask,
    Township,
    Visitor,
    WorkReport,
    YearReport,
)
from lianxin.store.reading import Reading

_TITLE = 30
"""So many characters of words stand for a record that has no name."""


class Names:
    """Names of referred records within one snapshot, each read once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: dict[tuple[str, str], str] = {}

    def of(self, kind: str, uid: str | None) -> str:
        """The name of a record, or an empty text when it is not here."""
        if not uid:
            return ""
        key = (kind, uid)
        if key not in self._known:
            record = self._reading.get(kind_named(kind), uid)
            self._known[key] = "" if record is None else self.title(record)
        return self._known[key]

    def preload(self, kind: str, uids: Sequence[str]) -> None:
        """Reads many names at once, for lists."""
        missing = [uid for uid in set(uids) if uid and (kind, uid) not in self._known]
        for uid, record in self._reading.by_uid(kind_named(kind), missing).items():
            self._known[(kind, uid)] = self.title(record)

    def title(self, record: Record) -> str:
        """How people call this record."""
        match record:
            case Station() | HandlingUnit() | Region() | DeputyGroup() | Office() | Person():
                return record.name
            case Evaluation() | GradeRule() | Township():
                return record.name
            case District():
                return record.name or record.number
            case Term():
                return term_title(record)
            case Mandate():
                return f"{self.of('person', record.person)}（{record.shown('level')}）"
            case ReceptionDay():
                return f"{dates.show_day(record.day)} {self.of('station', record.station)}".strip()
            case Rota():
                return self.of("person", record.person)
            case ReceptionRule():
                return f"{self.of('station', record.station)} {record.shown('recurrence')} {record.days}"
            case Contact():
                return record.number or dates.show_day(record.day)
            case Opinion():
                return record.title
            case Visitor():
                return record.name or ("匿名" if record.anonymous else "")
            case Attachment():
                return record.name or record.caption or record.LABEL
            case ReportSession():
                where = self.of("district", record.district) or record.place or ""
                return f"{dates.show_day(record.day)} {where}".strip()
            case YearReport():
                return f"{self.of('person', record.person)}{record.year}年{record.shown('mode')}述职"
            case WorkReport():
                return f"{record.year}年{record.shown('type')}"
            case Commitment() | Improvement():
                return record.what[:_TITLE]
            case ReportQuestion():
                return record.words[:_TITLE]
            case AspectName():
                return record.name
            case Activity():
                return record.topic
            case Meeting() | AnnualTheme() | Plan():
                return record.name
            case ActivityStep() | PlanItem() | ThemeTask():
                return record.what
            case AgendaItem() | Publication():
                return record.title
            case Attendance():
                return self.of("person", record.person) or record.name or record.LABEL
            case ScoreRule() | ScoreBand():
                return record.name
            case ScoreItem():
                return record.category
            case FinalSheet():
                return f"{record.year}年{record.what} {self.of('person', record.person)}".strip()
            case Honour() | ScoreClaim():
                what = record.shown("type") if isinstance(record, Honour) else record.what
                return f"{self.of('person', record.person)} {what}".strip()
        return self._by_fields(record) or record.LABEL

    def _by_fields(self, record: Record) -> str:
        """What a kind of the registers is found by; else what it belongs to, with its year or day."""
        if record.PARENT == "opinion":
            return ""
        specs = record.fields()
        found_by = [spec.wire for spec in specs if spec.search and spec.wire not in ("remark", "number")]
        for wire in found_by:
            if words := record.shown(wire):
                return words[:_TITLE]
        owner = next((self.shown(record, s.wire) for s in specs if s.required and s.kind.refers), "")
        when = next(
            (record.shown(s.wire) for s in specs if s.required and s.kind.name in ("year", "day")), ""
        )
        return f"{owner} {when}".strip()

    def shown(self, record: Record, wire: str) -> str:
        """A field as people read it, references by name."""
        spec = record.spec(wire)
        if spec.kind.refers:
            value = record.packed().get(wire)
            return self.of(spec.kind.refers, value) if isinstance(value, str) else ""
        return record.shown(wire)


def term_title(term: Term) -> str:
    """第十九届, in Chinese numerals as congresses are called."""
    return f"第{numeral(term.ordinal)}届"


def numeral(number: int) -> str:
    """A small number in Chinese numerals: 6 → 六, 19 → 十九."""
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    head = "" if tens == 1 else digits[tens]
    return f"{head}十{digits[ones] if ones else ''}"


def find_named(reading: Reading, kind: str, text: str) -> str | None:
    """The uid of the record that is called exactly so, ignoring spaces; None when there is none."""
    wanted = text.replace(" ", "").replace("　", "")
    cls = kind_named(kind)
    names = Names(reading)
    for record in reading.all(cls):
        if wanted in (record.uid, names.title(record).replace(" ", "")):
            return record.uid
        number = record.packed().get("number")
        if isinstance(number, str) and number == wanted:
            return record.uid
    return None
