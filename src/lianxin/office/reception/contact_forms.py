"""Paper records of contact that is no reception: 入户走访, 座谈会, 意见箱开箱, 上街设点, 电话（来信） (domain.md 4.15).

Blank for the pen, or filled from what was registered. What was raised at one talk, one opening of the letter box or one
stand in the street is registered as one contact each, so those of the same kind, day and place are one record on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.domain.codes import AGE_BAND, SEX, CodeList
from lianxin.domain.dates import show_day
from lianxin.domain.meetings.occasions import occasion_of
from lianxin.domain.records import Contact, Opinion, Region, Routing, Station, Visitor
from lianxin.office.case_papers.case_events import went
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.office.paperwork.form_numbers import numbers_span
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import in_own_look, own_look
from lianxin.store.reading import Condition, Reading

if TYPE_CHECKING:
    from lianxin.documents.forms.contact_forms import ContactForm, FormPart, Listed

_NUMBER_TO_FILL = "＿＿＿＿＿＿＿＿"
_DAY_TO_FILL = "　　　年　　月　　日　　时"


@dataclass(frozen=True)
class _Told:
    """What a form is made from: the contact and those of the same occasion; nothing for a blank one."""

    reading: Reading
    names: Names
    occasion: tuple[Contact, ...]

    @property
    def contact(self) -> Contact | None:
        """The contact the form was asked for."""
        return self.occasion[0] if self.occasion else None

    def said(self, wire: str) -> str:
        """A field of the contact as people read it."""
        return self.names.shown(self.contact, wire) if self.contact else ""

    def first_said(self, wire: str) -> str:
        """A field of the occasion, from the first contact that tells it."""
        told = (self.names.shown(each, wire) for each in self.occasion)
        return next((words for words in told if words), "")

    @property
    def when(self) -> str:
        """Day and hour, room for them on a blank form."""
        if self.contact is None:
            return _DAY_TO_FILL
        return show_day(self.contact.day) + (f" {self.contact.at:%H:%M}" if self.contact.at else "")

    @property
    def where(self) -> str:
        """The place as typed, else the station."""
        return self.first_said("place") or self.first_said("station")

    def visitors(self, contact: Contact | None = None) -> list[Visitor]:
        """Who came, of one contact or of the one asked for."""
        of = contact or self.contact
        return self.reading.children(Visitor, "contact", [of.uid]) if of else []

    def opinions(self, contact: Contact) -> list[Opinion]:
        """What was registered from a contact."""
        return self.reading.children(Opinion, "contact", [contact.uid])

    def led_to(self, contact: Contact) -> str:
        """〔2026〕3号 转交办理：镇水务站, one line each; 合并办理 names the standing matter."""
        lines = []
        for opinion in self.opinions(contact):
            routings = self.reading.children(Routing, "opinion", [opinion.uid])
            where = went(self.names, routings[-1]) if routings else opinion.shown("category")
            lines.append(f"{short_number(opinion.number or '')} {where}".strip())
        joined = self.reading.get(Opinion, contact.joined) if contact.joined else None
        if joined is not None:
            lines.append(f"合并办理：{short_number(joined.number or '') or joined.title}")
        return "\n".join(lines)


def _names_of(visitors: Sequence[Visitor]) -> str:
    """Names, without those of people who asked for confidence; 匿名 where nobody gave one."""
    known = [f"{one.name}{'（保密）' if one.confidential else ''}" for one in visitors if one.name]
    return "、".join(known) or ("（匿名）" if visitors else "")


def _address(told: _Told, visitor: Visitor | None) -> str:
    return visitor.address_in(told.names.of(Region.KIND, visitor.village)) if visitor else ""


def _ticked(listed: CodeList, chosen: str | None) -> str:
    return "　".join(f"{'☑' if one.code == chosen else '□'}{one.label}" for one in listed.codes)


def _yes_no(answer: bool | None) -> str:
    return f"{'☑' if answer else '□'}是　{'☑' if answer is False else '□'}否"


def _answered(told: _Told) -> str:
    contact = told.contact
    yes_no = _yes_no(contact.answered if contact else None)
    return f"{yes_no}　　答复内容：{told.said('answer')}"


def _home_visit(told: _Told) -> Sequence[FormPart]:
    from lianxin.documents.forms.contact_forms import Beside, Note, Signed, Whole
    from lianxin.documents.forms.reception_form import PRIVACY_NOTICE

    first = next(iter(told.visitors()), None)
    age = f"{_ticked(SEX, first.sex if first else None)}　{first.shown('age') if first else ''}".strip()
    counts = f"{told.said('households') or '　'}户　{told.said('persons') or '　'}人"
    return (
        Beside(("走访时间", told.when), ("走访地点", told.where)),
        Beside(("走访代表", told.said("deputies")), ("记录人", told.said("recorder"))),
        Beside(("户主或\n接谈人", _names_of(told.visitors())), ("性别、年龄", age), 12),
        Beside(("住址", _address(told, first)), ("联系电话", (first.phone if first else "") or "")),
        Beside(("走访主题", told.said("topic")), ("户数、人次", counts)),
        Whole("反映内容\n（按原话）", told.said("words"), least=82),
        Whole("诉求", told.said("request"), least=14),
        Whole("当场答复", _answered(told), least=18),
        Whole("帮扶情况", told.said("helped"), least=20),
        Whole("拟办意见", told.said("proposal"), least=18),
        Whole("形成意见\n建议及去向", told.led_to(told.contact) if told.contact else "", least=16),
        Signed("接谈人签名", "走访代表签名"),
        Note(PRIVACY_NOTICE),
    )


def _raised(told: _Told, heading: str, who: str, *, least: int) -> Listed:
    """What was raised at the occasion, a line for each contact."""
    from lianxin.documents.forms.contact_forms import Listed

    rows = tuple(
        (str(at), _names_of(told.visitors(each)), each.words, told.led_to(each))
        for at, each in enumerate(told.occasion, 1)
    )
    columns = (("序号", 11.0), (who, 30.0), ("内容（按原话）", 89.0), ("答复或去向", 42.0))
    return Listed(heading, columns, rows, least=least, height=13.0)


def _symposium(told: _Told) -> Sequence[FormPart]:
    from lianxin.documents.forms.contact_forms import Beside, Signed, Whole

    persons = str(sum(each.persons for each in told.occasion)) if told.occasion else ""
    people = "、".join(
        dict.fromkeys(name for each in told.occasion if (name := _names_of(told.visitors(each))))
    )
    return (
        Beside(("时间", told.when), ("地点", told.where)),
        Beside(("主持人", told.first_said("host")), ("记录人", told.first_said("recorder"))),
        Whole("主题", told.first_said("topic"), least=10, short=True),
        Whole("参加代表", told.first_said("deputies"), least=12, short=True),
        Whole("参加群众\n和单位", people + (f"（共{persons}人）" if persons else ""), least=18),
        _raised(told, "发言和意见建议", "发言人", least=10),
        Whole("当场答复", told.first_said("answer"), least=18),
        Signed("主持人签名", "记录人签名"),
    )


def _letter_box(told: _Told) -> Sequence[FormPart]:
    from lianxin.documents.forms.contact_forms import Beside, Note, Signed

    count = told.first_said("letters") or (str(len(told.occasion)) if told.occasion else "")
    return (
        Beside(("开箱时间", told.when), ("意见箱地点", told.where)),
        Beside(("开箱人\n（两人以上）", told.first_said("opened_by")), ("件数", f"{count}　件"), 12),
        _raised(told, "信件登记（空箱的写“无”）", "来信人", least=14),
        Signed("开箱人签名", "开箱人签名"),
        Note("开箱由两人以上同时在场，当场清点、登记并签名。信中所留个人信息只用于登记、转办和反馈，不向无关人员提供。"),
    )  # fmt: skip


def _street(told: _Told) -> Sequence[FormPart]:
    from lianxin.documents.forms.contact_forms import Beside, Signed, Whole

    persons = str(sum(each.persons for each in told.occasion)) if told.occasion else "　"
    counts = f"接待{persons}人次　发放宣传资料{told.first_said('leaflets') or '　'}份"
    return (
        Beside(("时间", told.when), ("设点地点", told.where)),
        Beside(("参加代表", told.first_said("deputies")), ("记录人", told.first_said("recorder"))),
        Whole("主题", told.first_said("topic"), least=10, short=True),
        Whole("人次和\n宣传资料", counts, least=12, short=True),
        _raised(told, "群众反映", "反映人", least=12),
        Whole("当场解答", told.first_said("answer"), least=20),
        Signed("代表签名", "记录人签名"),
    )


_BY_WIRE = ("phone", "sms", "letter_box", "online", "via_deputy")
"""Channels of a contact that comes by itself, without meeting."""


def _phone(told: _Told) -> Sequence[FormPart]:
    from lianxin.documents.forms.contact_forms import Beside, Note, Signed, Whole
    from lianxin.documents.forms.reception_form import PRIVACY_NOTICE

    contact, first = told.contact, next(iter(told.visitors()), None)
    listed = Contact.spec("type").kind.codes
    assert listed is not None
    ways = "　".join(
        f"{'☑' if contact and contact.channel == code else '□'}{listed.label_of(code)}" for code in _BY_WIRE
    )
    age = f"{_ticked(SEX, first.sex if first else None)}　{_band(first)}".strip()
    return (
        Beside(("时间", told.when), ("接听、\n收信人", told.said("deputies") or told.said("recorder")), 12),
        Whole("来电、\n来信方式", ways, least=12, short=True),
        Beside(("姓名", _names_of(told.visitors())), ("性别、年龄", age)),
        Beside(("住址", _address(told, first)), ("联系电话", (first.phone if first else "") or "")),
        Beside(
            ("要求保密", _yes_no(first.confidential if first else None)),
            (Visitor.spec("informed").label, _yes_no(first.informed if first else None)),
        ),
        Whole("反映内容\n（按原话）", told.said("words"), least=94),
        Whole("诉求", told.said("request"), least=16),
        Whole("当场答复", _answered(told), least=22),
        Whole("拟办意见", told.said("proposal"), least=20),
        Whole("形成意见\n建议及去向", told.led_to(contact) if contact else "", least=16),
        Signed("记录人签名", "主席审阅签名"),
        Note(PRIVACY_NOTICE),
    )


def _band(visitor: Visitor | None) -> str:
    return AGE_BAND.label_of(visitor.age) if visitor and visitor.age else ""


@dataclass(frozen=True)
class _Form:
    """A form by its name: its title, the channels it is for, what stands on it, and whether it tells an occasion."""

    name: str
    title: str
    channels: tuple[str, ...]
    parts: Callable[[_Told], Sequence[FormPart]]
    occasion: bool = False


_FORMS: tuple[_Form, ...] = (
    _Form("home-visit-record", "入户走访记录", ("home_visit",), _home_visit),
    _Form("symposium-record", "选民座谈会记录", ("symposium",), _symposium, occasion=True),
    _Form("letter-box-record", "意见箱开箱记录", ("letter_box",), _letter_box, occasion=True),
    _Form("street-record", "上街设点接待记录", ("street",), _street, occasion=True),
    _Form("phone-record", "电话、来信记录", _BY_WIRE, _phone),
)
_BY_NAME: Mapping[str, _Form] = {each.name: each for each in _FORMS}


def form_of_channel(contact: Contact) -> str:
    """The name of the form a contact is printed on; "" for the reception form.

    A letter is on the record of the opening when that is told, else on the form of a single letter.
    """
    if contact.channel == "letter_box" and not (contact.opened_by or contact.letters):
        return "phone-record"
    return next((each.name for each in _FORMS if contact.channel in each.channels), "")


def contact_form(desk: Desk, contact: str, name: str = "") -> tuple[str, bytes]:
    """File name and content of a contact on its own form, or on the named one. Raises PapersProblem."""
    with desk.store.reading() as reading:
        found = _found(reading, contact)
        form = _BY_NAME[name or form_of_channel(found)]
        shipped = _docx(reading, form, [(_told(reading, form, found), found.paper_number or "")])
        made = own_look(desk, reading, form.name, shipped, [found.uid])
    return f"{form.title}_{found.number or show_day(found.day)}.docx", made


def blank_contact_forms(desk: Desk, name: str, paper_numbers: Sequence[str]) -> tuple[str, bytes]:
    """File name and content of blank forms with these 表号, one a page; a form without a number for ("",)."""
    form = _BY_NAME[name]
    with desk.store.reading() as reading:
        nothing = _Told(reading, Names(reading), ())
        shipped = _docx(reading, form, [(nothing, number) for number in paper_numbers])
        made = own_look(desk, reading, form.name, shipped)
    return f"{form.title}（空白）{numbers_span(paper_numbers)}.docx", made


def _docx(reading: Reading, form: _Form, sheets: Sequence[tuple[_Told, str]]) -> bytes:
    from lianxin.documents.forms.contact_forms import contact_forms_docx

    office = office_of(reading).name
    return contact_forms_docx([_sheet(form, office, told, number) for told, number in sheets])


def _sheet(form: _Form, office: str, told: _Told, paper_number: str) -> ContactForm:
    from lianxin.documents.forms.contact_forms import ContactForm

    number = (told.contact.number if told.contact else "") or _NUMBER_TO_FILL
    paper = f"　表号：{paper_number}" if paper_number else "" if told.contact else "　表号：＿＿＿＿＿＿"
    return ContactForm(form.title, office, f"编号：{number}{paper}", form.parts(told))


def _found(reading: Reading, uid: str) -> Contact:
    found = reading.get(Contact, uid)
    if found is None:
        raise PapersProblem(f"没有找到这次来访走访（{uid}），没有生成文件")
    return found


def _told(reading: Reading, form: _Form, contact: Contact) -> _Told:
    occasion: list[Contact] = [contact]
    if form.occasion:
        same = reading.all(Contact, Condition("date", "=", contact.day.isoformat()))
        occasion += sorted(
            (each for each in same if each.uid != contact.uid and occasion_of(each) == occasion_of(contact)),
            key=lambda each: (each.number or "~", each.uid),
        )
    names = Names(reading)
    names.preload(Station.KIND, [each.station for each in occasion if each.station])
    return _Told(reading, names, tuple(occasion))


def _paper(form: _Form) -> Paper:
    def make(asked: Asked) -> bytes:
        if asked.uid is None:
            nothing = _Told(asked.reading, Names(asked.reading), ())
            return _docx(asked.reading, form, [(nothing, "")])
        contact = _found(asked.reading, asked.uid)
        return _docx(asked.reading, form, [(_told(asked.reading, form, contact), contact.paper_number or "")])

    return Paper(form.name, form.title, ".docx", "record or blank", in_own_look(form.name, make))


CONTACT_PAPERS: tuple[Paper, ...] = tuple(_paper(form) for form in _FORMS)
"""For the uid of a contact, or blank."""
