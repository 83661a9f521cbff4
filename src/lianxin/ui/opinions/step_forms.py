"""The sheets of the steps: 梳理分流, 交办, 登记答复, 反馈评价."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.casework.course import needs_chair
from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.casework.steps import StepRecord
from lianxin.domain.dates import show_day
from lianxin.domain.records import Assignment, Reply, Routing, Satisfaction
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.cases import opinions, steps
from lianxin.office.desk import Desk
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.opinions.elsewhere_forms import GUIDING, DeedFields, GuideFields
from lianxin.ui.opinions.further_forms import subject_of
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import label

WAYS = ("assigned", "to_county", "answered_on_spot", "guided", "to_petition", "deputy_solved",
        "withdrawn")  # fmt: skip
"""The ways of 梳理分流 by how often they are taken; the keys 1 to 4 are the usual ones. 合并办理 and 转为代表建议
have sheets of their own."""


_FIXED = ("opinion", "number", "reply", "attempts_needed", "rounds_allowed")
"""Fields of a step that are no words of the clerk's."""
_WITH_REASON = ("改派", "退回承办", "重新交办")
_NEEDS_REASON = ("改派", "退回承办")


class _UnitFields(FormFields[Assignment]):
    """Unit, time limit and demand; the time limit follows the rules until the clerk writes another."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile) -> None:
        super().__init__(
            Assignment,
            ["unit", "due", "demand", "addressee"],
            today=office.today,
            lookup=lookup,
            offer_new=("unit", "addressee"),
            labels={"unit": "具体承办"},
            tall={"demand": 2},
        )
        self._office, self._file, self._by_rule = office, file, ""
        self.set_hint("addressee", "与具体承办不同时填，如镇人民政府")

    def follow(self, day: date) -> None:
        """Show the time limit the rules give for this day."""
        limit = opinions.due_for(self._office, self._file.opinion, self._file.state, day)
        profile, state = self._office.profile, self._file.state
        rule = profile.redo if state.round else profile.opinion_days
        if not state.round and self._file.opinion.urgency != "ordinary":
            urgent = self._file.opinion.urgency == "urgent"
            rule = profile.opinion_urgent_days if urgent else profile.opinion_pressing_days
        if self.value("due") in ("", self._by_rule):
            self._by_rule = limit.isoformat()
            self.set_typed({"due": self._by_rule})
        self.set_hint("due", f"按规则{rule.shown}：{show_day(limit)}")

    def unit(self) -> str:
        """The chosen unit, "" for none."""
        return self.value("unit")

    def day(self, wire: str, today: date) -> date | None:
        """A day as understood, None when empty or unreadable."""
        parsed = Assignment.parse(
            {"opinion": "x", "unit": "x", "date": today.isoformat(), "due": self.value(wire)},
            uid="",
            today=today,
        )
        return parsed.record.due if parsed.record else None


class RouteForm(ActForm):
    """Where the matter goes; 转交办理 assigns it in the same step."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile) -> None:
        super().__init__("梳理分流", subject_of(file), kind=Routing.KIND, key=file.opinion.uid)
        self._office, self._file = office, file
        self.ways = ChoiceRow("route", "处理方式", [(way, codes.ROUTE.label_of(way)) for way in WAYS])
        self.unit = _UnitFields(office, lookup, file)
        self.why = FormFields(Routing, ["date", "reason"], today=office.today, tall={"reason": 2})
        self.why.changed.connect(self._day_changed)
        self.guide = GuideFields(office, lookup, file)
        self.deed = DeedFields(office, lookup)
        for part in (self.ways, self.unit, *self.guide.parts, self.deed, self.why):
            self.add_part(part)
        self.finish_parts()

    def start(self) -> None:
        self.ways.set_value("assigned")
        self.guide.start()
        self.why.set_typed({"date": self._office.today().isoformat()})
        self.arrange()

    def arrange(self) -> None:
        way = self.ways.value()
        self.unit.setVisible(way == "assigned")
        self.deed.setVisible(way == "deputy_solved")
        self.why.set_shown("reason", way != "deputy_solved")
        self.guide.arrange(way)
        self._follow()

    def save(self) -> Done | None:
        also = {"opinion": self._file.opinion.uid, "route": self.ways.value()}
        assigned = self.ways.value() == "assigned"
        routing = self.why.read("", also=also) if self.ways.check() else None
        unit = None
        if routing is not None and assigned:
            unit = self.unit.read("", also={"opinion": also["opinion"], "date": routing.day.isoformat()})
        if routing is None or (assigned and unit is None):
            return None
        told = f"{self._file.number} 已分流：{routing.shown('route')}"
        if assigned and needs_chair(self._file.opinion) and self._file.state.assigned_day is None:
            told = f"{self._file.number} 已分流，待主席审阅后交办"
        if routing.route in GUIDING:
            return Done(told, self.guide.store(routing, self.key))
        if routing.route == "deputy_solved":
            solved = self.deed.store(routing, self.key)
            return None if solved is None else Done(f"{told}，已记入办实事台账", solved)
        changes = opinions.route(
            self._office,
            opinion=routing.opinion,
            way=routing.route,
            day=routing.day,
            reason=routing.reason,
            unit=unit.unit if unit else None,
            addressee=unit.addressee if unit else None,
            due=unit.due if unit else None,
            demand=unit.demand if unit else None,
            draft_key=self.key,
        )
        return Done(told, changes)

    def _day_changed(self, wire: str) -> None:
        if wire == "date":
            self._follow()

    def _follow(self) -> None:
        self.unit.follow(_day(Routing, self.why.value("date"), self._office.today()))


class AssignForm(ActForm):
    """交办, 改派, 重新交办: to which unit, until when."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile, heading: str) -> None:
        super().__init__(heading, subject_of(file), kind=Assignment.KIND, key=file.opinion.uid)
        self._office, self._file, self._act = office, file, heading
        why = ["reason", "date"] if heading in _WITH_REASON else ["date"]
        self.day = FormFields(
            Assignment, why, today=office.today, tall={"reason": 2}, labels={"reason": "理由"}
        )
        self.unit = _UnitFields(office, lookup, file)
        self.day.changed.connect(self._day_changed)
        for part in (self.unit, self.day):
            self.add_part(part)
        self.finish_parts()

    def start(self) -> None:
        self.day.set_typed({"date": self._office.today().isoformat()})
        state = self._file.state
        if self._file.intended_unit and state.assigned_day is None:
            self.unit.set_typed({"unit": self._file.case.routings[-1].intended or ""})
        elif state.unit and (state.code in ("redo", "answered") or state.round):
            self.unit.set_typed({"unit": state.unit, "addressee": state.addressee})
        self._day_changed("date")

    def save(self) -> Done | None:
        also = {"opinion": self._file.opinion.uid, "date": self.day.value("date")}
        reason = self.day.value("reason").strip() if self._act in _WITH_REASON else ""
        problems = self.day.problems(also={"opinion": "x", "unit": "x"})
        if self._act in _NEEDS_REASON and not reason:
            problems["reason"] = f"{self._act}要写明理由"
        if problems:
            self.day.show_problems(problems)
            return None
        read = self.unit.read("", also=also)
        if read is None:
            return None
        changes = opinions.assign(
            self._office,
            opinion=read.opinion,
            day=read.day,
            unit=read.unit,
            addressee=read.addressee,
            due=read.due,
            demand=read.demand,
            reason=reason or None,
            draft_key=self.key,
        )
        name = self.unit.row("unit").editor.shown()
        return Done(f"{self._file.number} 已交{name}办理", changes)

    def _day_changed(self, _wire: str) -> None:
        self.unit.follow(_day(Assignment, self.day.value("date"), self._office.today()))


class ReplyForm(ActForm):
    """登记答复: the date on the paper, the result A to D, the words."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile) -> None:
        super().__init__("登记答复", subject_of(file), kind=Reply.KIND, key=file.opinion.uid)
        self._office, self._file = office, file
        self.day = FormFields(Reply, ["date"], today=office.today, labels={"date": "答复日期"})
        self.day.set_hint("date", "答复书上的日期")
        self.result = ChoiceRow(
            "result", "办理结果", [(code.code, code.label) for code in codes.RESULT.codes]
        )
        self.words = FormFields(
            Reply,
            ["words", "promise", "promised_day", "unit", ("document", "means")],
            today=office.today,
            lookup=lookup,
            tall={"words": 3, "promise": 1},
        )
        self.words.set_hint("promised_day", "到时在近期待办里提醒核实")
        for part in (self.day, self.result, self.words):
            self.add_part(part)
        self.finish_parts()

    def start(self) -> None:
        self.words.set_typed({"unit": self._file.state.unit})

    def save(self) -> Done | None:
        also = {"opinion": self._file.opinion.uid}
        in_day = self.day.problems(also=also)
        self.day.show_problems(in_day)
        if in_day or not self.result.check():
            return None
        reply = self.words.read(
            "", also={**also, "date": self.day.value("date"), "result": self.result.value()}
        )
        if reply is None:
            return None
        if reply.day > self._office.today():
            self.day.show_problems({"date": "答复日期还没有到，请核对"})
            return None
        if reply.result in opinions.NEEDS_WORDS and not reply.words:
            self.words.show_problems({"words": "选 C 或 D 时请写明原因"})
            return None
        changes = opinions.record_reply(
            self._office,
            opinion=reply.opinion,
            day=reply.day,
            result=reply.result,
            words=reply.words,
            unit=reply.unit,
            means=reply.means,
            document=reply.document,
            promise=reply.promise,
            promised_day=reply.promised_day,
            draft_key=self.key,
        )
        deputies = self._file.opinion.track in DEPUTIES_TRACKS
        then = "请送领衔和联名代表，并征询意见" if deputies else "请在答复后回访反映人"
        return Done(f"{self._file.number} 已登记答复，{then}", changes)


class FeedbackForm(ActForm):
    """反馈评价: what the visitor thought of it; 不满意 takes the matter up again."""

    def __init__(self, office: Desk, file: CaseFile) -> None:
        super().__init__("反馈评价", subject_of(file), kind=Satisfaction.KIND, key=file.opinion.uid)
        self._office, self._file = office, file
        own = file.opinion.person is not None and not file.visitors
        self._whom = "lead" if own or file.opinion.track in ("suggestion", "bill") else "visitor"
        choices = [(code.code, code.label) for code in codes.SATISFACTION.codes]
        self.overall = ChoiceRow("overall", "满意度", choices)
        self.form = FormFields(
            Satisfaction,
            ["date", "attempts", "words", "means", "whom"],
            today=office.today,
            tall={"words": 2},
        )
        self._after = label("", "soft", wrap=True)
        self.add_part(self.overall)
        self.add(self._after)
        judged = choices[:3]
        self.attitude = ChoiceRow("attitude", "对办理态度", judged, required=False)
        self.outcome = ChoiceRow("outcome", "对办理结果", judged, required=False)
        for part in (self.form, self.attitude, self.outcome):
            self.add_part(part)
        self.finish_parts()

    def start(self) -> None:
        self.form.set_typed({"date": self._office.today().isoformat(), "whom": self._whom})
        self.arrange()

    def arrange(self) -> None:
        overall, limit = self.overall.value(), self._office.profile.contact_attempts.value
        self.form.set_shown("attempts", overall == "unreached")
        for row in (self.attitude, self.outcome):
            row.setVisible(overall != "unreached")
        limit_of_rounds, done = self._office.profile.redo_limit, self._file.state.round
        again = f"登记后转为待重办（第{done + 1}次），重新交办承办单位。"
        if done >= limit_of_rounds.value:
            again = f"已重办{done}次，超过上限{limit_of_rounds.shown}，登记后提交主席团研究。"
        told = {
            "unsatisfied": again,
            "unreached": f"联系满{limit}次仍联系不上的，按无法反馈了结；未满的继续待反馈。",
        }
        self._after.setText(told.get(overall, "登记后办结。" if overall else ""))
        self._after.setVisible(bool(self._after.text()))

    def save(self) -> Done | None:
        also = {"opinion": self._file.opinion.uid, "overall": self.overall.value()}
        asked = self.form.read("", also=also) if self.overall.check() else None
        if asked is None:
            return None
        reached = asked.overall != "unreached"
        changes = opinions.record_feedback(
            self._office,
            opinion=asked.opinion,
            day=asked.day or self._office.today(),
            overall=asked.overall,
            means=asked.means,
            words=asked.words,
            whom=asked.whom,
            attempts=asked.attempts,
            attitude=(self.attitude.value() or None) if reached else None,
            outcome=(self.outcome.value() or None) if reached else None,
            draft_key=self.key,
        )
        return Done(f"{self._file.number} 已登记反馈：{asked.shown('overall')}", changes)


def _day(cls: type[Routing] | type[Assignment], text: str, today: date) -> date:
    """The day as typed, or today while it cannot be read."""
    spec = cls.spec("date")
    try:
        return (
            date.fromisoformat(str(spec.kind.pack(spec.kind.parse(text, today)))) if text.strip() else today
        )
    except ValueError:
        return today


class StepForm(ActForm):
    """更正: one step of the 经过 as it was recorded."""

    def __init__(
        self,
        office: Desk,
        lookup: Lookup,
        file: CaseFile,
        record: StepRecord,
    ) -> None:
        super().__init__(f"更正{record.LABEL}", subject_of(file), kind=record.KIND, key=record.uid)
        self._office, self._file, self._record = office, file, record
        wires = [spec.wire for spec in record.fields() if spec.wire not in _FIXED]
        self.form = FormFields(
            type(record), wires, today=office.today, lookup=lookup, tall={"words": 3, "remark": 1}
        )
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        self.form.set_record(self._record)

    def save(self) -> Done | None:
        read = self.form.read_over(self._record)
        if read is None:
            return None
        assert isinstance(read, StepRecord)
        changes = steps.correct_step(self._office, step=read, opened=self._record, draft_key=self.key)
        return Done(f"{self._file.number} 已更正{self._record.LABEL}", changes)
