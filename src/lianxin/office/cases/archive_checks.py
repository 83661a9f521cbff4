"""What stands against putting a matter into the archive that its own state does not tell."""

from __future__ import annotations

from datetime import date

from lianxin.domain.casework.promises import promises_of
from lianxin.domain.casework.step_checks import NOTHING_CHANGED
from lianxin.domain.records import Archiving, Opinion, PromiseResult
from lianxin.office.cases.case import Case
from lianxin.office.numbers import short_number
from lianxin.store.reading import Condition, Reading


def archive_refusal(reading: Reading, case: Case, step: Archiving, *, today: date) -> str:
    """Why the matter cannot go to the archive: a promise left open, a 档号 given before; "" when it can."""
    results = [each for each in case.further if isinstance(each, PromiseResult)]
    if any(promise.open for promise in promises_of(case.replies, results, today=today)):
        return f"答复里的承诺还没有核实，不能归档，{NOTHING_CHANGED}请先“核实承诺”。"
    bearing = reading.all(Archiving, Condition("number", "=", step.number.strip()))
    others = [each.opinion for each in bearing if each.opinion != step.opinion]
    if not others:
        return ""
    other = reading.get(Opinion, others[0])
    whose = short_number(other.number or "") if other else "另一件"
    return f"档号{step.number}已经给了{whose}，{NOTHING_CHANGED}请换一个。"
