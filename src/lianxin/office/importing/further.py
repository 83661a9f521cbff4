"""Declared fields that a kind of ledger does not usually have: a column of that name is taken in all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from lianxin.domain.dictionary import Record
from lianxin.ledgers.headings import Column, folded
from lianxin.ledgers.rows import LedgerRow

R = TypeVar("R", bound=Record)


def further_columns(cls: type[Record], usual: Sequence[Column]) -> tuple[Column, ...]:
    """The fields of a kind that no usual column answers to; adding a field to the dictionary adds it here."""
    answered = {folded(name) for column in usual for name in (column.label, *column.synonyms)}
    return tuple(
        Column(
            f"{cls.KIND}.{spec.wire}",
            spec.label,
            tuple(s for s in spec.synonyms if folded(s) not in answered),
        )
        for spec in cls.fields()
        if spec.ledger and not spec.kind.refers and folded(spec.label) not in answered
    )


def with_further(record: R, row: LedgerRow, columns: Sequence[Column], *, today: date) -> R:
    """The record with what these columns say of fields still empty; a cell that cannot be read stays out."""
    for column in columns:
        wire = column.name.removeprefix(f"{record.KIND}.")
        text = row.values.get(column.name, "")
        standing = record.packed().get(wire)
        if text and (standing is None or standing is False):
            record = record.with_typed({wire: text}, today=today).record or record
    return record
