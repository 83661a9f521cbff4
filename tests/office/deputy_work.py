"""A township whose deputies did something in 2026: meetings, activities, deeds, reports."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lianxin.domain.records import (
    Activity,
    Attendance,
    Contact,
    Deed,
    Mandate,
    Meeting,
    Person,
    Visitor,
    YearReport,
)
from lianxin.store.reading import Condition
from tests.office.township import Township


def mandate_of(town: Township, name: str) -> Mandate:
    with town.desk.store.reading() as reading:
        (person,) = reading.all(Person, Condition("name", "=", name))
        (mandate,) = reading.all(
            Mandate, Condition("person", "=", person.uid), Condition("state", "=", "serving")
        )
    return mandate


def some_work(town: Township) -> None:
    """龙志明 was at the congress and at a training, did a deed, reported in writing, received a visitor."""
    me = mandate_of(town, "龙志明").person
    other = mandate_of(town, "向光明").person
    with town.desk.store.writing(reason="准备") as writing:
        congress = Meeting(
            uid=writing.new_uid(), meeting_type="congress", name="第五次会议", day=date(2026, 1, 8), held=True
        )
        training = Activity(uid=writing.new_uid(), activity_type="training", topic="代表法", day=date(2026, 3, 2),
                            duty_days=Decimal("0.5"))  # fmt: skip
        for record in (congress, training):
            writing.put(record)
            writing.put(Attendance(uid=writing.new_uid(), owner_kind=record.KIND, owner=record.uid, person=me,
                                   presence="present"))  # fmt: skip
        writing.put(Attendance(uid=writing.new_uid(), owner_kind="meeting", owner=congress.uid, person=other,
                               presence="absent"))  # fmt: skip
        writing.put(Deed(uid=writing.new_uid(), person=me, day=date(2026, 5, 1), what="修通长坪村便道"))
        writing.put(YearReport(uid=writing.new_uid(), person=me, year=2026, submitted=date(2026, 11, 1)))
        contact = Contact(uid=writing.new_uid(), channel="home_visit", day=date(2026, 6, 1), deputies="龙志明、周桂兰",
                          words="田金玉说断水")  # fmt: skip
        writing.put(contact)
        writing.put(Visitor(uid=writing.new_uid(), contact=contact.uid, name="田金玉", phone="13912342217"))
