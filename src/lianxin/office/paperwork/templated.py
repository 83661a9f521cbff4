"""Which documents take a template of the office, what its fields are about, and why a few take none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lianxin.domain.dictionary import Record
from lianxin.domain.records import (
    Activity,
    AnnualTheme,
    Appointment,
    Assignment,
    Contact,
    Evaluation,
    Filing,
    Mandate,
    Meeting,
    MeetingBallot,
    Oath,
    Opinion,
    ReceptionDay,
    ReportSession,
    Suggestion,
    Supervision,
    WorkReport,
    YearReport,
)

if TYPE_CHECKING:
    from lianxin.documents.templates.own_template import Look

_EVENT: tuple[type[Record], ...] = (Meeting, Activity)
ABOUT: Mapping[str, tuple[type[Record], ...]] = {
    "reception-form": (Contact,),
    **dict.fromkeys(
        ("home-visit-record", "symposium-record", "letter-box-record", "street-record", "phone-record"),
        (Contact,),
    ),
    "group-activity-record": (Activity,),
    "reception-notice": (ReceptionDay,),
    "telling-notice": (Opinion,),
    "matter-sheet": (Opinion,),
    "handover": (Assignment,),
    "supervision-letter": (Supervision, Opinion),
    "reply-letter": (Opinion,),
    "dossier": (Opinion,),
    **dict.fromkeys(("suggestion-sheet", "suggestion-handover", "opinion-request", "face-reply"), (Suggestion,)),
    **dict.fromkeys(
        ("event-notice", "event-agenda", "chair-script", "sign-in-sheet", "event-plan", "event-summary"), _EVENT
    ),
    **dict.fromkeys(("minutes", "meeting-summary"), (Meeting,)),
    **dict.fromkeys(("ballot-result", "election-notice"), (MeetingBallot,)),
    "certificate": (Appointment,),
    "oath": (Oath,),
    "filing-report": (Filing,),
    **dict.fromkeys(("theme-plan", "theme-summary"), (AnnualTheme,)),
    "report-form": (YearReport,),
    **dict.fromkeys(("report-notice", "report-agenda", "report-script", "report-sign-in"), (ReportSession,)),
    **dict.fromkeys(("result-sheet", "evaluation-summary"), (Evaluation,)),
    **dict.fromkeys(("duty-register", "performance-file"), (Mandate,)),
    "work-report": (WorkReport,),
    # About a span of time, a list or any record; what they say stands in the document itself.
    **dict.fromkeys(
        ("cover-letter", "suggestion-report", "presidium-report", "year-summary", "rota", "visit-register",
         "publication-sheet", "publication-sheet-county", "score-sheet", "yearly-duties-sheet", "handover-list",
         "record-card"),
        (),
    ),
}  # fmt: skip
"""Documents with a template → the records they are about; the fields of these can stand in a template by their label."""

ALSO: Mapping[str, str] = {
    **dict.fromkeys(("presidium-report", "year-summary"), "work-report"),
    **dict.fromkeys(("report-forms", "report-blank"), "report-form"),
}
"""Documents that take the template of another kind: the forms of a year always, the reports until they have their own."""

_PLATES = "桌牌的字按姓名长短放大，对折后两面都排满，样式由程序排，不用模板。"
_FINAL = "PDF 是定稿存档的样子，各台电脑印出来都一样，不用模板；要改样式请用同名的 Word 文书。"
FIXED: Mapping[str, str] = {
    "ballot-paper": "测评表每一票都要一样，改了样式会有废票和认票的争议，所以不用模板；对象和等次在“测评”里定。",
    "tally-sheet": "正字计票单的格子随对象和等次排，要和测评表一一对得上，不用模板。",
    **dict.fromkeys(("name-plates", "report-plates"), _PLATES),
    "quick-card": "一页纸是本程序的用法说明，随程序更新，不用模板。",
    **dict.fromkeys(("result-sheet-pdf", "performance-file-pdf", "score-sheet-pdf"), _FINAL),
    "verification-sheet": "核验单用来证明报送件没有被改过，样式固定，不用模板。",
    "archive-labels": "盒脊和归档章的栏目、尺寸按《归档文件整理规则》（DA/T 22—2015）定，不用模板。",
}
"""Documents on paper that take no template → why, in a sentence for the clerk."""

_FORMS = (
    "dossier", "ballot-result", "result-sheet", "performance-file", "record-card", "handover-list",
)  # fmt: skip
"""Papers of tables whose number changes: a template places their title and lines, the tables come as they are."""
_LOOKS: Mapping[str, Look] = {
    **dict.fromkeys(_FORMS, "form"),
    **dict.fromkeys(("supervision-letter", "reply-letter", "cover-letter"), "letter"),
    **dict.fromkeys(("event-notice", "report-notice"), "file"),
    "filing-report": "upward",
    "meeting-summary": "summary",
}


def look_of(paper: str) -> Look:
    """How the shipped template of a document looks that is no form of one page."""
    return _LOOKS.get(paper, "document")
