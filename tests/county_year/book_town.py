"""A township without the program: what it writes down in a month, as a file in its own layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.county_year.plain_books import LAYOUTS, lines_of


@dataclass(frozen=True)
class BookTown:
    """Its code, name and place among its kind, which decides the layout."""

    code: str
    name: str
    place: int
    random: Random

    def ledger(self, folder: Path, month: date) -> Path:
        """The visits of one month."""
        ending, write = LAYOUTS[self.place % len(LAYOUTS)]
        folder.mkdir(parents=True, exist_ok=True)
        lines = lines_of(self.name, month, month + timedelta(days=18), self.random, self.random.randint(2, 8))
        return write(folder / f"{self.name}{month.year}年{month.month}月接待台账.{ending}", self.name, lines)
