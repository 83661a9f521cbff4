"""Steps and matters told by file: asked the same as what the window writes, with what belongs to a step beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lianxin.domain.casework.referral import CountyStep
from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.casework.step_checks import NOTHING_CHANGED
from lianxin.domain.casework.steps import StepRecord
from lianxin.domain.codes import TELLING
from lianxin.domain.records import Contact, Deed, Opinion, Person, Routing, Suggestion
from lianxin.office.cases.county_steps import told_county_step
from lianxin.office.cases.leading_elsewhere import GUIDING, put_telling
from lianxin.office.cases.opinions import check_change, put_merger
from lianxin.office.cases.steps import StepRefused, check, check_correction, matter_for
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import next_number
from lianxin.office.people_named import naming
from lianxin.office.suggestions.suggestion import deputies_named, is_source, put_turning
from lianxin.store.reading import Reading
from lianxin.store.writing import Writing


def told_step(desk: Desk, writing: Writing, step: StepRecord) -> StepRecord:
    """A new step through the door every step goes through; writes what its route brings with it.

    代表协调解决 makes the 办实事 record it is counted by (domain.md 0.4), 拆开单独办理 loosens the matter from the other
    one, 告知引导 told on the spot has its 来访事项告知单. Raises StepRefused.
    """
    if isinstance(step, CountyStep):
        return told_county_step(desk, writing, step)
    step = check(desk, writing, step)
    if isinstance(step, Routing):
        own = matter_for(writing, step.opinion)
        _asks_for_suggestion(writing, step)
        _asks_for_telling(step)
        if step.route == "merged" and own.merged_into is None:
            raise StepRefused(f"合并办理要说明合并到哪一件，{NOTHING_CHANGED}请在意见的“合并到”里填写。")
        if step.route == "taken_apart":
            writing.put(replace(own, merged_into=None), opened=own)
        if step.route == "deputy_solved":
            _put_deed(writing, own, step)
        if step.route in GUIDING and step.telling == "on_spot":
            put_telling(
                writing, opinion=own.uid, day=step.day, means="face", destination=step.guided_to,
                words=step.reason,
            )  # fmt: skip
    return step


def corrected_step(desk: Desk, writing: Writing, step: StepRecord, opened: StepRecord) -> StepRecord:
    """A step put right by file. Raises StepRefused."""
    if isinstance(step, CountyStep) and isinstance(opened, CountyStep):
        return told_county_step(desk, writing, step, opened)
    check_correction(desk, writing, step, opened)
    if isinstance(step, Routing) and isinstance(opened, Routing) and step.route != opened.route:
        _asks_for_suggestion(writing, step)
        _asks_for_telling(step)
    return step


def told_matter(
    desk: Desk, writing: Writing, opinion: Opinion, opened: Opinion | None, *, why: str = ""
) -> Opinion:
    """A matter new or put right by file, for the reason `why`; a 合并到 newly told joins it to the other one as of today.

    Raises StepRefused.
    """
    reading = Reading(writing.connection)
    _asks_for_track(opinion, opened)
    if opened is None:
        main = reading.get(Opinion, opinion.merged_into) if opinion.merged_into else None
        if main is not None and main.merged_into:
            raise StepRefused(f"“合并到”的那件本身已经合并到别的意见，{NOTHING_CHANGED}请直接填那一件。")
        return opinion
    check_change(desk, writing, opinion, opened=opened, why=why)
    if opinion.merged_into == opened.merged_into:
        return opinion
    if opinion.merged_into is None:
        raise StepRefused(f"拆开要写明理由，{NOTHING_CHANGED}请登记一次处理方式为“拆开单独办理”的梳理分流。")
    put_merger(desk, writing, opinion=opinion.uid, into=opinion.merged_into, day=desk.today())
    return opinion


def _asks_for_track(opinion: Opinion, opened: Opinion | None) -> None:
    """A suggestion is never a matter alone, and an opinion becomes one by a step only. Raises StepRefused."""
    was = opened.track if opened else "opinion"
    if opinion.track == was or not {opinion.track, was} & set(DEPUTIES_TRACKS):
        return
    label = opinion.spec("track").label
    if was not in DEPUTIES_TRACKS:
        way = "由群众意见转来的，在“来自群众意见”里填写那件意见。"
        raise StepRefused(f"代表议案建议请用 put suggestion 登记，{NOTHING_CHANGED}{way}")
    raise StepRefused(
        f"代表议案建议的{label}登记以后不能这样改，{NOTHING_CHANGED}属于群众意见的，登记审查时选“转为群众意见”。"
    )


def told_source(desk: Desk, writing: Writing, suggestion: Suggestion, opened: Suggestion) -> None:
    """A suggestion put right by file; the opinion newly told as its source ends as of today. Raises StepRefused."""
    if suggestion.source == opened.source:
        return
    if opened.source:
        raise StepRefused(f"“来自群众意见”登记以后不能再改，{NOTHING_CHANGED}")
    if suggestion.source:
        put_turning(desk, writing, source=suggestion.source, day=desk.today())


def _asks_for_suggestion(writing: Writing, step: Routing) -> None:
    """An opinion goes on as a suggestion, so that it cannot end that way without one. Raises StepRefused."""
    if step.route == "to_suggestion" and not is_source(Reading(writing.connection), step.opinion):
        raise StepRefused(
            f"转为代表建议要同时登记那件代表建议，{NOTHING_CHANGED}"
            "请用 put suggestion 登记，并在“来自群众意见”里填写这件意见，分流会一并登记。"
        )


def _asks_for_telling(step: Routing) -> None:
    """Who is guided elsewhere is told so and why, at once or in time (信访工作条例 §23). Raises StepRefused."""
    if step.route in GUIDING and not (step.telling and step.reason):
        missing = [step.spec(wire).label for wire in ("telling", "reason") if not step.packed().get(wire)]
        words, ways = (_quoted(labels) for labels in (missing, [each.label for each in TELLING.codes]))
        raise StepRefused(
            f"{step.shown('route')}要写明{words}，{NOTHING_CHANGED}"
            f"“{step.spec('telling').label}”可以填{ways}；当场告知的，告知单一并登记。"
        )


def _quoted(labels: Sequence[str]) -> str:
    return "、".join(f"“{label}”" for label in labels)


def _put_deed(writing: Writing, own: Opinion, step: Routing) -> None:
    """The deed of a matter that a deputy settled: who raised it as deputy, else who received the visitor."""
    reading = Reading(writing.connection)
    person = own.person or _receiver(reading, own)
    if person is None or reading.get(Person, person) is None:
        raise StepRefused(
            f"代表协调解决要记入代表的办实事台账，{NOTHING_CHANGED}请先在意见的“反映代表”里填写是哪位代表。"
        )
    deed = Deed(
        uid=writing.new_uid(),
        number=next_number(writing, office_of(reading).code, Deed, step.day),
        person=person,
        day=step.day,
        what=step.reason or own.title,
        opinion=own.uid,
    )
    writing.put(naming(writing, deed))


def _receiver(reading: Reading, own: Opinion) -> str | None:
    contact = reading.get(Contact, own.contact) if own.contact else None
    if contact is None or not contact.deputies:
        return None
    known, _ = deputies_named(reading, contact.deputies)
    return known[0] if known else None
