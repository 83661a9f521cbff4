"""What a ledger of a kind may have above its columns, for the page on which the match is corrected."""

from __future__ import annotations

from lianxin.domain.dictionary import kind_named
from lianxin.domain.records import Contact
from lianxin.ledgers import deputies, groups, reportback, visit_columns
from lianxin.ledgers.headings import Column
from lianxin.office.importing.any_kind import columns_of
from lianxin.office.importing.further import further_columns
from lianxin.office.importing.outcome import label_of
from lianxin.office.papers.register_groups import ledger_kinds

USUAL_KINDS = ("contact", "deputies", "tally")
"""The ledgers every office keeps, in the order they are offered."""

_NOT_TAKEN_IN = frozenset({"person", "mandate", "evaluation", "sent-file", "reception-day"})
"""Kinds that the ledgers every office keeps bring along, or that nobody types."""

HOW = {
    "label": "表头相同",
    "synonym": "表头同义",
    "similar": "表头相近，请核对",
    "content": "按内容判断，请核对",
    "chosen": "您指定的",
}
"""How a column was told, in words."""


def importable_kinds() -> tuple[tuple[str, str], ...]:
    """(kind, what people call it) of every ledger that may be taken in."""
    named = [(kind, label_of(kind)) for kind in USUAL_KINDS]
    others = [kind for kind in ledger_kinds() if kind not in _NOT_TAKEN_IN and kind not in USUAL_KINDS]
    return (*named, *((kind, kind_named(kind).LABEL) for kind in others))


def fields_of(kind: str) -> tuple[tuple[str, str], ...]:
    """(field, label) a column may be said to be, in paper order."""
    return tuple((column.name, column.label) for column in _columns(kind))


def _columns(kind: str) -> tuple[Column, ...]:
    if kind == "contact":
        return (*visit_columns.COLUMNS, *further_columns(Contact, visit_columns.COLUMNS))
    if kind == "tally":
        return reportback.COLUMNS
    if kind in ("deputies", "deputy", "person", "mandate"):
        return deputies.COLUMNS
    if kind == "group":
        return groups.COLUMNS
    return columns_of(kind_named(kind))
