"""Where each matter of a list stands, told to scripts beside what was written of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianxin.domain.casework.state import CASE_STATE
from lianxin.domain.records import Opinion
from lianxin.office.cases.case import cases_of, state_in
from lianxin.office.cases.plainly_closed import plainly_closed
from lianxin.office.desk import Desk
from lianxin.store.reading import Reading

COMPUTED: Mapping[str, frozenset[str]] = {Opinion.KIND: frozenset({"state", "state_code"})}
"""Members of a listed record, by kind, that follow from its steps: nobody writes them, so `put` passes them over."""

_MANY = 1_000
_CHUNK = 250


def states_told(desk: Desk, reading: Reading, opinions: Sequence[Opinion]) -> dict[str, dict[str, str]]:
    """uid → the members of COMPUTED. Of a long list, what is over beyond doubt is not judged one by one."""
    today = desk.today()
    plain = plainly_closed(reading, today) if len(opinions) > _MANY else {}
    told = {
        each.uid: _members(plain[each.uid].code, archived=plain[each.uid].archived)
        for each in opinions
        if each.uid in plain
    }
    left = [each for each in opinions if each.uid not in plain]
    for start in range(0, len(left), _CHUNK):
        for case in cases_of(reading, left[start : start + _CHUNK]):
            state = state_in(desk, case, today)
            told[case.opinion.uid] = _members(state.code, archived=state.archived is not None)
    return told


def _members(code: str, *, archived: bool) -> dict[str, str]:
    label = CASE_STATE.label_of(code)
    return {"state": f"{label}，已归档" if archived else label, "state_code": code}
