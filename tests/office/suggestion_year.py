"""The township at the end of a year of deputies' suggestions, as the sample has it."""

from __future__ import annotations

from datetime import date

from lianxin.domain.records import Mandate, Person
from lianxin.office.sample.suggestions import make_sample_suggestions
from tests.office.township import Township

NAMES = (
    "冯春生", "田光明", "罗红梅", "彭长青", "何金花", "冯志明", "黄长青", "彭芳", "杨敏", "龙伟", "曹敏", "邓春生",
    "何强", "李建国", "田小军", "徐世荣", "罗大贵",
)  # fmt: skip


def with_deputies(found: Township) -> Township:
    """The deputies of the sample, on the last day of its year."""
    found.clock.at(date(2025, 12, 23))
    with found.desk.store.writing(reason="花名册") as writing:
        for name in NAMES:
            person = Person(uid=writing.new_uid(), name=name)
            writing.put(person)
            writing.put(Mandate(uid=writing.new_uid(), person=person.uid, level="township"))
    return found


def with_suggestions(found: Township) -> None:
    """Those deputies and their suggestions."""
    make_sample_suggestions(with_deputies(found).desk)
