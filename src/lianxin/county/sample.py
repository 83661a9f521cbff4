"""先看示例数据 of a county: three invented townships, in the three states in which a county meets them.

One has reported and is received; the report of another and the request of the third lie in a folder that stands for a
stick, so that whoever practises takes them in himself. Their ledgers are thrown away; what they sent is real.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from lianxin.county.enrolment.enrolling import issue_certificate
from lianxin.domain.periods import Period
from lianxin.domain.records import Contact, Visitor
from lianxin.office.cases.visit_records import opinion_from, put_contact, put_opinion
from lianxin.office.desk import Desk
from lianxin.office.enrolment.enrolling import accept_answer, request_enrolment
from lianxin.office.receiving.receive import receive
from lianxin.office.safekeeping.practice import practice_post
from lianxin.office.safekeeping.setting_up import Beginning
from lianxin.office.sample.making import SAMPLE_NEIGHBOUR, SAMPLE_OFFICE
from lianxin.office.sending.report import send

THIRD = replace(
    SAMPLE_NEIGHBOUR, code="439901104", name="清江县白岩乡人民代表大会主席团", station="白岩乡代表联络站"
)
MakeOffice = Callable[[Path, Beginning], Desk]
Tell = Callable[[int, int, str], None]
_VISITS: Sequence[tuple[str, str, str]] = (
    ("彭世明", "02", "三组饮水管破损，二十多户吃水难"),
    ("田春梅", "01", "村口到学校的路灯坏了，孩子放晚学看不见"),
    ("向光福", "01", "通组公路塌方一处，拖拉机过不去"),
    ("覃玉兰", "05", "大病救助的手续交了两个月没有回话"),
    ("龙正国", "03", "集镇垃圾清运不及时，夏天气味大"),
)
"""Visitor, category and words; nobody of them exists."""


def make_three_townships(county: Desk, make: MakeOffice, *, tell: Tell) -> None:
    """Fills a sample county. `make` begins an invented office in an empty folder; it is closed and removed here."""
    work, post = county.store.home / "示例乡镇", practice_post(county.store.home)
    try:
        for place, (beginning, part) in enumerate(
            ((SAMPLE_OFFICE, _received), (SAMPLE_NEIGHBOUR, _on_the_stick), (THIRD, _asks_only))
        ):
            tell(place, 3, beginning.name)
            town = make(work / beginning.code, replace(beginning, county_uses="yes"))
            try:
                part(county, town, post)
            finally:
                town.store.close()
    finally:
        shutil.rmtree(work, ignore_errors=True)
    tell(3, 3, "")


def _received(county: Desk, town: Desk, post: Path) -> None:
    receive(county, [_report(county, town, county.store.home / "示例来件", _VISITS)])


def _on_the_stick(county: Desk, town: Desk, post: Path) -> None:
    _report(county, town, post, _VISITS[1:4])


def _asks_only(county: Desk, town: Desk, post: Path) -> None:
    request_enrolment(town, to=post)


def _report(county: Desk, town: Desk, to: Path, visits: Sequence[tuple[str, str, str]]) -> Path:
    """Enrols a township and sends the statistical month that ended last."""
    letters = county.store.home / "示例来件"
    asked = request_enrolment(town, to=letters)
    issued = issue_certificate(county, file=asked.path, to=letters)
    accept_answer(town, file=issued.file.path, root_code=issued.root_code)
    period = Period.containing(town.today(), cutoff=town.profile.cutoff_day.value).before
    for place, (name, category, words) in enumerate(visits):
        _visit(town, period.start + timedelta(days=4 * place + 2), name, category, words)
    return send(town, period=period, to=to).path


def _visit(town: Desk, day: date, name: str, category: str, words: str) -> None:
    with town.store.writing(reason="示例") as writing:
        contact = Contact(uid=writing.new_uid(), channel="visit", day=day, words=words, persons=1)
        visitor = Visitor(uid=writing.new_uid(), contact=contact.uid, name=name)
        contact = put_contact(writing, contact, [visitor])
        put_opinion(writing, opinion_from(contact, uid=writing.new_uid(), category=category))
