"""What is not handled by a unit: told where it belongs (来访事项告知单), or settled by a deputy as a deed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lianxin.domain.casework.step_checks import NOTHING_CHANGED
from lianxin.domain.records import Deed, Mandate, Routing, Telling
from lianxin.office.cases.steps import StepRefused, check, clerk_of, take
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import next_number
from lianxin.office.people_named import naming
from lianxin.store.reading import Reading
from lianxin.store.writing import Change, Writing

GUIDING = ("guided", "to_petition")
"""Ways of routing by which somebody is told where the matter belongs."""

USUAL_WORDS: Mapping[str, str] = {
    "petition": "反映的是信访事项，请向信访工作机构或者有权处理的机关提出。",
    "lawsuit": "反映的是涉法涉诉事项，人大不直接处理个案，请向有关政法部门提出。",
    "discipline": "反映的是检举控告，请向纪检监察机关或者有权处理的机关提出。",
    "review": "这件事可以通过行政复议、仲裁等法定途径解决，请依照法定程序向有关机关提出。",
}
"""What is usually said to the visitor, by what the matter is about; the clerk changes it (信访工作条例 §23, §30)."""


def guide(
    desk: Desk,
    *,
    opinion: str,
    way: str,
    day: date,
    guidance: str | None,
    destination: str | None,
    reason: str | None,
    on_spot: bool,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """告知引导 or 转信访纪检政法 with its reason; told on the spot it ends here, else within the days of the rules.

    Told on the spot it gets the number of its 来访事项告知单 at once. Raises StepRefused.
    """
    with desk.store.writing(reason="告知引导") as writing:
        put_guiding(
            desk, writing, opinion=opinion, way=way, day=day, guidance=guidance, destination=destination,
            reason=reason, on_spot=on_spot,
        )  # fmt: skip
        if draft_key:
            writing.forget_draft(Routing.KIND, draft_key)
        return tuple(writing.changes)


def put_guiding(
    desk: Desk,
    writing: Writing,
    *,
    opinion: str,
    way: str,
    day: date,
    guidance: str | None,
    destination: str | None,
    reason: str | None,
    on_spot: bool,
) -> None:
    """The routing of `guide` inside a transaction, with its telling when told on the spot. Raises StepRefused."""
    step = Routing(
        uid=writing.new_uid(), opinion=opinion, day=day, route=way, reason=reason, guidance=guidance,
        guided_to=destination, telling="on_spot" if on_spot else "later", decided_by=clerk_of(writing),
    )  # fmt: skip
    take(desk, writing, step)
    if on_spot:
        put_telling(writing, opinion=opinion, day=day, means="face", destination=destination, words=reason)


def tell(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    means: str,
    destination: str | None,
    words: str | None,
    by: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """登记告知: the visitor was told where the matter belongs; the clock ends. Raises StepRefused."""
    with desk.store.writing(reason="登记告知") as writing:
        check(desk, writing, Telling(uid=writing.new_uid(), opinion=opinion, day=day, means=means))
        put_telling(
            writing, opinion=opinion, day=day, means=means, destination=destination, words=words, by=by
        )
        if draft_key:
            writing.forget_draft(Telling.KIND, draft_key)
        return tuple(writing.changes)


def put_telling(
    writing: Writing,
    *,
    opinion: str,
    day: date,
    means: str,
    destination: str | None,
    words: str | None,
    by: str | None = None,
) -> Telling:
    """One telling inside a transaction, numbered for its paper."""
    code = office_of(Reading(writing.connection)).code
    step = Telling(
        uid=writing.new_uid(),
        opinion=opinion,
        number=next_number(writing, code, Telling, day),
        day=day,
        means=means,
        destination=destination,
        words=words,
        by=clerk_of(writing, by),
    )
    writing.put(naming(writing, step))
    return step


def solve(
    desk: Desk,
    *,
    opinion: str,
    day: date,
    person: str,
    what: str,
    households: int | None = None,
    persons: int | None = None,
    witness: str | None = None,
    draft_key: str = "",
) -> tuple[Change, ...]:
    """代表协调解决: ends the matter and always makes the 办实事 record it is counted by (domain.md 0.4).

    Raises StepRefused when the person is no deputy or nothing is said.
    """
    with desk.store.writing(reason="代表协调解决") as writing:
        put_solving(
            desk, writing, opinion=opinion, day=day, person=person, what=what, households=households,
            persons=persons, witness=witness,
        )  # fmt: skip
        if draft_key:
            writing.forget_draft(Routing.KIND, draft_key)
        return tuple(writing.changes)


def put_solving(
    desk: Desk,
    writing: Writing,
    *,
    opinion: str,
    day: date,
    person: str,
    what: str,
    households: int | None = None,
    persons: int | None = None,
    witness: str | None = None,
) -> None:
    """The routing and the deed of `solve` inside a transaction. Raises StepRefused."""
    reading = Reading(writing.connection)
    if not reading.children(Mandate, "person", [person]):
        raise StepRefused(f"请选一名代表，{NOTHING_CHANGED}")
    if not what.strip():
        raise StepRefused(f"请写明代表办了什么，{NOTHING_CHANGED}")
    step = Routing(
        uid=writing.new_uid(), opinion=opinion, day=day, route="deputy_solved", reason=what[:500],
        decided_by=clerk_of(writing),
    )  # fmt: skip
    take(desk, writing, step)
    deed = Deed(
        uid=writing.new_uid(),
        number=next_number(writing, office_of(reading).code, Deed, day),
        person=person,
        day=day,
        what=what,
        households=households,
        persons=persons,
        witness=witness,
        opinion=opinion,
    )
    writing.put(naming(writing, deed))
