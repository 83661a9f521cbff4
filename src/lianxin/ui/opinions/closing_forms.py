"""The sheets around handing over and ending: 主席审阅 before, 归档 and 取消归档 after; 批量归档 of what is marked."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain import codes
from lianxin.domain.dates import show_day
from lianxin.domain.dictionary import Record
from lianxin.domain.records import ArchiveOpening, Archiving, ChairReview, Opinion
from lianxin.office.case_papers.case_file import CaseFile, chair_of
from lianxin.office.cases import steps
from lianxin.office.cases.archive import archive, archive_many, open_archive, propose_number
from lianxin.office.desk import Desk
from lianxin.store.writing import Change
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.opinions.batch_forms import BatchForm, Run
from lianxin.ui.opinions.further_forms import Sheet, StepSheet, subject_of
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import label

_KEPT = [(each.code, each.label) for each in codes.RETENTION.codes]


def chair_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """主席审阅: what the chair wrote on the paper."""
    why = "、".join(
        word
        for word, yes in (("集体反映", file.opinion.group), ("涉密敏感", file.opinion.confidential))
        if yes
    )
    intended = f"，拟交{file.intended_unit}办理" if file.intended_unit else ""
    sheet = Sheet(
        heading="主席审阅",
        cls=ChairReview,
        choice=("verdict", "审阅意见", codes.CHAIR_VERDICT),
        chosen="agreed",
        wires=["words", ("date", "by")],
        start={"date": office.today().isoformat(), "by": chair_of(office)},
        note=f"{why}的事项交办前由主席审阅{intended}。",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, ChairReview)
        return steps.chair_review(
            office, opinion=record.opinion, day=record.day, verdict=record.verdict, words=record.words,
            by=record.by, draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已登记主席审阅意见")
    return form


def open_archive_sheet(office: Desk, lookup: Lookup, file: CaseFile) -> ActForm:
    """取消归档: why the matter is taken out again."""
    since = file.state.archived
    sheet = Sheet(
        heading="取消归档",
        cls=ArchiveOpening,
        wires=["reason", "date", "by"],
        start={"date": office.today().isoformat()},
        note=f"{show_day(since)}归档，档号{file.state.archive_number}。取消后可以更正、继续办理，改完再归档。"
        if since
        else "",
    )

    def store(record: Record) -> tuple[Change, ...]:
        assert isinstance(record, ArchiveOpening)
        return open_archive(
            office, opinion=record.opinion, day=record.day, reason=record.reason, by=record.by,
            draft_key=form.key,
        )  # fmt: skip

    form = StepSheet(office, lookup, file, sheet, store=store, told="已取消归档")
    return form


class ArchiveForm(ActForm):
    """归档: how long it is kept, and the 档号 that follows from it until the clerk writes another."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile) -> None:
        super().__init__("归档", subject_of(file), kind=Archiving.KIND, key=f"archive-{file.opinion.uid}")
        self._office, self._file, self._proposed = office, file, ""
        self.kept = ChoiceRow("retention", "保管期限", _KEPT)
        self.form = _archive_fields(office, lookup)
        self.add(
            label(
                "归档后不能再改；要改先取消归档，写明理由。档号开头的全宗号由县档案馆给，填过一次以后自动沿用。",
                "soft",
                wrap=True,
            )
        )
        for part in (self.kept, self.form):
            self.add_part(part)
        self.finish_parts()

    def start(self) -> None:
        proposal = propose_number(self._office, self._file.opinion)
        self.kept.set_value(proposal.retention)
        self._proposed = proposal.number
        self.form.set_typed({"number": proposal.number, "date": self._office.today().isoformat()})

    def arrange(self) -> None:
        if self.form.value("number") in ("", self._proposed):
            self._proposed = propose_number(
                self._office, self._file.opinion, retention=self.kept.value()
            ).number
            self.form.set_typed({"number": self._proposed})

    def save(self) -> Done | None:
        also = {"opinion": self._file.opinion.uid, "retention": self.kept.value()}
        read = self.form.read("", also=also) if self.kept.check() else None
        if read is None:
            return None
        changes = archive(
            self._office, opinion=read.opinion, day=read.day, number=read.number, retention=read.retention,
            by=read.by, draft_key=self.key,
        )  # fmt: skip
        return Done(f"{self._file.number} 已归档，档号 {read.number}", changes)


class BatchArchiveForm(BatchForm):
    """批量归档: one retention for all, numbered on from the first 档号 as they were registered."""

    act = "归档"

    def __init__(self, office: Desk, lookup: Lookup, uids: Sequence[str]) -> None:
        super().__init__(
            "批量归档", f"已选 {len(uids)} 件", kind=Archiving.KIND, key="batch", save_words="全部归档"
        )
        self._office, self._uids, self._proposed = office, tuple(uids), ""
        self.kept = ChoiceRow("retention", "保管期限", _KEPT)
        self.form = _archive_fields(office, lookup, number="第一件的档号")
        self.add(label("按登记先后接着往下编，年度按各件办结的年份。", "soft", wrap=True))
        for part in (self.kept, self.form):
            self.add_part(part)
        self.finish_parts()

    def start(self) -> None:
        self._propose("")
        self.form.set_typed({"date": self._office.today().isoformat()})

    def arrange(self) -> None:
        if self.form.value("number") in ("", self._proposed):
            self._propose(self.kept.value())

    def ready(self) -> Run | None:
        also = {"opinion": "x", "retention": self.kept.value()}
        read = self.form.read("", also=also) if self.kept.check() else None
        if read is None:
            return None
        return lambda told: archive_many(
            self._office, opinions=self._uids, day=read.day, first=read.number, retention=read.retention,
            by=read.by, told=told,
        )  # fmt: skip

    def _propose(self, retention: str) -> None:
        with self._office.store.reading() as reading:
            marked = reading.by_uid(Opinion, self._uids).values()
            first = min(marked, key=lambda each: (each.registered, each.number or ""), default=None)
        if first is not None:
            proposal = propose_number(self._office, first, retention=retention)
            self._proposed = proposal.number
            self.kept.set_value(proposal.retention)
            self.form.set_typed({"number": proposal.number})


def _archive_fields(office: Desk, lookup: Lookup, *, number: str = "档号") -> FormFields[Archiving]:
    fields = FormFields(
        Archiving, ["number", ("date", "by")], today=office.today, lookup=lookup, labels={"number": number}
    )
    return fields
