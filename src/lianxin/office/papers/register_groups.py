"""The registers by subject, as the rail of 台账 and the list of ledgers that may be imported show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lianxin.domain.dictionary import Record, kinds

GROUPS: Mapping[str, Sequence[str]] = {
    "机构与站点": (
        "staff", "station", "station-check", "region", "district", "unit", "term", "reception-rule", "reception-day",
    ),
    "代表与小组": (
        "person", "mandate", "group", "contact-pair", "deputy-information", "score-claim", "aspect-name",
        "year-report", "commitment", "report-session", "improvement", "score-rule", "final-sheet",
    ),
    "群众意见": ("contact", "opinion", "suggestion", "deed"),
    "监督与决议": ("supervision-topic", "project", "filing", "meeting", "evaluation", "grade-rule"),
    "人事与宣誓": ("appointment", "oath"),
    "宣传与创新": ("publicity", "reporter", "innovation", "typical-case", "publication"),
    "制度与收发文": ("rule-document", "document-log", "party-report", "work-report", "sent-file"),
    "计划与经费": ("plan", "plan-item", "annual-theme", "theme-task", "activity", "expense"),
    "表彰": ("honour",),
}  # fmt: skip
"""Subject → kinds in the order people look for them; a kind named nowhere stands under 其他."""

OTHERS = "其他"
WRITTEN_BY_PROGRAM = frozenset(
    {
        "rule-file", "county-holidays", "received-file", "receipt-item", "conflict-answer", "reception-decision",
        "record-return", "office-computer", "enrolment", "behalf-source", "township", "stamped-paper",
        "county-assignment", "county-supervision", "county-reply", "county-decision", "handed-down", "handed-to", "same-person",
        "code-change", "sent-file", "final-sheet", "attachment", "document-template", "print-mark", "form-number",
        "user", "access-note",
    }
)  # fmt: skip
"""Kinds that no form of a register may write: what they say was done, signed or received, or is the county's own."""

IN_SETTINGS = frozenset({"office"})
"""Kinds of which there is one record, kept on the settings page."""


def parent_of(cls: type[Record]) -> str:
    """The kind a kind is a line of; "" for one that stands by itself."""
    return cls.spec(cls.PARENT).kind.refers if cls.PARENT else ""


def has_subject(kind: str) -> bool:
    """Whether a kind is named under a subject."""
    return any(kind in named for named in GROUPS.values())


def lines_of(kind: str, elsewhere: frozenset[str] = frozenset()) -> tuple[type[Record], ...]:
    """The kinds whose records are lines of this kind, but for those in `elsewhere`."""
    return tuple(cls for cls in kinds() if parent_of(cls) == kind and cls.KIND not in elsewhere)


def by_subject(cls_list: Sequence[type[Record]]) -> Iterator[tuple[str, list[type[Record]]]]:
    """These kinds under the headings of their subjects; headings without any are left out."""
    left = {cls.KIND: cls for cls in cls_list}
    for heading, named in GROUPS.items():
        found = [left.pop(kind) for kind in named if kind in left]
        if found:
            yield heading, found
    if left:
        yield OTHERS, list(left.values())


def ledger_kinds() -> tuple[str, ...]:
    """Every kind whose register is printed and exported as a ledger: what stands by itself, and some lines too."""
    named = (kind for listed in GROUPS.values() for kind in listed)
    return (*(kind for kind in named if kind not in WRITTEN_BY_PROGRAM or kind == "sent-file"), *_LINES_TOO)


_LINES_TOO = ("station-check-item", "station-change", "station-money", "project-progress")
"""Lines that are printed as a ledger of their own too: those of all stations in one list."""
