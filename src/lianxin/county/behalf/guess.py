"""Whose table a file is, of which period, and of which kind each sheet is: guessed, so that the clerk only confirms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lianxin.county.townships.roster import Town
from lianxin.domain.dictionary import kinds
from lianxin.domain.figures.of_period import Facts, Period, figures
from lianxin.domain.numerals import arabic, plain
from lianxin.domain.rules import RuleProfile
from lianxin.ledgers.cells import Sheet, Workbook
from lianxin.ledgers.guess import guess_kind
from lianxin.ledgers.return_sheet import RETURN, Asked, bare, read_return

_ABOVE = 4
"""Rows at the top of a sheet in which it says of itself what it is."""
_FEW = 3
_ASIDE = frozenset({"填写说明", "可选项"})
"""Sheets of the workbook that is handed out which are not to be filled."""
_RECEPTION_DAY = "reception-day"
_YEAR = r"(20\d{2})\s*[年.\-/_ ]?\s*"
_MONTH = re.compile(_YEAR + r"(1[0-2]|0?[1-9])(?:\s*月|(?![\d]))")
_QUARTER = re.compile(_YEAR + r"(?:第?\s*([1-4])\s*季度|[Qq]([1-4]))")
_HALF = re.compile(_YEAR + r"(上|下)半年")
_WHOLE = re.compile(r"(20\d{2})\s*年?度?")
_AS_IMPORTED = {"visit": "contact", "deputy": "deputies"}
_FIRST = ("deputies", "group", "station")
_SHORT = {"代表": "deputies", "代表花名册": "deputies", "活动": "activity", "报表汇总": RETURN}
_MORE_LABELS: Mapping[str, tuple[str, ...]] = {
    "stations": ("站点数", "站数"),
    "home_visit_households": ("走访户", "走访户次"),
    "home_visit_persons": ("走访人次",),
    "symposiums": ("座谈会次", "座谈会次数"),
    "opinions": ("收集意见条", "收集意见数", "收集意见建议"),
    "to_county": ("转报县",),
    "oral_reports": ("口头述职人数",),
    "written_reports": ("书面述职人数",),
    "activities": ("活动次", "活动次数"),
    "researches": ("调研",),
    "trainings": ("培训",),
    "suggestions": ("建议件数", "代表建议件数"),
    "suggestions_closed": ("建议办结",),
    "deeds": ("办实事件", "办实事件数"),
    "publicity": ("信息采用篇",),
}


@dataclass(frozen=True)
class Guess:
    """What a file seems to be. `codes` are all townships it names, `sheets` tells ledger → names of its sheets."""

    code: str | None
    codes: tuple[str, ...]
    period: str | None
    sheets: Mapping[str, tuple[str, ...]]


def guess_table(workbook: Workbook, towns: Sequence[Town], *, profile: RuleProfile) -> Guess:
    """The guess for one file: the file's name first, then titles, then names of sheets."""
    titles = _titles(workbook)
    named = named_towns((workbook.name, *titles), towns)
    in_file = named_towns((workbook.name,), towns)
    code = (in_file or named)[0] if len(in_file or named) == 1 else None
    return Guess(code, named, period_in(workbook.name, titles), ledgers_of(workbook, profile=profile))


def named_towns(texts: Sequence[str], towns: Sequence[Town]) -> tuple[str, ...]:
    """The codes of the townships these texts name; of 石牌 and 石牌山 only the longer where it stands."""
    found: dict[str, None] = {}
    longest_first = sorted(towns, key=lambda town: -len(town.name))
    for text in texts:
        left = plain(text).replace(" ", "")
        for town in longest_first:
            if town.name and town.name in left:
                found[town.code] = None
                left = left.replace(town.name, "　")
    return tuple(found)


def period_in(file_name: str, titles: Sequence[str]) -> str | None:
    """The period a file names: in its name, else the one its titles agree on, else the year they all speak of."""
    named = _spans(file_name) or {span for title in titles for span in _spans(title)}
    if len(named) == 1:
        return named.pop()
    digits = (arabic(plain(text)) for text in (file_name, *titles))
    years = {match[1] for text in digits for match in _WHOLE.finditer(text)}
    return years.pop() if len(years) == 1 else None


def _spans(text: str) -> set[str]:
    """The spans shorter than a year that a text names."""
    digits = arabic(plain(text))
    if halves := {f"{match[1]}-H{1 if match[2] == '上' else 2}" for match in _HALF.finditer(digits)}:
        return halves
    if quarters := {f"{match[1]}-Q{match[2] or match[3]}" for match in _QUARTER.finditer(digits)}:
        return quarters
    return {f"{match[1]}-{int(match[2]):02d}" for match in _MONTH.finditer(digits)}


def ledgers_of(workbook: Workbook, *, profile: RuleProfile) -> dict[str, tuple[str, ...]]:
    """Ledger → names of the sheets that hold one, rosters first so that later tables find their names."""
    labels = {cls.LABEL: cls.KIND for cls in kinds()} | _SHORT
    asked, found = asked_of(profile), dict[str, list[str]]()
    for sheet in workbook.sheets:
        if sheet.hidden or sheet.name in _ASIDE:
            continue
        kind = labels.get(sheet.name.strip())
        if kind is None or kind == _RECEPTION_DAY:
            # A list of reception days as clerks keep it says who came, or that nobody did: a ledger of visits.
            kind = _kind_of(sheet, workbook, asked) or kind
        if kind is not None:
            found.setdefault(kind, []).append(sheet.name)
    ranked = sorted(found, key=lambda kind: _FIRST.index(kind) if kind in _FIRST else len(_FIRST))
    return {kind: tuple(found[kind]) for kind in ranked}


def asked_of(profile: RuleProfile) -> tuple[Asked, ...]:
    """The figures of the yearly return, which holds those of every shorter one, by their headings."""
    empty = figures(Period.parse("2026", cutoff=profile.cutoff_day.value), Facts(), profile=profile)
    return tuple(
        Asked(each.key, (each.label, *_MORE_LABELS.get(each.key, ())), share=each.unit == "%")
        for each in empty.columns()
    )


def strangers(guess: Guess, code: str, towns: Sequence[Town]) -> str:
    """The townships a file names when it does not name this one; "" when it does, or names none."""
    if not guess.codes or code in guess.codes:
        return ""
    names = {town.code: town.name for town in towns}
    return "、".join(names[each] for each in guess.codes)


def _kind_of(sheet: Sheet, workbook: Workbook, asked: Sequence[Asked]) -> str | None:
    alone = Workbook(workbook.name, workbook.format, (sheet,))
    if read_return(alone, asked):
        return RETURN
    guessed = guess_kind(alone)
    return _AS_IMPORTED.get(guessed, guessed) if guessed else None


def _titles(workbook: Workbook) -> list[str]:
    found: list[str] = []
    for sheet in workbook.sheets:
        if not sheet.hidden and sheet.name not in _ASIDE:
            above = ([cell.text for cell in row if cell.text] for row in sheet.rows[:_ABOVE])
            # A row of many cells is a header or already data, which speaks of its own days and places.
            found += [
                *sheet.before,
                *(text for line in above if len(line) <= _FEW for text in line),
                sheet.name,
            ]
    return [text for text in found if bare(text)]
