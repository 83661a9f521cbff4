"""A month of one township, with everything personal that could slip into a paper, ready to be sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lianxin.domain.periods import Period
from lianxin.domain.records import Contact, Opinion, ReceptionDay, SentFile, Visitor
from lianxin.office.figuring import period_of
from lianxin.office.sending.history import sent_lines
from lianxin.office.sending.send import Sent, send_plain
from tests.keys.light_key_files import few_rounds
from tests.office.sealed_county import County
from tests.office.sealed_town import OPEN_WORDS, known_visitor, visit
from tests.office.sealed_town import WORDS as SEALED_WORDS
from tests.office.township import Township, new_township

NAME, PHONE, IDENTITY = "田金玉", "13912342217", "431230199001011234"
ADDRESS, LOCAL = "长坪村三组12号", "8234567"
WORDS = (
    "我叫田 金玉，住长坪村三组12号，电话139 1234 2217、８２３４５６７，身份证431230199001011234，"
    "邻居彭世兰也来过。长坪村三组饮水管破损，26户断水4天。"
)


@pytest.fixture(autouse=True)
def light() -> Iterator[None]:
    """Every report is signed: opening the key files of the program would cost more than all the rest."""
    with few_rounds():
        yield


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    made.clock.at(date(2026, 12, 5))
    with made.desk.store.writing(reason="准备") as writing:
        contact, other = writing.new_uid(), writing.new_uid()
        day = ReceptionDay(
            uid=writing.new_uid(), day=date(2026, 11, 20), station=made.station, state="held",
            topic="田金玉等人反映的饮水问题",
        )  # fmt: skip
        writing.put(day)
        writing.put(
            Contact(
                uid=contact, channel="reception_day", day=day.day, words=WORDS, persons=2, place=f"{NAME}家",
                proposal=f"请{NAME}等候，回复{PHONE}", answer=f"已电话告知彭世兰（{LOCAL}）", recorder="龙志明",
                deputies="周桂兰、龙志明", reception_day=day.uid, remark="住响水",
            )
        )  # fmt: skip
        writing.put(Contact(uid=other, channel="visit", day=date(2026, 11, 21), words="路灯不亮"))
        writing.put(
            Visitor(
                uid=writing.new_uid(), contact=contact, name=NAME, phone=PHONE, identity_number=IDENTITY,
                address=ADDRESS,
            )
        )  # fmt: skip
        writing.put(Visitor(uid=writing.new_uid(), contact=other, name="彭世兰", phone=LOCAL))
        writing.put(
            Opinion(
                uid=writing.new_uid(), title=f"{NAME}反映断水", words=WORDS, category="02", contact=contact,
                registered=day.day, channel="reception_day", remark=f"{NAME} {PHONE}",
            )
        )  # fmt: skip
    yield made
    made.desk.store.close()


@pytest.fixture
def month(town: Township) -> Period:
    return period_of(town.desk, "2026-11")


def sent_now(town: Township, period: Period, folder: str = "out") -> Sent:
    return send_plain(town.desk, period=period, to=town.folder / folder)


def records(town: Township) -> list[SentFile]:
    return [line.record for line in sent_lines(town.desk)]


@pytest.fixture
def county() -> County:
    """A county with keys of its own."""
    return County()


@pytest.fixture
def enrolled_town(tmp_path: Path, county: County) -> Iterator[Township]:
    """A township that was enrolled by it, with two visits."""
    made = new_township(tmp_path)
    made.clock.at(date(2026, 12, 5))
    visit(made, SEALED_WORDS, known_visitor())
    visit(made, OPEN_WORDS)
    county.enrol(made.desk)
    yield made
    made.desk.store.close()
