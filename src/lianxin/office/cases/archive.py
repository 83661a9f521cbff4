"""归档: matters that are over go to the archive under a 档号 of their own, one or many at once, and out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.casework.archive_numbers import next_archive_number, read_archive_number, retention_of
from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.casework.state import CaseState
from lianxin.domain.casework.step_checks import NOTHING_CHANGED
from lianxin.domain.records import ArchiveOpening, Archiving, Opinion
from lianxin.domain.rules import RuleProfile
from lianxin.office.cases.batch import Batch, Told, all_of_them, untold
from lianxin.office.cases.case import cases_of, state_in
from lianxin.office.cases.steps import StepRefused, clerk_of, standing, take
from lianxin.office.desk import Desk
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing


@dataclass(frozen=True)
class Proposal:
    """What the sheet of 归档 begins with: retention and number are for the clerk to change."""

    number: str
    retention: str


def usual_retention(profile: RuleProfile, opinion: Opinion) -> str:
    """How long such a matter is usually kept, by the rules of the place (domain.md 2.10)."""
    if opinion.track not in DEPUTIES_TRACKS:
        return retention_of(profile.archive_opinions, otherwise="years10")
    if opinion.track == "bill":
        return retention_of(profile.archive_bills, otherwise="permanent")
    return retention_of(profile.archive_suggestions)


def propose_number(desk: Desk, opinion: Opinion, *, retention: str = "") -> Proposal:
    """The next free 档号 for a matter, of the year in which it was over."""
    chosen = retention or usual_retention(desk.profile, opinion)
    with desk.store.reading() as reading:
        (case,) = cases_of(reading, [opinion])
        year = _year(state_in(desk, case, desk.today()))
        return Proposal(str(next_archive_number(_given(reading), year=year, retention=chosen)), chosen)


def archive(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    number: str,
    retention: str,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """归档 of one matter that is over. Raises StepRefused: also for a 档号 given before and a promise left open."""
    with desk.store.writing(reason="归档") as writing:
        _put(desk, writing, opinion, day, number=number, retention=retention, by=by)
        if draft_key:
            writing.forget_draft(Archiving.KIND, draft_key)
        return tuple(writing.changes)


def archive_many(
    desk: Desk,
    *,
    opinions: Sequence[str],
    day: date,
    first: str,
    retention: str,
    by: str | None = None,
    told: Told = untold,
) -> Batch:
    """归档 of all that may be archived now, numbered on from `first` as they were registered; with one way back.

    A matter of another year than that of `first` counts in its own year. Raises StepRefused when `first` is no
    number to count on from.
    """
    start = read_archive_number(first)
    if start is None:
        raise StepRefused(
            f"批量归档的档号要像 Z109-WS·2026-D10-RDB-0001 这样写，才能接着往下编，{NOTHING_CHANGED}"
        )

    def one(writing: Writing, matter: Opinion) -> None:
        _, state = standing(desk, writing, matter)
        given = _given(Reading(writing.connection))
        number = next_archive_number(given, year=_year(state), retention=retention, like=start)
        _put(desk, writing, matter.uid, day, number=str(number), retention=retention, by=by)

    with desk.store.reading() as reading:
        found = reading.by_uid(Opinion, opinions).values()
    in_order = sorted(found, key=lambda each: (each.registered, each.number or "", each.uid))
    uids = [each.uid for each in in_order]
    return all_of_them(desk, uids, "批量归档", one, told)


def open_archive(
    desk: Desk, *, opinion: str, day: date, reason: str, by: str | None = None, draft_key: str = ""
) -> tuple[Change, ...]:
    """取消归档: the matter may be worked on again; why stands in its 经过. Raises StepRefused."""
    with desk.store.writing(reason="取消归档") as writing:
        if not reason.strip():
            raise StepRefused(f"取消归档要写明理由，{NOTHING_CHANGED}")
        step = ArchiveOpening(
            uid=writing.new_uid(), opinion=opinion, day=day, reason=reason, by=clerk_of(writing, by)
        )
        take(desk, writing, step)
        if draft_key:
            writing.forget_draft(ArchiveOpening.KIND, draft_key)
        return tuple(writing.changes)


def _put(
    desk: Desk,
    writing: Writing,
    opinion: str,
    day: date,
    *,
    number: str,
    retention: str,
    by: str | None,
) -> None:
    step = Archiving(
        uid=writing.new_uid(), opinion=opinion, day=day, number=number.strip(), retention=retention,
        by=clerk_of(writing, by),
    )  # fmt: skip
    take(desk, writing, step)


def _year(state: CaseState) -> int:
    """The year a file belongs to: that in which the matter was over."""
    return (state.closed_day or state.registered).year


def _given(reading: Reading) -> list[str]:
    """Every number given so far, the latest last."""
    rows = sorted((str(uid), str(number)) for uid, number in reading.fields(Archiving, ("uid", "number")))
    return [number for _, number in rows]
