"""Word papers of a visit and a reception day: 接待登记表 filled or blank, 接待日公告."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.domain.dates import show_day
from lianxin.domain.records import Assignment, Contact, Opinion, Reply, Routing, Satisfaction, Visitor
from lianxin.office.beside import write_beside
from lianxin.office.case_papers.case_events import went
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.paperwork.form_numbers import numbers_span
from lianxin.office.paperwork.templates import own_look
from lianxin.office.reception.days import duties_of
from lianxin.store.reading import Reading

if TYPE_CHECKING:
    from lianxin.documents.forms.reception_form import ReceptionSheet


@dataclass(frozen=True)
class Written:
    """A paper on disk. `instead` tells that the usual name was taken by a file that could not be replaced."""

    path: Path
    instead: bool


def visit_paper(desk: Desk, contact: str) -> tuple[str, bytes]:
    """A contact on the form of its own channel: the reception form, or a home visit's, a talk's, a letter's."""
    from lianxin.office.reception.contact_forms import contact_form, form_of_channel

    with desk.store.reading() as reading:
        found = reading.get(Contact, contact)
        own = form_of_channel(found) if found else ""
    return contact_form(desk, contact, own) if own else reception_form(desk, contact)


def reception_form(desk: Desk, contact: str | None) -> tuple[str, bytes]:
    """File name and content of the form of one visit, or of the blank form to fill in by hand."""
    from lianxin.documents.forms.reception_form import ReceptionSheet, reception_form_docx

    with desk.store.reading() as reading:
        office = office_of(reading)
        found = reading.get(Contact, contact) if contact else None
        sheet = ReceptionSheet() if found is None else _sheet(reading, found)
        shipped = reception_form_docx(sheet, office_name=office.name, names=Names(reading).of)
        made = own_look(desk, reading, "reception-form", shipped, [found.uid] if found else ())
    name = "接待登记表（空白）" if found is None else f"接待登记表_{found.number or show_day(found.day)}"
    return f"{name}.docx", made


def blank_forms(desk: Desk, paper_numbers: Sequence[str]) -> tuple[str, bytes]:
    """File name and content of blank reception forms with these 表号, one a page; ("",) for one without a number."""
    from lianxin.documents.forms.reception_form import blank_forms_docx

    with desk.store.reading() as reading:
        office = office_of(reading).name
        shipped = blank_forms_docx(paper_numbers, office_name=office, names=Names(reading).of)
        made = own_look(desk, reading, "reception-form", shipped)
    return f"接待登记表（空白）{numbers_span(paper_numbers)}.docx", made


def _sheet(reading: Reading, contact: Contact) -> ReceptionSheet:
    from lianxin.documents.forms.reception_form import ReceptionSheet

    opinions = reading.children(Opinion, "contact", [contact.uid])
    joined = reading.get(Opinion, contact.joined) if contact.joined else None
    opinions += [joined] if joined else []
    first = [each.uid for each in opinions[:1]]
    assignments = reading.children(Assignment, "opinion", first)
    replies = reading.children(Reply, "opinion", first)
    asked = reading.children(Satisfaction, "opinion", first)
    routings = reading.children(Routing, "opinion", first)
    duties = duties_of(reading, contact.reception_day) if contact.reception_day else ()
    levels = {duty.name: duty.level for duty in duties}
    named = [name for name in (contact.deputies or "").split("、") if name]
    return ReceptionSheet(
        contact=contact,
        visitors=tuple(reading.children(Visitor, "contact", [contact.uid])),
        opinions=tuple(opinions),
        assignment=assignments[-1] if assignments else None,
        reply=replies[-1] if replies else None,
        satisfaction=asked[-1] if asked else None,
        went=went(Names(reading), routings[-1]) if routings else "",
        deputies="、".join(f"{name}（{levels[name]}）" if levels.get(name) else name for name in named),
    )


def write_paper(folder: Path, name: str, content: bytes) -> Written:
    """Writes into a folder, beside under a second name when the usual file is open elsewhere. Raises OSError."""
    path = write_beside(folder / name, content)
    return Written(path, path.name != name)
