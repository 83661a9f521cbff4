"""表号 of blank forms: given when they are printed, used when a visit is typed in from one, spoiled when said so.

domain.md 4.15: "blank forms carry a pre-printed 表号, kept beside the 编号 given at registration; unused and spoiled
ones are listed". That a number was used is read from the visits, so nothing has to be marked twice; of a sheet that is
not typed in, such as a 签到表, the clerk says where it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal

from lianxin.domain.dates import show_day
from lianxin.domain.records import Contact, FormNumbers
from lianxin.office.desk import Desk, office_of
from lianxin.store import numbers
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change

RECEPTION_FORM = "代表接待选民登记表"
MOST_AT_ONCE = 100
_SERIES = "blank"
_NOTED = re.compile(r"B0*(\d+) (.+)")
_LONGEST_USE = 60
_NUMBER = re.compile(r"(?:(\d{4})-)?[BbＢ]?0*(\d+)")


class NoSuchFormNumber(ValueError):
    """A number that was never printed, or one that a visit carries already; the message is Chinese."""


@dataclass(frozen=True)
class TakenNumbers:
    """Numbers for the forms that are about to be printed."""

    numbers: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Sheet:
    """One numbered sheet: its form, when it was printed, and what became of it; `contact` is the visit typed in from it."""

    number: str
    form: str
    day: date
    state: Literal["unused", "used", "spoiled"]
    use: str = ""
    contact: str = ""

    def words(self) -> str:
        """2026-B0007：签到表，2026年11月22日印，已用：2026-HY0003."""
        state = {"unused": "未用", "used": "已用", "spoiled": "作废"}[self.state]
        return f"{self.number}：{self.form}，{show_day(self.day)}印，{state}{f'：{self.use}' if self.use else ''}"


@dataclass(frozen=True)
class FormNumberState:
    """What became of the numbers of a year."""

    year: int
    unused: tuple[int, ...]
    used: tuple[int, ...]
    spoiled: tuple[int, ...]

    def words(self) -> str:
        """2026年共印40张：已用25张，作废2张，未用13张。"""
        whole = len(self.unused) + len(self.used) + len(self.spoiled)
        return f"{self.year}年共印{whole}张：已用{len(self.used)}张，作废{len(self.spoiled)}张，未用{len(self.unused)}张。"


def form_number(year: int, serial: int) -> str:
    """2026-B0007, as it stands on the form."""
    return f"{year}-B{serial:04d}"


def runs(serials: Iterable[int]) -> str:
    """B0003—B0007、B0010."""
    parts: list[list[int]] = []
    for serial in sorted(set(serials)):
        if parts and serial == parts[-1][-1] + 1:
            parts[-1].append(serial)
        else:
            parts.append([serial])
    return "、".join(f"B{part[0]:04d}" + (f"—B{part[-1]:04d}" if len(part) > 1 else "") for part in parts)


def numbers_span(numbers: Sequence[str]) -> str:
    """_2026-B0001至B0003, as the name of a file of sheets ends; "" without numbers."""
    first, last = numbers[0], numbers[-1].partition("-")[2]
    return (f"_{first}" + (f"至{last}" if len(numbers) > 1 else "")) if first else ""


def take_numbers(desk: Desk, count: int, *, form: str = RECEPTION_FORM, by: str = "") -> TakenNumbers:
    """Takes the next numbers for blank sheets of a form, never to be given again; all forms share one row of them."""
    if not 1 <= count <= MOST_AT_ONCE:
        raise ValueError(f"{count} forms")
    today = desk.today()
    with desk.store.writing(reason=f"印制空白表{count}张") as writing:
        code = office_of(Reading(writing.connection)).code
        given = [numbers.next_serial(writing, code, FormNumbers, today, series=_SERIES) for _ in range(count)]
        # A computer that starts on its reserve block gives numbers that do not follow one another.
        for first, last in _stretches(given):
            writing.put(
                FormNumbers(
                    uid=writing.new_uid(), form=form, year=today.year,
                    first=first, last=last, day=today, by=by or None,
                )
            )  # fmt: skip
        return TakenNumbers(
            tuple(form_number(today.year, serial) for serial in given), tuple(writing.changes)
        )


def numbers_of(desk: Desk, year: int) -> FormNumberState:
    """Unused, used and spoiled numbers of a year."""
    with desk.store.reading() as reading:
        printed = _printed(reading, year)
        used = _used(reading, year)
    given = {serial for record in printed for serial in range(record.first, record.last + 1)}
    spoiled = {serial for record in printed for serial in _spoiled(record)} - used
    return FormNumberState(
        year,
        unused=tuple(sorted(given - used - spoiled)),
        used=tuple(sorted(given & used)),
        spoiled=tuple(sorted(spoiled)),
    )


def sheet_of(desk: Desk, typed: str) -> Sheet | None:
    """The sheet of a 表号, however it was typed; None for one that was never printed, or for other words."""
    match = _NUMBER.fullmatch(typed.strip())
    if match is None:
        return None
    year, serial = int(match[1] or desk.today().year), int(match[2])
    with desk.store.reading() as reading:
        held = _holding(reading, year, serial)
        if not held:
            return None
        run, contact = held[0], _visits(reading, year).get(serial)
        noted = _noted(run).get(serial)
        told = partial(Sheet, form_number(year, serial), run.form, run.day)
        if contact is not None:
            visit = reading.get(Contact, contact)
            return told("used", (visit.number if visit else "") or "来访登记", contact)
        if noted is not None:
            return told("used", noted)
        return told("spoiled" if serial in _spoiled(run) else "unused")


def spoil(desk: Desk, typed: str) -> tuple[Change, ...]:
    """Says of numbers (B0007、B0009) that their sheets are spoiled. Raises NoSuchFormNumber; then nothing is written."""
    year = desk.today().year
    with desk.store.writing(reason="空白表作废") as writing:
        reading = Reading(writing.connection)
        wanted = dict.fromkeys(_read(part, year) for part in re.split(r"[、，,\s]+", typed.strip()) if part)
        for told_year, serial in wanted:
            _check_free(reading, told_year, serial, "没有作废任何表号")
        for record in {record.uid: record for each in wanted for record in _holding(reading, *each)}.values():
            more = {serial for told, serial in wanted if told == record.year}
            inside = {serial for serial in more if record.first <= serial <= record.last}
            words = "、".join(f"B{serial:04d}" for serial in sorted(_spoiled(record) | inside))
            writing.put(replace(record, spoiled=words), opened=record)
        return tuple(writing.changes)


def note_use(desk: Desk, typed: str, use: str) -> tuple[Change, ...]:
    """Says where a filled-in sheet belongs: a number or a few words. Raises NoSuchFormNumber; then nothing is written."""
    use = " ".join(use.split())[:_LONGEST_USE]
    if not use:
        raise NoSuchFormNumber("请写上这张表用在哪里，如会议或事项的编号；没有记下任何表号")
    with desk.store.writing(reason="登记空白表用途") as writing:
        reading = Reading(writing.connection)
        year, serial = _read(typed.strip(), desk.today().year)
        _check_free(reading, year, serial, "没有记下任何表号")
        record = _holding(reading, year, serial)[0]
        noted = {**_noted(record), serial: use}
        lines = "\n".join(f"B{each:04d} {noted[each]}" for each in sorted(noted))
        left = "、".join(f"B{each:04d}" for each in sorted(_spoiled(record) - {serial}))
        writing.put(replace(record, used=lines, spoiled=left or None), opened=record)
        return tuple(writing.changes)


def _check_free(reading: Reading, year: int, serial: int, kept: str) -> None:
    """Raises NoSuchFormNumber for a number that was never printed, or that a visit carries."""
    if not _holding(reading, year, serial):
        raise NoSuchFormNumber(f"没有印过表号 {form_number(year, serial)}，{kept}")
    if serial in _visits(reading, year):
        raise NoSuchFormNumber(f"{form_number(year, serial)} 已经补录过来访，不能作废或另记；{kept}")


def _holding(reading: Reading, year: int, serial: int) -> list[FormNumbers]:
    return [record for record in _printed(reading, year) if record.first <= serial <= record.last]


def _printed(reading: Reading, year: int) -> Sequence[FormNumbers]:
    return reading.all(FormNumbers, Condition("year", "=", year))


def _used(reading: Reading, year: int) -> set[int]:
    """Serials that visits carry, and those somebody said the use of."""
    return {
        *_visits(reading, year),
        *(serial for record in _printed(reading, year) for serial in _noted(record)),
    }


def _visits(reading: Reading, year: int) -> dict[int, str]:
    """Serial → the visit that carries it; a bare B0007 on a visit of that year counts."""
    found: dict[int, str] = {}
    for typed, day, uid in reading.fields(Contact, ["paper_number", "date", "uid"]):
        match = _NUMBER.fullmatch(str(typed or "").strip())
        if match and int(match[1] or str(day)[:4]) == year:
            found.setdefault(int(match[2]), str(uid))
    return found


def _noted(record: FormNumbers) -> dict[int, str]:
    """Serial → where its sheet belongs."""
    lines = (_NOTED.match(line) for line in (record.used or "").split("\n"))
    return {int(match[1]): match[2] for match in lines if match}


def _spoiled(record: FormNumbers) -> set[int]:
    return {int(found) for found in re.findall(r"\d+", record.spoiled or "")}


def _read(typed: str, year: int) -> tuple[int, int]:
    match = _NUMBER.fullmatch(typed)
    if match is None:
        raise NoSuchFormNumber(f"“{typed}”不是表号，表号像 {form_number(year, 7)}；没有改动")
    return int(match[1] or year), int(match[2])


def _stretches(serials: Sequence[int]) -> list[tuple[int, int]]:
    """The serials as stretches without gaps."""
    found: list[tuple[int, int]] = []
    for serial in serials:
        if found and serial == found[-1][1] + 1:
            found[-1] = (found[-1][0], serial)
        else:
            found.append((serial, serial))
    return found
