"""The sheets of the roster: 登记代表, 修改, 增加资格, 状态变化, 代表小组."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.records import DeputyGroup, GroupMember, Mandate, Person
from lianxin.office.deputies import people as deputies
from lianxin.office.deputies.roster import DeputyFile
from lianxin.office.desk import Desk, main_station
from lianxin.office.records import RecordRefused, new_uid, save_record
from lianxin.ui.form import FormFields, Line
from lianxin.ui.opinions.act_form import ActForm, Done
from lianxin.ui.pick_editor import Lookup
from lianxin.ui.pieces import label

PERSON: Sequence[Line] = ("name", "sex", "nation", "born", "party", "schooling", "work", "phone", "address",
                          "identity_number", "no_fixed_income", "remark")  # fmt: skip
NEW_PERSON: Sequence[Line] = ("name", "sex", "phone", "work", "party", "born", "nation")
MANDATE: Sequence[Line] = ("level", "district", "term", "station", "elected", "elected_how", "certificate",
                           ("leader", "presidium"))  # fmt: skip
_NEW = ("district",)


def _mandate_fields(office: Desk, lookup: Lookup) -> FormFields[Mandate]:
    return FormFields(Mandate, MANDATE, today=office.today, lookup=lookup, offer_new=_NEW)


class RegisterDeputy(ActForm):
    """登记代表: the person and the first mandate."""

    def __init__(self, office: Desk, lookup: Lookup, key: str) -> None:
        super().__init__("登记代表", "", kind=Person.KIND, key=key)
        self._office = office
        self.person = FormFields(Person, NEW_PERSON, today=office.today)
        self.mandate = _mandate_fields(office, lookup)
        self.mandate.changed.connect(self._mandate_changed)
        self.person.draft_due.connect(self._look_for_namesakes)
        self._same = label("", "doubt", wrap=True)
        self._same.hide()
        self.add_part(self.person)
        self.add(self._same)
        self.add_part(self.mandate)
        self.finish_parts()

    def start(self) -> None:
        with self._office.store.reading() as reading:
            station = main_station(reading)
        self.mandate.set_typed(
            {"level": "township", "term": deputies.term_for(self._office, "township") or ""}
        )
        if station is not None:
            self.mandate.set_typed({"station": station.uid})

    def save(self) -> Done | None:
        uid = new_uid(self._office)
        person = self.person.read(uid)
        mandate = self.mandate.read(new_uid(self._office), also={"person": uid}) if person else None
        if person is None or mandate is None:
            return None
        try:
            changes = deputies.register_deputy(
                self._office, person=person, mandate=mandate, draft_key=self.key
            )
        except deputies.MandateRefused as refused:
            self.mandate.show_problems({refused.wire: str(refused)})
            return None
        return Done(f"已登记代表 {person.name}", changes, show=uid)

    def _mandate_changed(self, wire: str) -> None:
        if wire == "level":
            term = deputies.term_for(self._office, self.mandate.value("level"))
            self.mandate.set_typed({"term": term or ""})

    def _look_for_namesakes(self) -> None:
        known = deputies.namesakes(self._office, self.person.value("name"))
        told = "；".join(words for _, words in known)
        self._same.setText(
            f"花名册里已有同名的：{told}。是同一个人的，请返回选中他，用“增加资格”。" if known else ""
        )
        self._same.setVisible(bool(known))


class EditPerson(ActForm):
    """修改: the facts of a person; telephone and identity number hidden until asked for."""

    def __init__(self, office: Desk, person: Person) -> None:
        super().__init__("修改基本情况", person.name, kind=Person.KIND, key=person.uid)
        self._office, self._person = office, person
        self.form = FormFields(Person, PERSON, today=office.today, tall={"remark": 2})
        self.form.history_asked.connect(self.history_asked)
        self.form.disclosed.connect(self.disclosed)
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        self.form.set_record(self._person, mask=True)

    def save(self) -> Done | None:
        read = self.form.read_over(self._person)
        if read is None:
            return None
        try:
            saved = save_record(self._office, read, opened=self._person, draft_key=self.key)
        except RecordRefused as refused:
            self.form.show_problems(refused.problems)
            return None
        return Done(f"已修改 {read.name}", saved.changes, show=read.uid)


class MandateForm(ActForm):
    """增加资格, 修改资格: one seat at one level in one term."""

    def __init__(self, office: Desk, lookup: Lookup, file: DeputyFile, opened: Mandate | None) -> None:
        key = opened.uid if opened else f"for-{file.person.uid}"
        heading = "修改代表资格" if opened else "增加代表资格"
        super().__init__(heading, file.person.name, kind=Mandate.KIND, key=key)
        self._office, self._file, self._opened = office, file, opened
        self.form = _mandate_fields(office, lookup)
        self.form.changed.connect(self._edited)
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        if self._opened is not None:
            self.form.set_record(self._opened)
            return
        with self._office.store.reading() as reading:
            station = main_station(reading)
        self.form.set_typed({"station": station.uid if station else ""})

    def save(self) -> Done | None:
        opened, person = self._opened, self._file.person
        if opened is not None:
            read = self.form.read_over(opened)
        else:
            read = self.form.read(new_uid(self._office), also={"person": person.uid})
        if read is None:
            return None
        try:
            if opened is None:
                changes = deputies.add_mandate(self._office, read, draft_key=self.key)
            else:
                changes = deputies.change_mandate(self._office, read, opened=opened, draft_key=self.key)
        except deputies.MandateRefused as refused:
            self.form.show_problems({refused.wire: str(refused)})
            return None
        said = "已修改" if opened else "已增加"
        return Done(f"{person.name} {said}{read.shown('level')}人大代表资格", changes, show=person.uid)

    def _edited(self, wire: str) -> None:
        if wire == "level" and self._opened is None:
            term = deputies.term_for(self._office, self.form.value("level"))
            self.form.set_typed({"term": term or ""})


class MandateState(ActForm):
    """状态变化: 辞职, 罢免, 迁出 and the like, with date and document."""

    def __init__(self, office: Desk, file: DeputyFile, mandate: Mandate, words: str) -> None:
        super().__init__(
            "代表状态变化", f"{file.person.name} · {words}", kind=Mandate.KIND, key=f"state-{mandate.uid}"
        )
        self._office, self._file, self._mandate = office, file, mandate
        self.form = FormFields(Mandate, ["state", "state_day", "state_document"], today=office.today)
        self.form.set_hint("state_day", "公告上的日期")
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        self.form.set_typed({"state": self._mandate.state})

    def save(self) -> Done | None:
        read = self.form.read_over(self._mandate)
        if read is None:
            return None
        if read.state == self._mandate.state:
            self.form.show_problems({"state": "状态没有变化，请另选一个"})
            return None
        try:
            changes = deputies.change_mandate_state(
                self._office,
                self._mandate,
                state=read.state,
                day=read.state_day,
                document=read.state_document,
                draft_key=self.key,
            )
        except deputies.MandateRefused as refused:
            self.form.show_problems({refused.wire: str(refused)})
            return None
        person = self._file.person
        return Done(
            f"{person.name} 的{read.shown('level')}人大代表资格已改为{read.shown('state')}",
            changes,
            show=person.uid,
        )


class JoinGroup(ActForm):
    """加入小组: an existing group, or a new one by its name."""

    def __init__(self, office: Desk, lookup: Lookup, file: DeputyFile) -> None:
        super().__init__(
            "加入代表小组", file.person.name, kind=GroupMember.KIND, key=f"for-{file.person.uid}"
        )
        self._office, self._file = office, file
        self.form = FormFields(
            GroupMember, ["group", "role"], today=office.today, lookup=lookup, offer_new=("group",)
        )
        self.add_part(self.form)
        self.finish_parts()

    def save(self) -> Done | None:
        person = self._file.person
        read = self.form.read("", also={"person": person.uid})
        if read is None:
            return None
        changes = deputies.join_group(
            self._office, person=person.uid, group=read.group, role=read.role, draft_key=self.key
        )
        name = self.form.row("group").editor.shown()
        return Done(f"{person.name} 已编入{name}", changes, show=person.uid)


class GroupForm(ActForm):
    """修改小组: name, sort, villages."""

    def __init__(self, office: Desk, group: DeputyGroup) -> None:
        super().__init__("修改代表小组", group.name, kind=DeputyGroup.KIND, key=group.uid)
        self._office, self._group = office, group
        wires = ["name", "type", "villages", "yearly_least", "remark"]
        self.form = FormFields(DeputyGroup, wires, today=office.today, tall={"remark": 2})
        self.add_part(self.form)
        self.finish_parts()

    def start(self) -> None:
        self.form.set_record(self._group)

    def save(self) -> Done | None:
        read = self.form.read_over(self._group)
        if read is None:
            return None
        saved = save_record(self._office, read, opened=self._group, draft_key=self.key)
        return Done(f"已修改{read.name}", saved.changes)
