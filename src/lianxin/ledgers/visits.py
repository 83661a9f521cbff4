"""Visits, days without visitors and whole reception ledgers as understood; nothing is stored yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.outcomes import Outcome
from lianxin.ledgers.rows import LedgerRow, SheetReading, Stated


@dataclass(frozen=True)
class VisitRow:
    """One visit, ready to become a contact with visitors and an opinion. Codes are those of domain/codes."""

    row: LedgerRow
    day: date
    half_day: str | None  # 上午, 下午 where the ledger says so
    channel: str | None  # code of CHANNEL where the ledger says it
    category: str | None  # code of CATEGORY where the ledger has one
    place: str | None
    deputies: tuple[str, ...]
    visitors: tuple[str, ...]  # empty when anonymous
    anonymous: bool
    sex: str | None  # code of SEX
    address: str | None
    village: str | None
    group: str | None
    phones: tuple[str, ...]
    persons: int
    households: int | None
    words: str
    raises_matter: bool  # False where the row says that nothing was raised: 无意见
    request: str | None
    handling: str | None  # code of ROUTE
    handling_words: str | None
    unit: str | None
    outcome: Outcome
    repeated: bool
    remark: str | None

    @property
    def phone(self) -> str | None:
        """The first number, which is the first visitor's."""
        return self.phones[0] if self.phones else None

    @property
    def assigned(self) -> date | None:
        """When the matter was handed over."""
        return self.outcome.assigned

    @property
    def due(self) -> date | None:
        """By when it was asked for."""
        return self.outcome.due

    @property
    def closed(self) -> date | None:
        """When it was answered."""
        return self.outcome.closed

    @property
    def result(self) -> str | None:
        """The class of the answer, a code of RESULT."""
        return self.outcome.result

    @property
    def result_words(self) -> str | None:
        """The answer in the ledger's words."""
        return self.outcome.words

    @property
    def satisfaction(self) -> str | None:
        """A code of SATISFACTION."""
        return self.outcome.satisfaction

    @property
    def feedback(self) -> str | None:
        """What was said when the matter was told back."""
        return self.outcome.feedback


@dataclass(frozen=True)
class EmptyDay:
    """A reception day on which nobody came."""

    row: LedgerRow
    day: date
    place: str | None
    deputies: tuple[str, ...]


@dataclass(frozen=True)
class HeldDay:
    """A reception day as its rows show it; `visits` counts the rows under it."""

    day: date
    place: str | None
    deputies: tuple[str, ...]
    visits: int


@dataclass(frozen=True)
class SheetSum:
    """What one sheet came to, beside the total it states itself (None when it states none)."""

    sheet: str
    visits: int
    persons: int
    empty_days: int
    refused: int
    skipped: int
    stated: Stated | None

    @property
    def agrees(self) -> bool:
        """Whether the stated total equals the rows counted."""
        return self.stated is None or self.stated.number in (self.visits + self.refused, self.persons)


@dataclass(frozen=True)
class ReceptionLedger:
    """A whole reception ledger as understood; nothing is stored yet."""

    sheets: tuple[SheetReading, ...]
    visits: tuple[VisitRow, ...]
    empty_days: tuple[EmptyDay, ...]
    refused: tuple[RefusedRow, ...]

    @property
    def persons(self) -> int:
        """The sum of persons over all visits, as understood."""
        return sum(visit.persons for visit in self.visits)

    @property
    def days(self) -> tuple[HeldDay, ...]:
        """The reception days, in the ledger's order, with and without visitors."""
        held: dict[tuple[date, str | None], HeldDay] = {}
        rows: tuple[VisitRow | EmptyDay, ...] = (*self.visits, *self.empty_days)
        for row in rows:
            key = (row.day, row.place)
            known = held.get(key, HeldDay(row.day, row.place, (), 0))
            deputies = tuple(dict.fromkeys((*known.deputies, *row.deputies)))
            held[key] = HeldDay(*key, deputies, known.visits + isinstance(row, VisitRow))
        return tuple(sorted(held.values(), key=lambda day: day.day))

    @property
    def sums(self) -> tuple[SheetSum, ...]:
        """One line per sheet for the preview."""
        return tuple(self._sum(sheet) for sheet in self.sheets if sheet.heading)

    def _sum(self, sheet: SheetReading) -> SheetSum:
        visits = [visit for visit in self.visits if visit.row.sheet == sheet.sheet]
        return SheetSum(
            sheet.sheet,
            len(visits),
            sum(visit.persons for visit in visits),
            sum(1 for empty in self.empty_days if empty.row.sheet == sheet.sheet),
            sum(1 for refused in self.refused if refused.row.sheet == sheet.sheet),
            len(sheet.skipped),
            sheet.stated[0] if sheet.stated else None,
        )
