"""公示: the sheet of deputies and their work without personal data, and the register of what was put up (代表法 §58)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lianxin.domain.codes import LEVEL
from lianxin.domain.records import Mandate, Person, Publication, Visitor
from lianxin.domain.scoring.performance import FileRow, file_sections
from lianxin.domain.work_facts import Subject, WorkFacts
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import in_own_look, own_look
from lianxin.office.scoring.finals import file_name
from lianxin.office.scoring.performance_file import paper_year
from lianxin.office.scoring.work_facts import deputies_of_year, year_facts
from lianxin.store.reading import Reading
from lianxin.store.writing import Change

if TYPE_CHECKING:
    from lianxin.documents.sheets.publication_sheet import PublicLine, PublicSheet

DAYS_UP = 7
"""How long a sheet is put up when nobody says otherwise; no law fixes it."""


@dataclass(frozen=True)
class Printed:
    """The sheet that was made and its line in the register of publications."""

    name: str
    content: bytes
    publication: Publication
    changes: tuple[Change, ...]


def public_sheet(reading: Reading, level: str, year: int, today: date) -> PublicSheet:
    """The sheet of a level and year. Raises PapersProblem when there is nobody to publish."""
    from lianxin.documents.sheets.publication_sheet import PublicSheet

    facts = year_facts(reading, year, today)
    mandates = [one for one in deputies_of_year(reading, level, year) if one.state == "serving"]
    if not mandates:
        raise PapersProblem(f"没有在任的{LEVEL.label_of(level)}级代表，没有生成公示")
    people = reading.by_uid(Person, [one.person for one in mandates])
    names = Names(reading)
    office = office_of(reading)
    lines = [_line(names, people[one.person], one, facts) for one in mandates]
    return PublicSheet(
        office.name, LEVEL.label_of(level), year, today, DAYS_UP, office.phone or "", tuple(lines)
    )


def _line(names: Names, person: Person, mandate: Mandate, facts: WorkFacts) -> PublicLine:
    from lianxin.documents.sheets.publication_sheet import PublicLine

    sections = {one.key: one for one in file_sections(facts, Subject("deputy", person.uid, mandate.level))}
    joined = (*sections["inspection"].rows, *sections["group"].rows)
    contacts = sections["contacts"].rows
    receptions = [row for row in contacts if row.kind == "reception-day" and row.result in ("到岗", "替班")]
    reports = [row for row in sections["supervised"].rows if row.kind == "year-report"]
    return PublicLine(
        name=person.name,
        sex=person.shown("sex"),
        district=names.of("district", mandate.district),
        work=person.work or "",
        meetings=_came(sections["meetings"].rows),
        activities=_came(joined),
        training=_came(sections["training"].rows),
        suggestions=sum(row.kind == "suggestion" for row in sections["suggestions"].rows),
        receptions=len(receptions),
        visits=sum(row.kind == "contact" for row in contacts),
        deeds=sum(row.kind == "deed" for row in contacts),
        reported="、".join(dict.fromkeys(_mode(row.words) for row in reports if row.result == "已述职"))
        or "—",
    )


def _came(rows: Sequence[FileRow]) -> str:
    there = sum(row.result.startswith("出席") for row in rows)
    return f"{there}/{len(rows)}" if rows else "—"


def _mode(words: str) -> str:
    return "口头" if "口头" in words else "书面"


def personal_data_in(reading: Reading, words: str) -> tuple[str, ...]:
    """What of a text is somebody's phone, identity number, address, birth month or a visitor's name: 脱敏检查."""
    found: list[str] = []
    deputies = {str(name) for (name,) in reading.fields(Person, ["name"])}
    asked = (
        (Person, ("phone", "identity_number", "address")),
        (Visitor, ("phone", "identity_number", "address")),
    )
    for cls, wires in asked:
        for row in reading.fields(cls, wires):
            found += [str(value) for value in row if value and len(str(value)) >= 4 and str(value) in words]
    for (name,) in reading.fields(Visitor, ["name"]):
        if name and str(name) not in deputies and len(str(name)) >= 2 and str(name) in words:
            found.append(str(name))
    return tuple(dict.fromkeys(found))


def publish(desk: Desk, level: str, year: int, *, place: str, by: str) -> Printed:
    """The sheet printed, checked for personal data, and entered in the register. Raises PapersProblem."""
    from lianxin.documents.sheets.publication_sheet import publication_docx, publication_words

    today = desk.today()
    with desk.store.reading() as reading:
        sheet = public_sheet(reading, level, year, today)
        left = personal_data_in(reading, publication_words(sheet))
    if left:
        raise PapersProblem(
            f"公示里有{len(left)}处像是个人信息（如“{left[0][:3]}…”），没有生成。请先改正代表的单位及职务一栏。"
        )
    publication = Publication(
        uid=desk.store.new_uid(), what="performance", title=sheet.title, scope=f"{sheet.level}级代表{len(sheet.lines)}名",
        place=place.strip() or None, start=today, end=today + timedelta(days=DAYS_UP), checked=True,
        checked_by=by.strip() or None,
    )  # fmt: skip
    with desk.store.reading() as reading:
        content = own_look(desk, reading, _NAMES[level], publication_docx(sheet))
    with desk.store.writing(reason="公示代表履职情况") as writing:
        writing.put(publication)
        changes = tuple(writing.changes)
    return Printed(file_name("公示", sheet.title) + ".docx", content, publication, changes)


def _sheet_paper(level: str) -> Callable[[Asked], bytes]:
    def make(asked: Asked) -> bytes:
        from lianxin.documents.sheets.publication_sheet import publication_docx

        year = paper_year(asked)
        return publication_docx(public_sheet(asked.reading, level, year, asked.desk.today()))

    return make


_NAMES = {"township": "publication-sheet", "county": "publication-sheet-county"}
PUBLICATION_PAPERS: Sequence[Paper] = tuple(
    Paper(name, f"{label}代表履职情况公示", ".docx", "period", in_own_look(name, _sheet_paper(level)))
    for (level, name), label in zip(_NAMES.items(), ("乡级", "县级"), strict=True)
)
