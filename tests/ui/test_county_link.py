"""设置与备份 → 县人大登记: request, answer, the root compared, a new key, and handing over to another computer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from lianxin.county.enrolment.enrolling import issue_certificate, revoke
from lianxin.domain.records import Contact
from lianxin.office.desk import Desk
from lianxin.office.enrolment.enrolling import accept_answer
from lianxin.office.trust.trusting import enrolled
from lianxin.ui.settings.county_link import CountyLinkSection
from tests.county.offices import TOWN, TOWN_NAME, Offices, new_desk, offices_in
from tests.ui.county_window import CountyWindow, county_window
from tests.ui.test_sealed_sending_page import visit


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with offices_in(tmp_path) as made:
        yield made


@pytest.fixture
def shown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, offices: Offices) -> Iterator[CountyWindow]:
    made = county_window(qtbot, monkeypatch, offices)
    open_section(made, offices.folder / "stick")
    yield made
    made.window.close()


def open_section(shown: CountyWindow, stick: Path) -> CountyLinkSection:
    """The section, its dialogs answered with this folder."""
    stick.mkdir(exist_ok=True)
    shown.press(shown.linked("去登记", shown.sending))
    section = shown.county_link
    section._choose_folder = lambda *_: str(stick)
    section.handover._choose_folder = lambda *_: str(stick)
    return section


def press(shown: CountyWindow, made: QPushButton) -> None:
    """Also below the lower edge of a small screen."""
    assert made.isEnabled(), made.text()
    made.click()
    shown.settle()


def test_from_the_request_to_the_confirmed_root(shown: CountyWindow, offices: Offices) -> None:
    section = shown.county_link
    assert "还没有登记" in section.state.text() and not section.handover.give.isEnabled()
    press(shown, section.request)
    (request,) = (offices.folder / "stick").glob("登记申请*.zip")
    issued = issue_certificate(offices.county, file=request, to=offices.folder / "stick")
    assert section.code.text() == issued.request.spoken_code and section.code.isVisible()
    section._choose_file = lambda *_: str(issued.file.path)
    press(shown, section.answer)
    assert "已接收清江县人大常委会的登记答复" in section.outcome.text() and not section.code.isVisible()
    assert "2026年11月" in section.state.text() and section.root_code.text() == issued.root_code
    section.typed.setText("12345 12345 12345 12345")
    press(shown, section.compare_button)
    held = enrolled(offices.town)
    assert "不一致" in section.outcome.text() and held is not None and not held.confirmed
    section.typed.setText(issued.root_code)
    press(shown, section.compare_button)
    held = enrolled(offices.town)
    assert "已核对" in section.outcome.text() and held is not None and held.confirmed
    assert not section.typed.isVisible()
    shown.window.go("sending")
    shown.settle()
    assert not shown.sending.cards.signing.warns()


def test_a_wrong_file_is_refused_in_words(shown: CountyWindow, offices: Offices) -> None:
    section = shown.county_link
    for file in (offices.request(offices.town), offices.issue(offices.other).file.path):
        section.take(file)
        shown.settle()
        assert file.name in section.outcome.text() and enrolled(offices.town) is None


def test_a_revoked_certificate_and_a_new_key(shown: CountyWindow, offices: Offices) -> None:
    offices.enrol(offices.town)
    told = revoke(offices.county, code=TOWN, to=offices.folder / "answers")
    section = shown.county_link
    section.take(told.file.path)
    shown.settle()
    assert "已经作废" in section.state.text()
    press(shown, section.new_key)
    (request,) = (offices.folder / "stick").glob("登记申请*.zip")
    section.take(issue_certificate(offices.county, file=request, to=offices.folder).file.path)
    shown.settle()
    assert section.state.text().startswith("✓ 已在清江县人大常委会登记")


def second_computer(offices: Offices) -> Desk:
    """Another computer of the same office, enrolled by itself."""
    other = new_desk(offices.folder, offices.clock, TOWN, TOWN_NAME, number=2)
    accept_answer(other, file=offices.issue(other).file.path)
    return other


@pytest.mark.parametrize("way", ["text", "request", "pasted"])
def test_everything_goes_to_another_computer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, shown: CountyWindow, offices: Offices, way: str
) -> None:
    offices.enrol(offices.town)
    uid = visit(offices.town, 3)
    other = second_computer(offices)
    there = county_window(qtbot, monkeypatch, offices, other)
    shown.window.go("settings")
    stick = offices.folder / "stick"
    second = open_section(there, stick)
    press(there, second.handover.keep)
    (code,) = stick.glob("收件码*.txt")
    section = shown.county_link
    section.refresh()
    if way == "pasted":
        section.handover.other.setText(f" {second.handover.own_code()} ")
    else:
        section.handover.read_code(code if way == "text" else offices.request(other))
    press(shown, section.handover.give)
    assert "已写好" in section.handover.outcome.text()
    handed = list(stick.glob("*.zip.age"))
    second.handover.take(handed)
    there.settle()
    with other.store.reading() as reading:
        found = reading.get(Contact, uid)
    assert found is not None and found.words and "已接收1个交接文件" in second.handover.outcome.text()
    there.window.close()
    other.store.close()


def test_a_code_that_is_none_is_said(shown: CountyWindow, offices: Offices) -> None:
    offices.enrol(offices.town)
    section = shown.county_link
    section.refresh()
    section.handover.other.setText("age1somethingelse")
    press(shown, section.handover.give)
    assert "没有收件码" in section.handover.outcome.text()
    section.handover.read_code(offices.request(offices.other))
    assert "别的单位" in section.handover.outcome.text()
