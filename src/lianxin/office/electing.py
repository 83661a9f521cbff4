"""What the electoral law asks of a district or a mandate, however it is told: by form, by register, by file."""

from __future__ import annotations

from collections.abc import Mapping

from lianxin.domain.dictionary import Record
from lianxin.domain.meetings.electoral import seat_problem, twice_in_one_term
from lianxin.domain.records import District, Mandate
from lianxin.domain.rules import RuleProfile
from lianxin.store.reading import Reading


def electoral_problems(profile: RuleProfile, reading: Reading, record: Record) -> Mapping[str, str]:
    """Wire name → Chinese sentence: one to three seats a district (选举法 §25), one mandate a level and term."""
    if isinstance(record, District) and profile.district_seats is not None:
        wrong = seat_problem(record.seats, most=profile.district_seats.value)
        return {"seats": f"{wrong}（依据：{profile.district_seats.source}）"} if wrong else {}
    if isinstance(record, Mandate):
        others = reading.children(Mandate, "person", [record.person])
        if twice_in_one_term(record, others):
            return {"level": f"此人已有同一届的{record.shown('level')}人大代表资格，请修改原来的那一条"}
    return {}
