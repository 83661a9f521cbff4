"""Storing records told as JSON objects, with the same validation as the form (cli.md, `put`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

from lianxin.domain.canonical import JsonValue
from lianxin.domain.casework.steps import StepRecord
from lianxin.domain.dictionary import Record, kind_named
from lianxin.domain.records import (
    Attachment,
    Contact,
    Evaluation,
    Mandate,
    Office,
    Opinion,
    Person,
    Suggestion,
    TallyRow,
    Visitor,
    YearReport,
)
from lianxin.domain.validity import problems_of
from lianxin.office.cases.referring import References
from lianxin.office.cases.steps import StepRefused
from lianxin.office.desk import Desk, current_term, office_of
from lianxin.office.electing import electoral_problems
from lianxin.office.evaluations.evaluation import EvaluationRefused, rows_in_order
from lianxin.office.evaluations.told import merged_rows, told_row, told_vote
from lianxin.office.numbers import day_of, next_number, number_taken
from lianxin.office.paperwork.number_standing import number_problems
from lianxin.office.people_named import naming
from lianxin.office.reportback.report_year import check_new
from lianxin.office.suggestions.steps import put_signers, signers_of
from lianxin.office.suggestions.suggestion import SuggestionRefused, deputies_named, put_turned
from lianxin.office.told_fields import (
    ToldRefused,
    objects_in,
    said_beside,
    spec_named,
    split_visitors,
    text_of,
    typed_fields,
)
from lianxin.office.told_steps import corrected_step, told_matter, told_source, told_step
from lianxin.store.reading import Reading
from lianxin.store.whose_stream import NotOurs, OnBehalfOnly
from lianxin.store.writing import RecordGone, Writing

_SIGNERS = ("signers", "joint", "联名代表", "联名人")
"""What the joint deputies of a suggestion may stand under."""

_OF_THE_MATTER = ("opinion", "opinion_uid")
"""Says which matter a suggestion is, which its own uid says already."""

_ROWS = ("rows", "计票")
"""What the rows of a vote may stand under."""

_WHY = ("change_reason", "修改理由")
"""What the reason of a correction may stand under."""

Outcome = Literal["new", "changed", "same", "refused"]
KEPT_BY_THE_PROGRAM = frozenset(
    {
        "enrolment", "code-change", "receipt-item", "conflict-answer", "reception-decision", "record-return",
        "office-computer", "sent-file", "received-file", "behalf-source", "handed-down", "handed-to", "user",
        "access-note",
    }
)  # fmt: skip
"""Books of who may send or work here, and of what was sent, received, handed down and looked at: they follow acts."""


@dataclass(frozen=True)
class Put:
    """What became of one object: wire name or label → Chinese sentence where it was refused."""

    outcome: Outcome
    uid: str | None = None
    number: str | None = None
    problems: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def _refusals(where: str) -> Iterator[None]:
    """What a use case refuses, beside the members it concerns, or under `where`."""
    try:
        yield
    except SuggestionRefused as refused:
        raise ToldRefused(refused.problems) from refused
    except StepRefused as refused:
        raise ToldRefused({where: str(refused)}) from refused


def put_told(desk: Desk, *, kind: str, told: Mapping[str, JsonValue]) -> Put:
    """Stores one object of this kind in a transaction of its own; nothing is stored when it is refused.

    What stands under `修改理由` is no field: it is why a record is put right and stands in its history.
    """
    why = next((str(told[name]) for name in _WHY if told.get(name)), "")
    fields = {name: value for name, value in told.items() if name not in _WHY}
    try:
        with desk.store.writing(reason=f"按文件登记：{why}" if why else "按文件登记") as writing:
            return _Putter(desk, writing, why).put(kind, fields)
    except ToldRefused as refused:
        return Put("refused", problems=refused.problems)
    except (RecordGone, NotOurs, OnBehalfOnly) as untouchable:
        return Put("refused", problems={"uid": untouchable.message})


class _Putter:
    """One object on its way into the store."""

    def __init__(self, desk: Desk, writing: Writing, why: str) -> None:
        self._desk, self._writing, self._why = desk, writing, why
        self._reading = Reading(writing.connection)
        self._references = References(writing)
        self._today = desk.today()
        self._office = office_of(self._reading)

    def put(self, kind: str, told: Mapping[str, JsonValue]) -> Put:
        if kind in ("deputy", "deputies"):
            return self._put_deputy(told)
        cls = kind_named(kind)
        if cls.KIND in KEPT_BY_THE_PROGRAM:
            raise ToldRefused({"kind": f"{cls.LABEL}由程序在办理时登记，不能这样填写"})
        if cls is Contact:
            return self._put_contact(told)
        if cls is Suggestion:
            return self._put_suggestion(told)
        if cls is Evaluation:
            return self._put_evaluation(told)
        if cls is TallyRow:
            return self._put_tally_row(told)
        return self._put_one(cls, told)

    def _put_one(self, cls: type[Record], told: Mapping[str, JsonValue]) -> Put:
        uid, typed = typed_fields(cls, told)
        if cls is Attachment and (uid is None or "digest" in typed):
            raise ToldRefused({"digest": "附件的内容不能这样登记，请用 attach 命令添加文件"})
        record, fresh = self._record(cls, uid, typed)
        if isinstance(record, Office):
            self._same_office(record, fresh)
        return self._store(self._allowed(record, fresh), fresh)

    def _same_office(self, record: Office, fresh: bool) -> None:
        """A ledger is that of one office, whose code its every entry bears."""
        if fresh:
            raise ToldRefused({"uid": f"这里已经有{self._office.name}，请带上它的 uid 修改"})
        if (record.code, record.office_type) != (self._office.code, self._office.office_type):
            raise ToldRefused(
                {"code": "区划代码和机构类型定了就不能改；单位更名换了代码要另建数据文件夹并重新登记"}
            )

    def _allowed(self, record: Record, fresh: bool) -> Record:
        """Steps and matters told by file are asked the same as those from the window."""
        opened = None if fresh else self._reading.get(type(record), record.uid)
        with _refusals(record.LABEL):
            if isinstance(record, StepRecord):
                if not isinstance(opened, StepRecord):
                    return told_step(self._desk, self._writing, record)
                return corrected_step(self._desk, self._writing, record, opened)
            if isinstance(record, Opinion):
                before = opened if isinstance(opened, Opinion) else None
                return told_matter(self._desk, self._writing, record, before, why=self._why)
            if fresh and isinstance(record, YearReport):
                check_new(self._reading, record)
        return record

    def _put_contact(self, told: Mapping[str, JsonValue]) -> Put:
        own, visitors = split_visitors(told)
        uid, typed = typed_fields(Contact, own)
        contact, fresh = self._record(Contact, uid, typed)
        if fresh and not visitors:
            raise ToldRefused({"visitors": "请填写来访人；没有留下姓名的填“匿名”"})
        # Whoever is told of now came as well, and the words may name him.
        self._writing.names_people(str(each.get("name") or each.get("来访人") or "") for each in visitors)
        stored = self._store(contact, fresh)
        outcome = stored.outcome
        known = self._reading.children(Visitor, "contact", [contact.uid]) if not fresh else []
        for place, each in enumerate(visitors):
            typed_visitor = typed_fields(Visitor, each)[1] | {"contact": contact.uid}
            name = typed_visitor.get("name", "")
            if name == "匿名":
                typed_visitor |= {"name": "", "anonymous": "是"}
            elif not name and "anonymous" not in typed_visitor and place >= len(known):
                raise ToldRefused({"name": "请填写来访人；没有留下姓名的填“匿名”"})
            uid_known = known[place].uid if place < len(known) else None
            visitor, _ = self._record(Visitor, uid_known, typed_visitor)
            change = self._writing.put(visitor)
            if change.outcome != "same" and outcome == "same":
                outcome = "changed"
        if visitors and not fresh:
            for extra in known[len(visitors) :]:
                self._writing.remove(Visitor, extra.uid)
                outcome = "changed"
        return replace(stored, outcome=outcome)

    def _put_suggestion(self, told: Mapping[str, JsonValue]) -> Put:
        """The members of the matter and of what makes it a suggestion in one object, with the joint deputies."""
        own = {key: value for key, value in told.items() if key not in (*_SIGNERS, *_OF_THE_MATTER)}
        signers = [value for key, value in told.items() if key in _SIGNERS]
        beside_told = {
            key: value
            for key, value in own.items()
            if spec_named(Suggestion, key) or said_beside(Suggestion, key, own)
        }
        matter_told = {key: value for key, value in own.items() if key not in beside_told}
        uid = told.get("uid")
        standing = self._reading.get(Suggestion, uid) if isinstance(uid, str) else None
        if isinstance(uid, str) and standing is None:
            raise ToldRefused({"uid": f"没有找到这件代表议案建议（{uid}）"})
        _, matter_typed = typed_fields(Opinion, matter_told)
        _, typed = typed_fields(Suggestion, beside_told)
        if standing is not None:
            return self._change_suggestion(standing, matter_typed, typed, signers)
        matter_typed.setdefault("title", matter_typed.get("words", "")[:30])
        matter, _ = self._record(Opinion, None, matter_typed)
        beside, _ = self._record(Suggestion, None, typed | {"opinion": matter.uid}, known=matter.uid)
        assert isinstance(matter, Opinion) and isinstance(beside, Suggestion)
        joint = self._joint(signers)
        with _refusals("source"):
            _, stored = put_turned(self._desk, self._writing, matter=matter, suggestion=beside, signers=joint)
        return Put("new", stored.uid, stored.number)

    def _joint(self, signers: Iterable[JsonValue]) -> list[str]:
        """The uids of the joint deputies told by name."""
        joint, strange = deputies_named(
            self._reading, "、".join(text_of("signers", each) for each in signers)
        )
        if strange:
            raise ToldRefused({"signers": strange})
        return joint

    def _change_suggestion(
        self,
        standing: Suggestion,
        matter_typed: Mapping[str, str],
        typed: Mapping[str, str],
        signers: Sequence[JsonValue],
    ) -> Put:
        """What is named of it is put right; joint deputies that are named are those who sign from then on."""
        matter, _ = self._record(Opinion, standing.opinion, matter_typed)
        changed, _ = self._record(Suggestion, standing.uid, typed)
        assert isinstance(changed, Suggestion)
        with _refusals("source"):
            told_source(self._desk, self._writing, changed, standing)
        one, two = self._store(self._allowed(matter, False), False), self._store(changed, False)
        before = len(self._writing.changes)
        if signers:
            assert isinstance(matter, Opinion)
            known = {each.person: each.signed for each in signers_of(self._reading, matter.uid)}
            joint = {uid: known.get(uid, matter.registered) for uid in self._joint(signers)}
            if set(joint) != set(known):
                with _refusals("signers"):
                    put_signers(self._desk, self._writing, matter, joint)
        moved = len(self._writing.changes) > before or two.outcome != "same"
        return replace(two, outcome="changed" if moved else one.outcome)

    def _put_evaluation(self, told: Mapping[str, JsonValue]) -> Put:
        """A vote with its rows in one object; rows that are not told stay."""
        own = {key: value for key, value in told.items() if key not in _ROWS}
        lines = [each for key in _ROWS for each in objects_in(key, told.get(key))]
        uid, typed = typed_fields(Evaluation, own)
        vote, fresh = self._record(Evaluation, uid, typed)
        assert isinstance(vote, Evaluation)
        standing = [] if fresh else rows_in_order(self._reading, vote.uid)
        rows = [self._told_tally_row(line, vote.uid) for line in lines]
        return self._store_vote(vote, merged_rows(standing, rows), fresh)

    def _put_tally_row(self, told: Mapping[str, JsonValue]) -> Put:
        uid, typed = typed_fields(TallyRow, told)
        row, fresh = self._record(TallyRow, uid, typed)
        assert isinstance(row, TallyRow)
        try:
            vote, rows = told_row(self._reading, row)
        except EvaluationRefused as refused:
            raise ToldRefused({"rows": refused.message}) from refused
        stored = self._store_vote(vote, rows, False)
        return Put("new" if fresh else stored.outcome, row.uid)

    def _told_tally_row(self, line: Mapping[str, JsonValue], vote: str) -> TallyRow:
        uid, typed = typed_fields(TallyRow, line)
        row, _ = self._record(TallyRow, uid, typed | {"evaluation": vote}, known=vote)
        assert isinstance(row, TallyRow)
        return row

    def _store_vote(self, vote: Evaluation, rows: Sequence[TallyRow], fresh: bool) -> Put:
        try:
            vote, made = told_vote(self._reading, vote, rows)
        except EvaluationRefused as refused:
            wrong = {each.wire or "rows": each.words for each in reversed(refused.findings)}
            raise ToldRefused(wrong or {"rows": refused.message}) from refused
        stored = self._store(vote, fresh)
        changes = [self._writing.put(row) for row in made]
        if stored.outcome == "same" and any(change.outcome != "same" for change in changes):
            return replace(stored, outcome="changed")
        return stored

    def _put_deputy(self, told: Mapping[str, JsonValue]) -> Put:
        person_told = {key: value for key, value in told.items() if spec_named(Person, key)}
        mandate_told = {
            key: value
            for key, value in told.items()
            if key not in person_told or key in ("uid", "remark", "备注")
        }
        uid = told.get("uid")
        person_uid: str | None = None
        if isinstance(uid, str):
            mandate = self._reading.get(Mandate, uid)
            if mandate is None:
                raise ToldRefused({"uid": f"没有找到这名代表（{uid}）"})
            person_uid = mandate.person
        person_told.pop("uid", None)
        person, person_fresh = self._record(Person, person_uid, typed_fields(Person, person_told)[1])
        one = self._store(person, person_fresh)
        _, typed = typed_fields(Mandate, mandate_told)
        made, fresh = self._record(
            Mandate, uid if isinstance(uid, str) else None, typed | {"person": person.uid}
        )
        if fresh and isinstance(made, Mandate) and made.term is None:
            level = "township" if made.level == "township" else "county"
            term = current_term(self._reading, level, self._today)
            made = replace(made, term=term.uid if term else None)
        two = self._store(made, fresh)
        return two if two.outcome != "same" else replace(two, outcome=one.outcome)

    def _record(
        self, cls: type[Record], uid: str | None, typed: Mapping[str, str], *, known: str = ""
    ) -> tuple[Record, bool]:
        """`known` is a uid that is about to be written, so that nothing is looked for by it."""
        waiting = {wire: text for wire, text in typed.items() if known and text == known}
        sought = {wire: text for wire, text in typed.items() if wire not in waiting}
        typed = self._resolved(cls, sought) | waiting
        if uid is None:
            parsed = cls.parse(typed, uid=self._writing.new_uid(), today=self._today)
        else:
            standing = self._reading.get(cls, uid)
            if standing is None:
                raise ToldRefused({"uid": f"没有找到这条{cls.LABEL}（{uid}）"})
            parsed = standing.with_typed(typed, today=self._today)
        if parsed.record is None:
            raise ToldRefused(parsed.problems)
        wrong = (
            problems_of(parsed.record, today=self._today)
            or electoral_problems(self._desk.profile, self._reading, parsed.record)
            or number_taken(self._reading, parsed.record)
            or number_problems(self._reading, parsed.record)
        )
        if wrong:
            raise ToldRefused(wrong)
        return parsed.record, uid is None

    def _resolved(self, cls: type[Record], typed: Mapping[str, str]) -> dict[str, str]:
        found = dict(typed)
        for wire, text in typed.items():
            spec = cls.spec(wire)
            if spec.kind.refers and text:
                # Whom a matter is handed to is chosen among the units there are.
                step_unit = spec.kind.refers == "unit" and issubclass(cls, StepRecord)
                uid = self._references.uid_of(spec.kind.refers, text, make=not step_unit)
                if uid is None:
                    hint = "，请先登记这个承办单位" if step_unit else ""
                    raise ToldRefused({wire: f"{spec.label}：没有找到“{text}”{hint}"})
                found[wire] = uid
        return found

    def _store(self, record: Record, fresh: bool) -> Put:
        number = record.packed().get("number")
        if fresh and record.NUMBERED and number is None:
            day = day_of(record, self._today)
            number = next_number(self._writing, self._office.code, type(record), day)
            record = type(record).unpacked({**record.packed(), "uid": record.uid, "number": number})
        change = self._writing.put(naming(self._writing, record))
        outcome: Outcome = "new" if fresh else ("changed" if change.outcome == "changed" else "same")
        return Put(outcome, record.uid, number if isinstance(number, str) else None)
