"""年初履职承诺: several at once in January, their completion with evidence (founding documents 003-08, 003-09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lianxin.domain.casework.step_checks import NOTHING_CHANGED
from lianxin.domain.records import Commitment
from lianxin.office.desk import Desk
from lianxin.office.reportback.report_year import ReportRefused, possible
from lianxin.office.reportback.report_year_view import promises_of, read_year
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing

TARGET_MARK = "｜"
"""In a typed line what follows this is the 目标数量: 走访选民｜50户."""


def promise(
    desk: Desk, *, person: str, level: str, year: int, lines: Sequence[str], draft_key: str = ""
) -> tuple[Change, ...]:
    """Registers promises behind those there are, one a line; a target may follow after “｜”. Raises ReportRefused."""
    told = [line.strip() for line in lines if line.strip()]
    if not told:
        raise ReportRefused(f"请先写承诺内容，一行一条，{NOTHING_CHANGED}")
    with desk.store.writing(reason="登记年初履职承诺") as writing:
        _put_lines(writing, person, level, year, told)
        if draft_key:
            writing.forget_draft(Commitment.KIND, draft_key)
        return tuple(writing.changes)


def copy_promises(
    desk: Desk, *, source: str, level: str, year: int, persons: Sequence[str]
) -> tuple[Change, ...]:
    """套用: the promises of one deputy written for others who have none yet. Raises ReportRefused."""
    with desk.store.writing(reason="套用年初履职承诺") as writing:
        known = promises_of(Reading(writing.connection), level, year)
        lines = [_typed(each) for each in known.get(source, ())]
        for person in persons:
            if person != source and not known.get(person):
                _put_lines(writing, person, level, year, lines)
        if not writing.changes:
            raise ReportRefused(f"选中的代表都已经有承诺，或这名代表还没有承诺可以套用，{NOTHING_CHANGED}")
        return tuple(writing.changes)


def settle_promise(
    desk: Desk, promise: Commitment, *, opened: Commitment, draft_key: str = ""
) -> tuple[Change, ...]:
    """登记完成情况: 完成, 部分完成 or 未完成 with its evidence. Raises ReportRefused."""
    if promise.state in ("done", "partly") and not (promise.evidence or promise.deed or promise.activity):
        raise ReportRefused(f"请写佐证（怎样完成的），或选一件办实事、一次活动作佐证，{NOTHING_CHANGED}")
    done = (promise.done or desk.today()) if promise.state == "done" else promise.done
    with desk.store.writing(reason="登记承诺完成情况") as writing:
        writing.put(possible(desk, replace(promise, done=done)), opened=opened)
        if draft_key:
            writing.forget_draft(Commitment.KIND, draft_key)
        return tuple(writing.changes)


def without_promise(desk: Desk, reading: Reading, level: str, year: int) -> tuple[str, ...]:
    """The deputies of a level who have promised nothing for the year."""
    known = promises_of(reading, level, year)
    return tuple(
        each.person for each in read_year(desk, reading, level, year).deputies if each.person not in known
    )


def _put_lines(writing: Writing, person: str, level: str, year: int, lines: Sequence[str]) -> None:
    stood = promises_of(Reading(writing.connection), level, year).get(person, [])
    first = max((each.place for each in stood), default=0) + 1
    for place, line in enumerate(lines, first):
        what, _, target = line.replace("|", TARGET_MARK).partition(TARGET_MARK)
        longest = Commitment.spec("what").length
        if len(what) > longest:
            raise ReportRefused(f"第{place}条承诺最多{longest}字，{NOTHING_CHANGED}")
        writing.put(
            Commitment(
                uid=writing.new_uid(), person=person, level=level, year=year, place=place,
                what=what.strip(), target=target.strip() or None,
            )
        )  # fmt: skip


def _typed(promise: Commitment) -> str:
    return f"{promise.what}{TARGET_MARK}{promise.target}" if promise.target else promise.what
