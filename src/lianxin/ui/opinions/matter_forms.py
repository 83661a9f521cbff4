"""The sheets about the matter itself: 登记意见, 修改, 合并办理."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from lianxin.domain.categories import suggest_category
from lianxin.domain.codes import CATEGORY
from lianxin.domain.dates import show_day
from lianxin.domain.records import Contact, Opinion, Routing, Visitor
from lianxin.office.case_papers.case_file import CaseFile
from lianxin.office.cases import opinions
from lianxin.office.cases.visit_records import title_of
from lianxin.office.desk import Desk
from lianxin.office.numbers import short_number
from lianxin.office.reception.visitors import possible_duplicates
from lianxin.office.records import new_uid
from lianxin.store.reading import Order
from lianxin.ui.form import FormFields
from lianxin.ui.opinions.act_form import ActForm, Done
from lianxin.ui.opinions.further_forms import subject_of
from lianxin.ui.opinions.small_category import SmallCategory, with_small
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import FlowLayout, button, label
from lianxin.ui.theme import px

_WHO = (("name", "sex"), "phone", "village", "address", ("anonymous", "confidential", "informed"))
_WHAT = ("words", "title", ("category", "urgency"), "nature", "person")
_EDITED = (
    "words", "title", ("category", "village"), ("registered", "channel"), "urgency", "nature", "level",
    "openness", ("group", "confidential"), ("person", "registrar"), "remark",
)  # fmt: skip


class RegisterForm(ActForm):
    """登记意见: the visitor (when there was one), the words, where they belong."""

    def __init__(self, office: Desk, lookup: Lookup, key: str) -> None:
        super().__init__("登记意见", "", kind=Opinion.KIND, key=key)
        self._office = office
        self.came = FormFields(Opinion, [("registered", "channel")], today=office.today, lookup=lookup)
        self.who = FormFields(
            Visitor, list(_WHO), today=office.today, lookup=lookup, offer_new=("village",),
            labels={"confidential": "保密", "village": "村"},
        )  # fmt: skip
        self.count = FormFields(Contact, ["persons"], today=office.today)
        self.what = FormFields(
            Opinion, with_small(office, _WHAT), today=office.today, lookup=lookup, tall={"words": 3},
            labels={"person": "反映代表", "words": "反映内容", "title": "标题"},
        )  # fmt: skip
        self.small = SmallCategory(self.what, office)
        self.what.set_hint("title", "不填则取内容第一句")
        self.what.draft_due.connect(self._suggest)
        self.what.hint_taken.connect(self._hint_taken)
        self._alike = label("", "doubt", wrap=True)
        self._alike.hide()
        self._offered = ""
        for part in (self.came, self.who, self.count, self.what):
            self.add_part(part)
        self.add(self._alike)
        self.finish_parts()

    def start(self) -> None:
        self.came.set_typed({"registered": self._office.today().isoformat(), "channel": "visit"})

    def focus_first(self) -> None:
        self.who.focus_first()

    def save(self) -> Done | None:
        uid = new_uid(self._office)
        visitor = self._visitor()
        wrong_day = self.came.problems(also={"words": "x", "title": "x"})
        self.came.show_problems(wrong_day)
        problems = self.who.problems(also={"contact": "x"}) if visitor else {}
        self.who.show_problems(problems)
        words = self.what.value("words")
        if words.strip() and not self.what.value("title").strip():
            self.what.set_value("title", title_of(words))
        also = {**self.came.typed(), "village": self.who.value("village")}
        opinion = self.what.read(uid, also=also) if not wrong_day and not problems else None
        if opinion is None:
            return None
        if opinion.registered > self._office.today():
            self.came.show_problems({"registered": "登记日期还没有到，请核对"})
            return None
        came = self.count.read("", also={"type": opinion.channel, "date": "今天", "words": "x"})
        if came is None:
            return None
        read = self.who.read(new_uid(self._office), also={"contact": uid}) if visitor else None
        done = opinions.register_opinion(
            self._office, opinion=opinion, visitor=read, persons=max(came.persons, 1), draft_key=self.key
        )
        number = short_number(done.opinion.number or "")
        return Done(f"已登记 {number} {done.opinion.title}", done.changes, show=done.opinion.uid)

    def _visitor(self) -> bool:
        typed = self.who.typed()
        return any(typed[wire].strip() for wire in ("name", "phone", "address")) or typed["anonymous"] == "是"

    def _suggest(self) -> None:
        found = suggest_category(self.what.value("words"))
        self._offered = found[0] if found and found[0] != self.what.value("category") else ""
        self.what.set_hint(
            "category", "", offer=f"像是{CATEGORY.label_of(self._offered)}" if self._offered else ""
        )
        alike = possible_duplicates(
            self._office,
            words=self.what.value("words"),
            category=self._category(),
            village=self.who.value("village") or None,
            day=self._office.today(),
        )
        told = "；".join(f"{short_number(one.number)} {one.title}（{one.became}）" for one in alike)
        self._alike.setText(f"可能是同一件：{told}。可先登记，再用“合并办理”。" if told else "")
        self._alike.setVisible(bool(told))

    def _category(self) -> str:
        """The chosen category; 其他 tells nothing."""
        chosen = self.what.value("category")
        return "" if chosen == "18" else chosen

    def _hint_taken(self, wire: str) -> None:
        if wire == "category" and self._offered:
            self.what.set_value("category", self._offered)
            self.small.follow()


class EditForm(ActForm):
    """修改: the matter as it was registered."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile) -> None:
        super().__init__("修改", subject_of(file), kind=Opinion.KIND, key=file.opinion.uid)
        self._office, self._file = office, file
        self.form = FormFields(
            Opinion, with_small(office, _EDITED), today=office.today, lookup=lookup, offer_new=("village",),
            tall={"words": 3, "remark": 2}, labels={"person": "反映代表"},
        )  # fmt: skip
        self.small = SmallCategory(self.form, office)
        self.form.history_asked.connect(self.history_asked)
        self.form.changed.connect(self._category_changed)
        self.why = FormFields(
            Routing, ["reason"], today=office.today, labels={"reason": "改类别的理由"}, tall={"reason": 1}
        )
        for part in (self.form, self.why):
            self.add_part(part)
        self.finish_parts()

    def start(self) -> None:
        self.form.set_record(self._file.opinion)
        self.small.follow()
        self.arrange()

    def arrange(self) -> None:
        same = self.form.value("category") == self._file.opinion.category
        self.why.setVisible(not self._file.state.open and not same)

    def save(self) -> Done | None:
        opened = self._file.opinion
        read = self.form.read_over(opened)
        if read is None:
            return None
        if read.registered > self._office.today():
            self.form.show_problems({"registered": "登记日期还没有到，请核对"})
            return None
        why = self.why.value("reason").strip()
        change = opinions.change_opinion(self._office, read, opened=opened, why=why, draft_key=self.key)
        return Done(f"{self._file.number} 已修改", (change,), show=opened.uid)

    def _category_changed(self, wire: str) -> None:
        if wire == "category":
            self.arrange()


class MergeForm(ActForm):
    """合并办理: with which matter this one is handled from now on."""

    def __init__(self, office: Desk, lookup: Lookup, file: CaseFile) -> None:
        super().__init__(
            "合并办理",
            subject_of(file),
            kind=Routing.KIND,
            key=f"merge-{file.opinion.uid}",
            save_words="合并",
        )
        self._office, self._file = office, file
        self.form = FormFields(
            Opinion, ["merged_into"], today=office.today, lookup=MatterLookup(office, lookup, file.opinion.uid),
            labels={"merged_into": "合并到"},
        )  # fmt: skip
        self.why = FormFields(
            Routing, ["reason"], today=office.today, labels={"reason": "理由"}, tall={"reason": 2}
        )
        self.add_part(self.form)
        self._alike = QWidget()
        self._flow = FlowLayout(self._alike, gap=px(4))
        self.add(self._alike)
        self.add_part(self.why)
        self.finish_parts()

    def start(self) -> None:
        opinion = self._file.opinion
        alike = possible_duplicates(
            self._office, words=opinion.words, village=opinion.village, day=opinion.registered
        )
        others = [one for one in alike if one.opinion != opinion.uid]
        for one in others:
            words = f"{short_number(one.number)} {one.title}（{one.became}）"
            self._flow.addWidget(button(words, "link", act=self._taker(one.opinion)))
        self._alike.setVisible(bool(others))

    def save(self) -> Done | None:
        into = self.form.value("merged_into")
        if not into:
            self.form.show_problems({"merged_into": "请选择合并到哪一件"})
            return None
        try:
            changes = opinions.merge_opinion(
                self._office,
                opinion=self._file.opinion.uid,
                into=into,
                day=self._office.today(),
                reason=self.why.value("reason").strip() or None,
                draft_key=self.key,
            )
        except opinions.MergeRefused as refused:
            self.say_problem(str(refused))
            return None
        return Done(f"{self._file.number} 已合并办理", changes, show=into)

    def _taker(self, uid: str) -> Callable[[], None]:
        def take() -> None:
            self.form.set_value("merged_into", uid)

        return take


class MatterLookup:
    """A Lookup that tells matters apart by number and day as well; the own matter is left out."""

    def __init__(self, office: Desk, other: Lookup, own: str) -> None:
        self._office, self._other, self._own = office, other, own

    def candidates(self, kind: str, words: str) -> Sequence[tuple[str, str]]:
        """(uid, label), the best first."""
        if kind != Opinion.KIND:
            return self._other.candidates(kind, words)
        with self._office.store.reading() as reading:
            if words.strip():
                uids = [hit.uid for hit in reading.search(words, kinds=[Opinion.KIND], limit=13)]
            else:
                uids = reading.keys(Opinion, order=Order(descending=True))[:13]
            found = reading.by_uid(Opinion, [uid for uid in uids if uid != self._own])
            return [(uid, _label(opinion)) for uid, opinion in found.items()]

    def name_of(self, kind: str, uid: str) -> str:
        """The label of one record."""
        if kind != Opinion.KIND:
            return self._other.name_of(kind, uid)
        with self._office.store.reading() as reading:
            opinion = reading.get(Opinion, uid)
            return "" if opinion is None else _label(opinion)


def _label(opinion: Opinion) -> str:
    return f"{short_number(opinion.number or '')} {opinion.title}（{show_day(opinion.registered)}）"
