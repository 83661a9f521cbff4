"""Empty forms in the shipped layout, and the templates that are made from them when they are taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.papers.catalogue import PAPERS
from lianxin.office.paperwork.paper import Asked
from lianxin.office.paperwork.templated import look_of
from lianxin.office.paperwork.templates import kept_template
from lianxin.office.reportback.report_form import empty_form
from lianxin.store.reading import Reading

Example = Callable[[Asked], bytes]

_EMPTY = (
    "home-visit-record", "symposium-record", "letter-box-record", "street-record", "phone-record",
    "group-activity-record", "visit-register", "duty-register", "minutes", "sign-in-sheet", "evaluation-summary",
    "oath", "handover", "suggestion-handover", "opinion-request", "face-reply", "yearly-duties-sheet",
)  # fmt: skip
"""Forms that are printed empty as well, and a list of every year's tasks, which are the same everywhere."""


def _reception_form(asked: Asked) -> bytes:
    from lianxin.documents.forms.reception_form import ReceptionSheet, reception_form_docx

    office = office_of(asked.reading).name
    return reception_form_docx(ReceptionSheet(), office_name=office, names=Names(asked.reading).of)


def _matter_sheet(asked: Asked) -> bytes:
    from lianxin.documents.forms.matter_sheet import MatterSheet, matter_sheet_docx

    sheet = MatterSheet(*("",) * 8)
    return matter_sheet_docx(sheet, office_name=office_of(asked.reading).name)


def _suggestion_sheet(asked: Asked) -> bytes:
    from lianxin.documents.forms.matter_sheet import MatterSheet, matter_sheet_docx

    sheet = MatterSheet(
        *("",) * 8,
        sheet="代表建议办理单",
        raised_label="提出代表",
        words_label="案由案据",
        request_label="方案",
    )
    return matter_sheet_docx(sheet, office_name=office_of(asked.reading).name)


def _rota(asked: Asked) -> bytes:
    from lianxin.documents.forms.rota_table import RotaTable, rota_docx

    day = asked.desk.today()
    return rota_docx(RotaTable(office_of(asked.reading).name, f"{day.year}年{day.month}月", day, ()))


def _publication(asked: Asked) -> bytes:
    from lianxin.documents.sheets.publication_sheet import PublicLine, PublicSheet, publication_docx

    day, office = asked.desk.today(), office_of(asked.reading).name
    nobody = PublicLine(*("",) * 7, 0, 0, 0, 0, "")
    return publication_docx(PublicSheet(office, "乡", day.year, day, 0, "", [nobody]))


def _scores(asked: Asked) -> bytes:
    from lianxin.documents.sheets.score_sheet import ScoreSheet, score_docx

    office, year = office_of(asked.reading).name, asked.desk.today().year
    return score_docx(ScoreSheet(office, "履职积分表", year, "代表", (), (), graded=False, rule=()))


def _certificate(asked: Asked) -> bytes:
    from lianxin.documents.official.election_papers import Elected, certificate_docx

    return certificate_docx(
        Elected("姓名", ""), heading="当选证书", words="经会议选举，你当选。", signer=office_of(asked.reading).name,
        day=asked.desk.today(),
    )  # fmt: skip


def _report_form(asked: Asked) -> bytes:
    return empty_form(asked.reading)


EXAMPLES: Mapping[str, Example] = {
    **{name: PAPERS[name].make for name in _EMPTY},
    "reception-form": _reception_form,
    "report-form": _report_form,
    "report-sign-in": PAPERS["sign-in-sheet"].make,
    "matter-sheet": _matter_sheet,
    "suggestion-sheet": _suggestion_sheet,
    "rota": _rota,
    **dict.fromkeys(("publication-sheet", "publication-sheet-county"), _publication),
    "score-sheet": _scores,
    "certificate": _certificate,
}
"""Name of a document → its maker; it is asked for nothing in particular, in the shipped layout."""

WHOLE_TABLES = frozenset({"evaluation-summary", "score-sheet"})
"""Their columns change with what is voted or counted, so that the table is carried whole."""


def take_template(desk: Desk, paper: str) -> bytes:
    """取出: the template in force, to be changed in Word or WPS. Raises TemplateRefused, SealedFileDamaged."""
    kept = kept_template(desk, paper)
    if kept is not None:
        return kept
    with desk.store.reading() as reading:
        example = example_of(desk, reading, paper)
        office = office_of(reading).name
    if example is None:
        from lianxin.documents.templates.own_template import shipped_template

        return shipped_template(office, desk.today(), look=look_of(paper))
    from lianxin.documents.templates.form_template import form_template
    from lianxin.documents.templates.own_template import FIELDS

    return form_template(example, FIELDS, whole=paper in WHOLE_TABLES)


def example_of(desk: Desk, reading: Reading, paper: str) -> bytes | None:
    """The empty form of a document; None for one that is no form."""
    make = EXAMPLES.get(paper)
    return make(Asked(desk, reading, None, None, shipped=True)) if make else None
