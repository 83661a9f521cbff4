"""发文字号: the next number of a sign and year, gaps, reserved and void ones, all read from 收发文 (domain.md 3.30).

A number is given once: a gap stays a gap, only a reserved one is used later, and a void one keeps its line; where the
office takes it up again the new line says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lianxin.domain.numbering import DOCUMENT_NUMBER, ISSUE_NUMBER, document_number, issue_number
from lianxin.domain.records import DocumentLog
from lianxin.office.desk import Desk, office_of
from lianxin.office.paperwork.number_standing import lines_of
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change, Writing


class NumberRefused(ValueError):
    """The number cannot be given; the message says why. Nothing was changed."""


@dataclass(frozen=True)
class NumberYear:
    """The numbers of one sign in one year. `gaps` are serials no record bears, below the highest."""

    sign: str
    year: int
    lines: tuple[tuple[int, DocumentLog], ...]

    @property
    def gaps(self) -> tuple[int, ...]:
        """The serials that are missing."""
        known = {serial for serial, _ in self.lines}
        return tuple(serial for serial in range(1, max(known, default=0)) if serial not in known)

    @property
    def next(self) -> int:
        """The serial after the highest: gaps are not filled."""
        return max((serial for serial, _ in self.lines), default=0) + 1

    @property
    def issues(self) -> bool:
        """Whether these are issues of a bulletin: 第3期, not 3号."""
        return any(ISSUE_NUMBER.match(log.document or "") for _, log in self.lines)

    def of(self, fate: str) -> tuple[DocumentLog, ...]:
        """The lines that are used, reserved or void."""
        return tuple(log for _, log in self.lines if log.fate == fate)

    @property
    def doubled(self) -> tuple[int, ...]:
        """Serials that stand on more than one line without a word about it."""
        fates: dict[int, list[str]] = {}
        for serial, log in self.lines:
            fates.setdefault(serial, []).append(log.fate)
        return tuple(serial for serial, told in sorted(fates.items()) if not _once(told))

    def words(self) -> str:
        """石镇人〔2026〕：已用35个，预留1个（36），作废1个（12），缺3、7，下一个38号."""
        told = [f"已用{len(self.of('used'))}个"]
        for fate, label in (("reserved", "预留"), ("void", "作废"), ("reused", "再用")):
            serials = [str(serial) for serial, log in self.lines if log.fate == fate]
            told += [f"{label}{len(serials)}个（{'、'.join(serials)}）"] if serials else []
        told += [f"缺{_ranges(self.gaps)}"] if self.gaps else []
        told += [f"重号{'、'.join(map(str, self.doubled))}"] if self.doubled else []
        following = f"第{self.next}期" if self.issues else f"{self.next}号"
        return f"{self.sign}〔{self.year}〕：{'，'.join(told)}，下一个{following}"


def number_years(reading: Reading, year: int | None = None) -> tuple[NumberYear, ...]:
    """Every sign and year of outgoing documents, the latest year first."""
    found: dict[tuple[int, str], list[tuple[int, DocumentLog]]] = {}
    for log in reading.all(DocumentLog, Condition("direction", "=", "out")):
        read = DOCUMENT_NUMBER.match(log.document or "") or ISSUE_NUMBER.match(log.document or "")
        if read and read["sign"] and year in (None, int(read["year"])):
            found.setdefault((int(read["year"]), read["sign"]), []).append((int(read["digits"]), log))
    return tuple(
        NumberYear(sign, of, tuple(sorted(lines, key=lambda each: (each[0], each[1].uid))))
        for (of, sign), lines in sorted(found.items(), key=lambda each: (-each[0][0], each[0][1]))
    )


def number_year(reading: Reading, sign: str, year: int) -> NumberYear:
    """The numbers of one sign and year, none yet where there are none."""
    known = (each for each in number_years(reading, year) if each.sign == sign)
    return next(known, NumberYear(sign, year, ()))


def number_about(reading: Reading, uids: Sequence[str]) -> str:
    """The 发文字号 of the document made for one of these records; empty when none was given."""
    logs = reading.children(DocumentLog, "about", list(uids))
    used = [log for log in logs if log.direction == "out" and log.fate in ("used", "reused")]
    return max(used, key=lambda log: (log.day, log.uid)).document or "" if used else ""


def take_number(
    desk: Desk,
    *,
    title: str,
    day: date,
    organ: str = "",
    about: str = "",
    sign: str = "",
    reserve: bool = False,
    issue: bool = False,
) -> tuple[str, tuple[Change, ...]]:
    """The next number for a document, or one kept back with `reserve`; what was written. Raises NumberRefused.

    An empty `sign` means that of the office. A record that has a number keeps it. With `issue` it is counted as
    bulletins are: 工作通报〔2026〕第3期.
    """
    with desk.store.writing(reason="预留文号" if reserve else "编文号") as writing:
        reading = Reading(writing.connection)
        if about and (known := number_about(reading, [about])):
            return known, ()
        chosen = _sign(reading, sign)
        serial = number_year(reading, chosen, day.year).next
        log = DocumentLog(
            uid=writing.new_uid(), direction="out", day=day, title=title[:100] or "（未写标题）", organ=organ[:80] or None,
            document=(issue_number if issue else document_number)(chosen, day.year, serial), fate="reserved" if reserve else "used",
            about=about or None,
        )  # fmt: skip
        writing.put(log)
        return log.document or "", tuple(writing.changes)


def use_reserved(
    desk: Desk, number: str, *, title: str, day: date, organ: str = "", about: str = ""
) -> tuple[Change, ...]:
    """A number that was kept back goes to a document. Raises NumberRefused when it is not reserved."""
    with desk.store.writing(reason="启用预留文号") as writing:
        log = _line(writing, number)
        if log.fate != "reserved":
            raise NumberRefused(f"{number}是{log.shown('fate')}的文号，只有预留的可以再用，没有改动。")
        told = replace(log, fate="used", title=title[:100] or log.title, day=day, organ=organ[:80] or log.organ,
                       about=about or log.about)  # fmt: skip
        writing.put(told, opened=log)
        return tuple(writing.changes)


def void_number(desk: Desk, number: str, *, reason: str) -> tuple[Change, ...]:
    """作废留号: the number keeps its line and is never given again. Raises NumberRefused."""
    with desk.store.writing(reason="文号作废") as writing:
        log = _line(writing, number)
        if log.fate == "void":
            raise NumberRefused(f"{number}已经作废，没有改动。")
        remark = "；".join(part for part in (log.remark, reason.strip()) if part)
        writing.put(replace(log, fate="void", about=None, remark=remark or None), opened=log)
        return tuple(writing.changes)


def _once(fates: Sequence[str]) -> bool:
    """Whether lines of one number go together: one alone, or a void one with the one that took it up again."""
    living = [fate for fate in fates if fate != "void"]
    return len(fates) == 1 or (len(living) == 1 and living[0] == "reused")


def _sign(reading: Reading, told: str) -> str:
    sign = (told or office_of(reading).document_sign or "").strip()
    if not sign:
        raise NumberRefused("还没有填写发文代字，不能编文号。请在“设置与备份”的“机构”里填写，如“石镇人”。")
    return sign


def _line(writing: Writing, number: str) -> DocumentLog:
    found = lines_of(Reading(writing.connection), number)
    if not found:
        raise NumberRefused(f"收发文里没有{number.strip()}，没有改动。")
    return next((log for log in found if log.fate != "void"), found[0])


def _ranges(serials: Sequence[int]) -> str:
    """3、7至9: neighbours together."""
    runs: list[list[int]] = []
    for serial in serials:
        if runs and runs[-1][-1] == serial - 1:
            runs[-1].append(serial)
        else:
            runs.append([serial])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}至{run[-1]}" for run in runs)
