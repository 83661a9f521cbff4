"""What an office knows of its county: name, days of the certificate, what is said on the cover letter, receipts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from lianxin.county.outgoing.receipts import write_receipts
from lianxin.office.enrolment.enrolling import confirm_root
from lianxin.office.figuring import period_of
from lianxin.office.handover.accepting import accept
from lianxin.office.handover.handing_over import NoReaderCode, reader_code, reader_code_in, write_reader_code
from lianxin.office.sending.county_word import behind_county, county_words
from lianxin.office.sending.papers import papers_of
from lianxin.office.sending.review import review
from lianxin.office.trust.county_link import RENEW_BEFORE, county_link
from lianxin.office.trust.trusting import UNCONFIRMED, reader_key
from tests.county.offices import Offices, offices_in
from tests.county.posts import Posts


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with offices_in(tmp_path) as made:
        yield made


def letter(offices: Offices) -> str:
    from docx import Document

    town = offices.town
    with town.store.reading() as reading:
        papers = papers_of(reading, period_of(town, "2026-11"), profile=town.profile, today=town.today())
    document = Document(io.BytesIO(dict(papers.documents)["01_报送函.docx"]))
    return "\n".join(each.text for each in document.paragraphs)


def finding(offices: Offices) -> bool:
    found = review(offices.town, period_of(offices.town, "2026-11"))
    return any("没有填写报送的县人大名称" in each.sentence for each in found)


def test_the_county_is_called_as_it_calls_itself_and_an_unconfirmed_root_is_said(offices: Offices) -> None:
    assert (
        finding(offices) and "清江县人大常委会" not in letter(offices) and UNCONFIRMED not in letter(offices)
    )
    accepted = offices.enrol(offices.town)
    assert not finding(offices) and "清江县人大常委会" in letter(offices) and UNCONFIRMED in letter(offices)
    confirm_root(offices.town, accepted.root_code)
    assert UNCONFIRMED not in letter(offices)


def test_the_days_of_a_certificate(offices: Offices) -> None:
    assert county_link(offices.town) is None
    offices.enrol(offices.town)
    link = county_link(offices.town)
    assert link is not None and link.in_force and not link.soon_over and link.until.year == 2029
    begun = offices.clock.now
    offices.clock.now = begun.replace(year=2029) - RENEW_BEFORE + timedelta(days=1)
    link = county_link(offices.town)
    assert link is not None and link.in_force and link.soon_over
    offices.clock.now = begun.replace(year=2030)
    link = county_link(offices.town)
    assert link is not None and link.over and not link.in_force


def test_each_file_has_the_receipt_that_told_of_it(offices: Offices) -> None:
    posts = Posts(offices)
    offices.enrol(offices.town)
    for number in (1, 2):
        posts.visit(offices.town, day=number)
        posts.receive(posts.send(offices.town))
        (written,) = write_receipts(offices.county, to=offices.folder / "down")
        accept(offices.town, [written.path])
    with offices.town.store.reading() as reading:
        words = sorted(county_words(reading).values(), key=lambda each: each.item.seq)
        assert not behind_county(reading)
    assert [each.receipt_no for each in words] == [1, 2] and all(each.taken for each in words)
    assert words[1].sentence.startswith("县人大已收到（第2号回执） · 新增")


def test_reader_codes_from_texts_and_requests(offices: Offices) -> None:
    own = reader_key(offices.town).recipient
    assert reader_code(f"收件码：\n{own.upper()} 。") == own
    file = write_reader_code(offices.town, offices.folder)
    assert reader_code_in(offices.town, file) == own
    assert reader_code_in(offices.town, offices.request(offices.town)) == own
    for wrong in (own[:-1], own[:-1] + ("q" if own[-1] != "q" else "p"), ""):
        with pytest.raises(NoReaderCode):
            reader_code(wrong)
    for file in (
        offices.folder / "没有.txt",
        offices.request(offices.other),
        offices.issue(offices.town).file.path,
    ):
        with pytest.raises(NoReaderCode):
            reader_code_in(offices.town, file)
