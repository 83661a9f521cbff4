"""Finding the header of a ledger and telling which column is which: by label, by synonym, by content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from lianxin.domain.checks import fold_text
from lianxin.ledgers.cells import Sheet

How = Literal["label", "synonym", "similar", "content", "chosen"]

_SEARCHED_ROWS = 40
_SAMPLE = 60
_ASIDE = re.compile(r"[(（\[【〔].*?[)）\]】〕]")
_MARKS = re.compile(r"[\s:：*＊、,，。./·•\-—_]+")
_RANK: dict[How, int] = {"label": 5, "synonym": 4, "similar": 2, "content": 1, "chosen": 9}


@dataclass(frozen=True)
class Column:
    """A field that is wanted from a ledger, and what clerks write above it."""

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    looks_like: Callable[[str], bool] | None = None
    required: bool = False
    instead: str = ""  # the field it stands for in a ledger that has no column of that one


@dataclass(frozen=True)
class Match:
    """A column of the sheet (from 1) understood as a field, and how that was told."""

    column: int
    header: str
    field: str
    how: How


@dataclass(frozen=True)
class Heading:
    """Where the header stands (first and last row) and what each column is."""

    first: int
    last: int
    headers: Mapping[int, str]
    matches: tuple[Match, ...]
    missing: tuple[str, ...]  # labels of required fields without a column
    day_parts: tuple[int, int, int] | None = (
        None  # columns of 年 (0 for none), 月 and 日 that are the day together
    )

    @property
    def unknown(self) -> Mapping[int, str]:
        """Columns with a header that is no wanted field; their cells are kept with the row."""
        known = {match.column for match in self.matches}
        return {c: text for c, text in self.headers.items() if c not in known and text}

    def column_of(self, field: str) -> int | None:
        """The column of a field, or None."""
        return next((match.column for match in self.matches if match.field == field), None)


@lru_cache(maxsize=4096)
def folded(header: str) -> str:
    """A header for comparing: without spaces, marks and what stands in brackets."""
    bare = _MARKS.sub("", fold_text(_ASIDE.sub("", header)))
    return bare or _MARKS.sub("", fold_text(header))


def find_heading(
    sheet: Sheet, columns: Sequence[Column], overrides: Mapping[int, str] | None = None
) -> Heading | None:
    """The header of a sheet, or None when fewer than two wanted columns are named in its first rows.

    `overrides` says per column which field it is ("" for none), as corrected by the clerk.
    """
    named = {folded(word): c.name for c in columns for word in (c.label, *c.synonyms)}
    best: tuple[int, bool, int] | None = None
    chosen: tuple[int, int, dict[int, str]] | None = None
    for first in range(1, min(len(sheet.rows), _SEARCHED_ROWS) + 1):
        for last in (first, first + 1):
            headers = _header_texts(sheet, first, last)
            strong = _strength(headers, named) if headers else 0
            score = (strong, last == first, -last)
            if headers and strong >= 2 and (best is None or score > best):
                best, chosen = score, (first, last, headers)
    if chosen is None:
        chosen = _likely_row(sheet, columns, named)
    if chosen is None:
        return None
    first, last, headers = chosen
    matches = _by_label(headers, columns)
    matches += _by_content(sheet, last, headers, columns, matches)
    matches = _corrected(matches, headers, overrides or {})
    matches = _standing_in(matches, columns)
    parts = _day_parts(headers, columns, matches)
    if parts:
        matches.append(Match(parts[2], headers[parts[2]], "day", "label"))
    matches.sort(key=lambda match: match.column)
    found = {match.field for match in matches}
    missing = tuple(column.label for column in columns if column.required and column.name not in found)
    return Heading(first, last, headers, tuple(matches), missing, parts)


def _day_parts(
    headers: Mapping[int, str], columns: Sequence[Column], matches: Sequence[Match]
) -> tuple[int, int, int] | None:
    """The columns 年, 月 and 日 of a ledger that has no column of the whole day."""
    if all(column.name != "day" for column in columns) or any(match.field == "day" for match in matches):
        return None
    taken = {match.column for match in matches}
    named = {
        folded(text.rpartition("\n")[2]): number for number, text in headers.items() if number not in taken
    }
    day = named.get("日", named.get("号"))
    if day is None or "月" not in named:
        return None
    return named.get("年", 0), named["月"], day


def _likely_row(
    sheet: Sheet, columns: Sequence[Column], named: Mapping[str, str]
) -> tuple[int, int, dict[int, str]] | None:
    """A first row of at least three headings of which one is a wanted field and another much like one."""
    for row in range(1, min(len(sheet.rows), _SEARCHED_ROWS) + 1):
        headers = _header_texts(sheet, row, row) or {}
        if len(headers) >= 3 and _strength(headers, named) and len(_by_label(headers, columns)) >= 2:
            return row, row, headers
    return None


def goes_on(sheet: Sheet, heading: Heading, columns: Sequence[Column]) -> bool:
    """Whether a sheet without a header goes on with the columns of the sheet before it.

    So it seems where every required column is filled nearly throughout and those known by their content look it.
    """
    rows = [
        n for n in range(1, len(sheet.rows) + 1) if sum(1 for c in sheet.rows[n - 1] if c.text.strip()) >= 3
    ]
    if not rows or heading.missing or sheet.width > max(heading.headers, default=0) + 1:
        return False
    for column in columns:
        place = heading.column_of(column.name)
        if place is None or not (column.required or column.looks_like):
            continue
        texts = [text for row in rows[:_SAMPLE] if (text := sheet.seen(row, place).text.strip())]
        if column.required and len(texts) * 2 < len(rows[:_SAMPLE]):
            return False
        if column.looks_like and texts:
            fitting = sum(1 for text in texts if column.looks_like(text))
            if fitting * 10 < len(texts) * 7:
                return False
    return True


def is_repeated(sheet: Sheet, row: int, heading: Heading) -> bool:
    """Whether a row says the header again, as printed ledgers do on each page."""
    texts = [(column, folded(sheet.cell(row, column).text)) for column in heading.headers]
    said = [(column, text) for column, text in texts if text]
    same = sum(1 for column, text in said if text == folded(heading.headers[column]))
    return len(said) >= 2 and same * 2 > len(said)


def _header_texts(sheet: Sheet, first: int, last: int) -> dict[int, str] | None:
    """The header text per column; for two lines the lower one, with the upper one where it stands over several."""
    if last == first:
        texts = {c: sheet.cell(first, c).text for c in range(1, len(sheet.rows[first - 1]) + 1)}
        return {c: t for c, t in texts.items() if t.strip()} or None
    if last > len(sheet.rows):
        return None
    width = max(len(sheet.rows[first - 1]), len(sheet.rows[last - 1]))
    headers: dict[int, str] = {}
    under_shared = 0
    for column in range(1, width + 1):
        upper = _spread(sheet, first, column, width)
        lower = "" if sheet.origin(last, column) == (first, column) else sheet.cell(last, column).text
        if lower.strip() and not sheet.cell(first, column).text.strip():
            under_shared += 1
        if text := "\n".join(t for t in (upper, lower) if t.strip()):
            headers[column] = text
    return headers if under_shared else None


def _spread(sheet: Sheet, row: int, column: int, width: int) -> str:
    """The upper header over a column; a title across most of the table is none."""
    origin = sheet.origin(row, column)
    if not origin or origin[0] != row:
        return sheet.cell(row, column).text
    span = sum(1 for c in range(1, width + 1) if sheet.origin(row, c) == origin)
    return sheet.cell(*origin).text if span <= max(width // 2, 1) else ""


def _strength(headers: Mapping[int, str], named: Mapping[str, str]) -> int:
    """How many wanted fields are named exactly, for choosing the header row."""
    found = (next((named[o] for o in list(_options(h))[:2] if o in named), None) for h in headers.values())
    return len({field for field in found if field})


def _options(header: str) -> Iterator[str]:
    """What a header may be known by: itself, its last line, its first line."""
    yield folded(header)
    upper, _, lower = header.partition("\n")
    if lower:
        yield folded(lower)
        yield folded(upper)


def _by_label(headers: Mapping[int, str], columns: Sequence[Column]) -> list[Match]:
    ranked: list[tuple[int, int, int, Match]] = []
    for number, header in headers.items():
        for order, column in enumerate(columns):
            how, place = _likeness(header, column)
            if how:
                ranked.append((-_RANK[how], place, order, Match(number, header, column.name, how)))
    ranked.sort(key=lambda entry: (entry[0], entry[1], entry[3].column, entry[2]))
    matches: list[Match] = []
    for *_order, match in ranked:
        if all(match.column != m.column and match.field != m.field for m in matches):
            matches.append(match)
    return matches


def _likeness(header: str, column: Column) -> tuple[How | None, int]:
    label = folded(column.label)
    synonyms = [folded(s) for s in column.synonyms]
    for place, option in enumerate(_options(header)):
        if option == label or option in synonyms:
            # The upper line alone names a group of columns (来访人: 姓名, 性别), not this one.
            return ("similar" if place == 2 else "label" if option == label else "synonym"), place
    whole = folded(header)
    if len(whole) <= 14:
        for word in (label, *synonyms):
            if len(word) >= 2 and len(whole) >= 2 and (word in whole or whole in word):
                return "similar", abs(len(word) - len(whole))
    return None, 0


def _by_content(
    sheet: Sheet, last: int, headers: Mapping[int, str], columns: Sequence[Column], found: Sequence[Match]
) -> list[Match]:
    """Columns without a telling header whose cells look like a wanted field nearly throughout."""
    matched = {match.column for match in found}
    fields = {match.field for match in found}
    more: list[Match] = []
    for number in range(1, sheet.width + 1):
        if number in matched:
            continue
        texts = [
            sheet.cell(row, number).text for row in range(last + 1, min(last + _SAMPLE, len(sheet.rows)) + 1)
        ]
        texts = [text for text in texts if text.strip()]
        for column in columns:
            if column.looks_like is None or column.name in fields or len(texts) < 3:
                continue
            if sum(1 for text in texts if column.looks_like(text)) >= 0.8 * len(texts):
                more.append(Match(number, headers.get(number, ""), column.name, "content"))
                fields.add(column.name)
                break
    return more


def _standing_in(matches: Sequence[Match], columns: Sequence[Column]) -> list[Match]:
    """The columns that stand for another field where the ledger has none of it: 诉求 is all some ledgers say."""
    fields = {match.field for match in matches}
    instead = {column.name: column.instead for column in columns if column.instead}
    return [
        replace(match, field=instead[match.field])
        if match.how != "chosen" and match.field in instead and instead[match.field] not in fields
        else match
        for match in matches
    ]


def _corrected(
    matches: Sequence[Match], headers: Mapping[int, str], overrides: Mapping[int, str]
) -> list[Match]:
    chosen = [Match(c, headers.get(c, ""), field, "chosen") for c, field in overrides.items() if field]
    fields = {match.field for match in chosen}
    kept = [m for m in matches if m.column not in overrides and m.field not in fields]
    return kept + chosen
