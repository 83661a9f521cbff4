"""A ledger as understood before anything of it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.rows import SheetReading
from lianxin.office.importing.intake import Intake


@dataclass(frozen=True)
class SheetCount:
    """What was counted on one sheet: entries (visits, people), and persons where the ledger counts them."""

    entries: int
    persons: int | None = None


@dataclass(frozen=True)
class Understood:
    """A ledger as understood before anything is stored: how to take it in, and what it came to.

    `looks` says that each row stands by itself, so that a preview need not try the writing to know its outcome.
    """

    kind: str
    sheets: tuple[SheetReading, ...]
    refused: tuple[RefusedRow, ...]
    sums: Mapping[str, int]
    take_in: Callable[[Intake], None]
    counted: Mapping[str, SheetCount] = field(default_factory=dict)
    looks: bool = False
