"""《人大代表述职报告表》 made from the records: words that can be changed, and a way to every record behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from lianxin.domain.casework.step_checks import NOTHING_CHANGED
from lianxin.domain.dates import show_day
from lianxin.domain.periods import Period
from lianxin.domain.records import AspectName, Mandate, Person, ReportAspect, YearReport
from lianxin.domain.report_aspects import Aspect, aspects_of
from lianxin.office.desk import Desk, current_term, office_of
from lianxin.office.names import Names
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import own_look
from lianxin.office.reportback.report_form_facts import About, SourceLine, told_of
from lianxin.office.reportback.report_sessions import reports_at
from lianxin.office.reportback.report_year import ReportRefused, unsubmitted_text
from lianxin.office.reportback.report_year_view import level_label
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change

if TYPE_CHECKING:
    from lianxin.documents.forms.report_form import ReportSheet


@dataclass(frozen=True)
class AspectWords:
    """One aspect of one deputy's form: what the records say, what the office wrote instead, and the records."""

    aspect: Aspect
    made: str
    kept: ReportAspect | None
    sources: tuple[SourceLine, ...]

    @property
    def words(self) -> str:
        """What stands on the form."""
        return self.kept.words if self.kept else self.made


@dataclass(frozen=True)
class ReportForm:
    """One deputy's form with the plan record it belongs to."""

    report: YearReport
    person: Person
    aspects: tuple[AspectWords, ...]


def report_form(desk: Desk, report: str) -> ReportForm | None:
    """The form of a deputy's year; None when the plan record is not here any more."""
    with desk.store.reading() as reading:
        held = reading.get(YearReport, report)
        person = reading.get(Person, held.person) if held else None
        if held is None or person is None:
            return None
        return ReportForm(held, person, tuple(_aspects(desk, reading, held, person)))


def keep_words(
    desk: Desk,
    *,
    report: str,
    words: Mapping[int, str],
    opened: YearReport,
    changed: YearReport,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """Stores the aspects whose words differ from those made of the records, and what else the form holds.

    An aspect whose words are those of the records again is no longer kept, so that it follows them.
    """
    with desk.store.writing(reason="修改述职报告表") as writing:
        reading = Reading(writing.connection)
        person = reading.get(Person, opened.person)
        if reading.get(YearReport, report) is None or person is None:
            raise ReportRefused(f"这名代表的述职安排已经取消，{NOTHING_CHANGED}")
        for each in _aspects(desk, reading, opened, person):
            told = words.get(each.aspect.place, each.words).strip()
            if told == each.made.strip() or not told:
                if each.kept is not None:
                    writing.remove(ReportAspect, each.kept.uid)
            elif each.kept is None:
                writing.put(
                    ReportAspect(
                        uid=writing.new_uid(), year_report=report, place=each.aspect.place, words=told
                    )
                )
            else:
                writing.put(replace(each.kept, words=told), opened=each.kept)
        writing.put(changed, opened=opened)
        if draft_key:
            writing.forget_draft(ReportAspect.KIND, draft_key)
        return tuple(writing.changes)


def forms_paper(
    desk: Desk, reports: Sequence[str], *, tell: Callable[[int, int], None] = lambda done, total: None
) -> tuple[str, bytes]:
    """File name and content of the forms of these plan records in one file; `tell` hears of each that is made.

    Raises PapersProblem.
    """
    with desk.store.reading() as reading:
        held = list(reading.by_uid(YearReport, list(reports)).values())
        if not held:
            raise PapersProblem("没有找到要打印的述职安排，没有生成文件")
        name = Names(reading).of("person", held[0].person)
        content = _forms(desk, reading, held, tell)
    told = name if len(held) == 1 else f"{len(held)}名代表"
    return f"述职报告表_{held[0].year}_{told}.docx", content


def blank_form(desk: Desk) -> tuple[str, bytes]:
    """The blank form to fill in by hand."""
    with desk.store.reading() as reading:
        return "述职报告表（空白）.docx", own_look(desk, reading, "report-form", empty_form(reading))


def _aspects(desk: Desk, reading: Reading, report: YearReport, person: Person) -> list[AspectWords]:
    about = About(desk, reading, person, report.level, report.year)
    kept = {each.place: each for each in reading.children(ReportAspect, "year_report", [report.uid])}
    found = []
    for aspect in aspects_of(reading.all(AspectName)):
        told = told_of(about, aspect.source)
        found.append(AspectWords(aspect, told.words, kept.get(aspect.place), told.sources))
    return found


def _sheet(desk: Desk, reading: Reading, report: YearReport) -> ReportSheet:
    from lianxin.documents.forms.report_form import ReportSheet

    person, names = reading.get(Person, report.person), Names(reading)
    if person is None:
        raise PapersProblem("没有找到这名代表，没有生成文件")
    mandates = [
        each for each in reading.children(Mandate, "person", [person.uid]) if each.level == report.level
    ]
    mandate = next((each for each in mandates if each.state == "serving"), next(iter(mandates), None))
    term = mandate.term if mandate and mandate.term else None
    running = current_term(reading, report.level, date(report.year, 12, 31))
    return ReportSheet(
        aspects=tuple(
            (each.aspect.name, each.words) for each in _aspects(desk, reading, report, person)
        ),
        year=report.year,
        mode=report.shown("mode"),
        level=level_label(report.level),
        term=names.of("term", term or (running.uid if running else None)),
        district=names.of("district", mandate.district) if mandate else "",
        name=person.name,
        sex=person.shown("sex"),
        age=_age(person, report.year),
        party=person.shown("party"),
        work=person.work or "",
        elected=show_day(mandate.elected) if mandate and mandate.elected else "",
        shortcomings=report.shortcomings or "",
        group_opinion=report.group_opinion or "",
        presidium_opinion=report.presidium_opinion or "",
    )  # fmt: skip


def _age(person: Person, year: int) -> str:
    """Whole years at the end of the year; the month of birth is all that is known."""
    return f"{year - int(person.born[:4])}岁" if person.born and person.born[:4].isdigit() else ""


def _forms(
    desk: Desk,
    reading: Reading,
    reports: Sequence[YearReport],
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> bytes:
    from lianxin.documents.forms.report_form import report_form_docx

    sheets = []
    for place, each in enumerate(reports):
        tell(place, len(reports))
        sheets.append(_sheet(desk, reading, each))
    made = report_form_docx(sheets, office_name=office_of(reading).name)
    return own_look(desk, reading, "report-form", made, [each.uid for each in reports])


def empty_form(reading: Reading) -> bytes:
    """The form to fill in by hand, in the shipped layout, with the aspects this office has."""
    from lianxin.documents.forms.report_form import ReportSheet, report_form_docx

    aspects = tuple((each.name, "") for each in aspects_of(reading.all(AspectName)))
    return report_form_docx([ReportSheet(aspects)], office_name=office_of(reading).name)


def _one_paper(asked: Asked) -> bytes:
    assert asked.uid is not None
    found = asked.reading.get(YearReport, asked.uid)
    if found is not None:
        return _forms(asked.desk, asked.reading, [found])
    held = reports_at(asked.reading, asked.uid)
    held = held or _latest_of(asked.reading, asked.uid)
    if not held:
        raise PapersProblem(f"没有找到这条述职安排（{asked.uid}），没有生成文件")
    return _forms(asked.desk, asked.reading, held)


def _latest_of(reading: Reading, person: str) -> list[YearReport]:
    """The latest plan record of a person, at each level."""
    own = reading.children(YearReport, "person", [person])
    last = max((each.year for each in own), default=0)
    return [each for each in own if each.year == last]


def _year_paper(asked: Asked) -> bytes:
    year = _year_of(asked.period)
    found = asked.reading.all(YearReport, Condition("year", "=", year))
    if not found:
        raise PapersProblem(f"{year}年度还没有述职安排，没有生成文件")
    return _forms(asked.desk, asked.reading, sorted(found, key=lambda each: (each.level, each.uid)))


def _blank_paper(asked: Asked) -> bytes:
    return own_look(asked.desk, asked.reading, "report-form", empty_form(asked.reading))


def _unsubmitted(asked: Asked) -> bytes:
    year = _year_of(asked.period)
    text = unsubmitted_text(asked.desk, year) or f"{year}年度书面述职报告都已交来，或还没有安排书面述职。"
    return f"{text}\n".encode("utf-8-sig")


def _year_of(period: Period | None) -> int:
    assert period is not None
    return period.end.year


REPORT_FORM_PAPERS = (
    Paper("report-form", "述职报告表", ".docx", "record", _one_paper),
    Paper("report-forms", "述职报告表（全年）", ".docx", "period", _year_paper),
    Paper("report-blank", "述职报告表（空白）", ".docx", "record or blank", _blank_paper),
    Paper("unsubmitted-text", "书面述职催交文字", ".txt", "period", _unsubmitted),
)
