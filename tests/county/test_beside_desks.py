"""Two computers of one office: each opens what the other sends, and what they wrote apart is asked and answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lianxin.county.enrolment.enrolling import revoke
from lianxin.county.outgoing.receipts import write_receipts
from lianxin.domain.records import Contact
from lianxin.office.desk import Desk
from lianxin.office.figuring import period_of
from lianxin.office.handover.accepting import accept
from lianxin.office.receiving.questions import questions, resolve
from lianxin.office.sending.handover import send_handover
from lianxin.office.trust.trusting import beside_recipients, reader_key
from tests.county.offices import TOWN, TOWN_NAME, new_desk, records_of
from tests.county.posts import WORDS, Posts, posts_in


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


@pytest.fixture
def second(posts: Posts) -> Iterator[Desk]:
    """The township's second computer, enrolled; the first one heard of it by a receipt."""
    desk = new_desk(posts.offices.folder, posts.offices.clock, TOWN, TOWN_NAME, number=2)
    posts.offices.enrol(desk)
    accept(posts.town, [receipt(posts)])
    yield desk
    desk.store.close()


def receipt(posts: Posts) -> Path:
    (written,) = write_receipts(posts.county, to=posts.offices.folder / "down", codes=[TOWN])
    return written.path


def handed_over(posts: Posts, to: Desk) -> None:
    period = period_of(posts.town, "2026-11")
    file = send_handover(posts.town, period=period, to=posts.offices.folder / "hand").path
    assert [each.ok for each in posts.receive(file, at=to)] == [True]


def words_at(desk: Desk, uid: str) -> str:
    with desk.store.reading() as reading:
        found = reading.get(Contact, uid)
    assert found is not None
    return found.words


def test_each_opens_what_the_other_sends(posts: Posts, second: Desk) -> None:
    assert beside_recipients(second) == (reader_key(posts.town).recipient,)
    assert beside_recipients(posts.town) == (reader_key(second).recipient,)
    uid = posts.visit(posts.town)
    (told,) = posts.receive(posts.send(posts.town), at=second)
    assert told.ok and words_at(second, uid) == WORDS
    here = posts.visit(second, words="石桥村路灯不亮")
    (told,) = posts.receive(posts.send(second), at=posts.town)
    assert told.ok and words_at(posts.town, here) == "石桥村路灯不亮"


def test_a_computer_that_was_revoked_reads_nothing_more(posts: Posts, second: Desk) -> None:
    serial = next(each for each in _serials(posts) if each[1] == reader_key(second).recipient)[0]
    revoke(posts.county, code=serial[:12], to=posts.offices.folder / "crl")
    accept(posts.town, [receipt(posts)])
    assert beside_recipients(posts.town) == ()
    posts.visit(posts.town)
    (told,) = posts.receive(posts.send(posts.town), at=second)
    assert told.outcome.code == "E502"


def _serials(posts: Posts) -> list[tuple[str, str]]:
    return [(each.serial, each.recipient or "") for each in records_of(posts.county)]


def test_what_both_wrote_is_asked_answered_and_closed_by_the_township(posts: Posts, second: Desk) -> None:
    uid = posts.visit(posts.town)
    handed_over(posts, second)
    posts.reword(posts.town, uid, "长坪村三组水管破损")
    posts.reword(second, uid, "长坪村四组水管破损")
    told = posts.receive(posts.send(posts.town), posts.send(second))
    assert sorted(each.outcome.verdict for each in told) == ["ACCEPT", "CONFLICT"]
    (asked,) = questions(posts.county)
    assert asked.base == WORDS
    assert {each.shown for each in asked.choices} == {"长坪村三组水管破损", "长坪村四组水管破损"}
    number = str(1 + [each.shown for each in asked.choices].index("长坪村四组水管破损"))
    resolve(posts.county, asked.id, take=number)
    down = receipt(posts)
    accept(second, [down])
    accept(posts.town, [down])
    # The second computer's own writing is here only after its file came; then the question is open with its advice.
    posts.receive(posts.offices.folder / "stick", at=posts.town)
    (here,) = questions(posts.town)
    assert here.own and here.answer is not None and here.advised == "长坪村四组水管破损"
    resolve(posts.town, here.id, take=str(1 + [each.shown for each in here.choices].index(here.advised)))
    (again,) = posts.receive(posts.send(posts.town))
    assert again.ok and questions(posts.county) == ()
    assert words_at(posts.county, uid) == "长坪村四组水管破损"
    posts.hash_of()
