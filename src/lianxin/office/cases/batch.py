"""One act on many matters at once: 交办 and 督办 of what is marked in the list, with one way back for all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.domain.casework.course import needs_chair
from lianxin.domain.casework.standing import limit_of
from lianxin.domain.casework.step_checks import NOTHING_CHANGED, unit_refusal
from lianxin.domain.records import HandlingUnit, Opinion
from lianxin.office.cases.opinions import put_assignment, put_routing
from lianxin.office.cases.steps import StepRefused, is_hard, put_supervision, standing
from lianxin.office.desk import Desk
from lianxin.office.numbers import short_number
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing


@dataclass(frozen=True)
class Batch:
    """What became of the marked matters: those done, those left as they were with the reason, and what was written."""

    done: tuple[str, ...]
    left: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]

    def told(self, act: str) -> str:
        """已督办5件；2件没有办：2026-YJ0003 …."""
        said = f"已{act}{len(self.done)}件" if self.done else f"没有一件能{act}"
        if not self.left:
            return said
        number, why = self.left[0]
        also = f"等{len(self.left)}件" if len(self.left) > 1 else ""
        return f"{said}；{number}{also}没有办：{why.split('，')[0]}"


Told = Callable[[int, int], None]
"""Told before every matter how many are done, of how many; what it raises takes everything back."""


def untold(_done: int, _total: int) -> None:
    """Nobody watches."""


def assign_many(
    desk: Desk,
    *,
    opinions: Sequence[str],
    unit: str,
    day: date,
    due: date | None = None,
    addressee: str | None = None,
    demand: str | None = None,
    told: Told = untold,
) -> Batch:
    """交办 of all that may be assigned now; without `due` each gets its own limit by the rules.

    Raises StepRefused when the unit cannot be handed anything.
    """

    def one(writing: Writing, opinion: Opinion) -> None:
        _, state = standing(desk, writing, opinion)
        hard = is_hard(Reading(writing.connection), opinion)
        limit = due or limit_of(opinion, state, day, desk.profile, hard=hard)
        if state.code == "registered":
            if needs_chair(opinion):
                raise StepRefused(
                    f"这件是集体或涉密敏感的，交办前要经主席审阅，{NOTHING_CHANGED}请单件分流。"
                )
            put_routing(desk, writing, opinion=opinion.uid, way="assigned", day=day)
        put_assignment(
            desk,
            writing,
            opinion=opinion.uid,
            day=day,
            unit=unit,
            addressee=addressee,
            due=limit,
            demand=demand,
        )

    with desk.store.reading() as reading:
        wrong = unit_refusal(reading.get(HandlingUnit, unit))
    if not wrong and due is not None and due < day:
        wrong = "办理期限早于交办日期，没有改动。"
    if wrong:
        raise StepRefused(wrong)
    return all_of_them(desk, opinions, "批量交办", one, told)


def supervise_many(
    desk: Desk,
    *,
    opinions: Sequence[str],
    means: str,
    day: date,
    demand: str | None = None,
    reply_by: date | None = None,
    deputies: str | None = None,
    together: bool = False,
    told: Told = untold,
) -> Batch:
    """督办 of all that may be supervised now; every letter has its own number.

    `together` writes one letter to each unit about all its matters: they share the letter's number (domain.md 3.16,
    case(s) m:n).
    """
    letters: dict[str, str] = {}

    def one(writing: Writing, opinion: Opinion) -> None:
        _, state = standing(desk, writing, opinion)
        put = put_supervision(
            desk, writing, opinion=opinion.uid, day=day, means=means, demand=demand, reply_by=reply_by,
            deputies=deputies, number=letters.get(state.unit) if together else None,
        )  # fmt: skip
        if put.number:
            letters[state.unit] = put.number

    return all_of_them(desk, opinions, "批量督办", one, told)


def all_of_them(
    desk: Desk,
    uids: Sequence[str],
    reason: str,
    one: Callable[[Writing, Opinion], None],
    told: Told = untold,
) -> Batch:
    """Each matter by itself inside one transaction; what is refused is refused before anything of it is written."""
    done, left = [], []
    marked = list(dict.fromkeys(uids))
    with desk.store.writing(reason=reason) as writing:
        for place, uid in enumerate(marked):
            told(place, len(marked))
            opinion = Reading(writing.connection).get(Opinion, uid)
            if opinion is None:
                continue
            try:
                one(writing, opinion)
            except StepRefused as refused:
                left.append((short_number(opinion.number or ""), str(refused)))
            else:
                done.append(uid)
        return Batch(tuple(done), tuple(left), tuple(writing.changes))
