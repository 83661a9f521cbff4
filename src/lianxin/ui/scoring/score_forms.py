"""The sheets of scoring: a claim and its decision, a rule, its items and grades."""

from __future__ import annotations

from dataclasses import replace

from lianxin.domain.dictionary import Record
from lianxin.domain.records import ScoreBand, ScoreClaim, ScoreItem, ScoreRule
from lianxin.office.desk import Desk
from lianxin.office.records import RecordRefused, new_uid, save_record
from lianxin.office.scoring.scores import ScoreProblem, decide_claim
from lianxin.store.writing import Change
from lianxin.ui.form import FormFields, Line
from lianxin.ui.opinions.act_form import ActForm, ChoiceRow, Done
from lianxin.ui.pick_editor import Lookup

_CLAIM: tuple[Line, ...] = ("item", "what", "points", "evidence")
_RULE: tuple[Line, ...] = ("name", "target", "level", "year", "document", "version", "start_points", "remark")
_ITEM: tuple[Line, ...] = (
    "place", "category", "source", ("base", "per_unit", "cap"), "unit", ("least", "penalty"), "evidence", "remark",
)  # fmt: skip
_BAND: tuple[Line, ...] = ("name", "least", "remark")


class ClaimForm(ActForm):
    """登记加分申请 of one deputy."""

    def __init__(
        self, office: Desk, lookup: Lookup, *, person: str, name: str, level: str, year: int
    ) -> None:
        super().__init__(
            "登记加分申请", f"{name}，{year}年", kind=ScoreClaim.KIND, key=f"claim-{level}-{year}-{person}"
        )
        self._office, self._name = office, name
        self._also = {"person": person, "year": str(year), "level": level}
        self.form = FormFields(ScoreClaim, _CLAIM, today=office.today, lookup=lookup, tall={"what": 3})
        self.add_part(self.form)
        self.finish_parts()

    def save(self) -> Done | None:
        read = self.form.read(new_uid(self._office), also=self._also)
        if read is None:
            return None
        saved = save_record(self._office, read, draft_key=self.key)
        return Done(f"已登记{self._name}的加分申请，审批同意后计分", saved.changes)


class DecideForm(ActForm):
    """审批: 同意 or 不同意, by whom and when."""

    def __init__(self, office: Desk, claim: ScoreClaim, name: str) -> None:
        super().__init__(
            "审批加分申请", f"{name}：{claim.what}，{claim.shown('points')}分", kind=ScoreClaim.KIND,
            key=f"decide-{claim.uid}",
        )  # fmt: skip
        self._office, self._claim = office, claim
        self.answer = ChoiceRow("answer", "审批结果", [("approved", "同意"), ("refused", "不同意")])
        self.form = FormFields(ScoreClaim, ["approver", "decided"], today=office.today)
        self.add_part(self.answer)
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        self.form.set_typed({"decided": self._office.today().isoformat()})

    def save(self) -> Done | None:
        read = self.form.read_over(self._claim)
        if not self.answer.check() or read is None:
            return None
        approved = self.answer.value() == "approved"
        try:
            changes = decide_claim(
                self._office, self._claim.uid, approved=approved, approver=read.approver or "",
                day=read.decided or self._office.today(),
            )  # fmt: skip
        except ScoreProblem as wrong:
            self.say_problem(str(wrong))
            return None
        return Done("已同意加分" if approved else "已登记不同意，不加分", changes)


class _PartForm(ActForm):
    """A record of the rule, new or known, made from the dictionary."""

    def __init__(
        self, office: Desk, cls: type[Record], lines: tuple[Line, ...], *, opened: Record | None, of: str = "",
    ) -> None:  # fmt: skip
        heading = f"{'修改' if opened else '新增'}{cls.LABEL}"
        key = opened.uid if opened else f"new-{of or 'rule'}"
        super().__init__(heading, "", kind=cls.KIND, key=key)
        self._office, self._opened = office, opened
        self._also = {"score_rule": of} if of else {}
        self.form: FormFields[Record] = FormFields(cls, lines, today=office.today, tall={"remark": 2})
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        if self._opened is not None:
            self.form.set_record(self._opened)

    def stored(self) -> tuple[Record, tuple[Change, ...]] | None:
        """What is typed, saved; None with the problems shown."""
        opened = self._opened
        read = (
            self.form.read_over(opened) if opened is not None
            else self.form.read(new_uid(self._office), also=self._also)
        )  # fmt: skip
        if read is None:
            return None
        try:
            saved = save_record(self._office, read, opened=opened, draft_key=self.key)
        except RecordRefused as refused:
            self.form.show_problems(refused.problems)
            return None
        return saved.record, saved.changes

    def save(self) -> Done | None:
        stored = self.stored()
        if stored is None:
            return None
        return Done(f"已保存{stored[0].LABEL}", stored[1], show=stored[0].uid)


class RuleForm(_PartForm):
    """The rule itself: for whom, which level and year, on which document it rests."""

    def __init__(self, office: Desk, opened: ScoreRule | None) -> None:
        super().__init__(office, ScoreRule, _RULE, opened=opened)


class ItemForm(_PartForm):
    """One item; a new one follows the last by its place."""

    def __init__(self, office: Desk, rule: str, opened: ScoreItem | None, place: int) -> None:
        super().__init__(office, ScoreItem, _ITEM, opened=opened, of="" if opened else rule)
        self._place = place

    def start(self) -> None:
        super().start()
        if self._opened is None:
            self.form.set_typed({"place": str(self._place)})


class BandForm(_PartForm):
    """One grade of a rule."""

    def __init__(self, office: Desk, rule: str, opened: ScoreBand | None) -> None:
        super().__init__(office, ScoreBand, _BAND, opened=opened, of="" if opened else rule)


def renamed(rule: ScoreRule, year: int) -> str:
    """The name of a copy: for the next year when the rule is for one, else a plain copy."""
    plain = replace(rule, name=rule.name[:50]).name
    return f"{plain}（{year}年）" if rule.year != year else f"{plain}（副本）"
