"""Every act on a suggestion by its sheet, and taken back from the quiet bar; the list, its papers and drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from lianxin.domain.records import Opinion
from lianxin.office.case_papers.case_file import case_file
from lianxin.office.suggestions.file import suggestion_file
from lianxin.ui.opinions import OpinionsPage
from lianxin.ui.opinions.act_form import ActForm
from lianxin.ui.opinions.propose_form import ProposeForm
from lianxin.ui.suggestions.deputies_forms import JudgeForm, SignersForm
from lianxin.ui.suggestions.forms import RolesForm
from lianxin.ui.suggestions.hand_over_form import HandOverForm
from lianxin.ui.suggestions.screening_form import ScreeningForm
from lianxin.ui.suggestions.source import short_title
from tests.office.suggestion_year import with_suggestions
from tests.office.township import Township, filled_township
from tests.ui.clerk import Clerk
from tests.ui.test_suggestions_page import act, open_window, page_of, settle

Fill = Callable[[OpinionsPage], None]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    """A township at the end of the sample year."""
    found = filled_township(tmp_path, with_suggestions)
    found.clock.at(date(2025, 12, 23), 10)
    yield found
    found.desk.store.close()


def open_sheet(page: OpinionsPage) -> ActForm | None:
    """The sheet that is open now."""
    return page.form


def uid_of(town: Township, words: str) -> str:
    with town.desk.store.reading() as reading:
        (found,) = [each.uid for each in reading.all(Opinion) if words in each.title]
    return found


def whole(town: Township, uid: str) -> tuple[object, ...]:
    """All that the page tells of one."""
    file = case_file(town.desk, uid)
    assert file is not None
    told = suggestion_file(town.desk, file)
    return (
        file.state, [(each.day, each.words) for each in file.events], sorted(told.joint), told.suggestion,
        told.deputies_lines, told.co_lines,
    )  # fmt: skip


def fewer_signers(page: OpinionsPage) -> None:
    form = page.form
    assert isinstance(form, SignersForm)
    form.joint.start(["何强"])


def to_the_second_unit(page: OpinionsPage) -> None:
    form = page.form
    assert isinstance(form, HandOverForm)
    form.unit.set_value("unit", page.lookup.candidates("unit", "镇水务站")[0][0])


def met(page: OpinionsPage) -> None:
    page.form.form.set_value("place", "大堰村村部")  # type: ignore[union-attr]


def satisfied(page: OpinionsPage) -> None:
    form = page.form
    assert isinstance(form, JudgeForm)
    form.overall.set_value("satisfied")


def key_matter(page: OpinionsPage) -> None:
    form = page.form
    assert isinstance(form, RolesForm)
    form.form.set_value("key_matter", "是")


def merged(page: OpinionsPage) -> None:
    form = page.form
    assert isinstance(form, ScreeningForm)
    form.verdict.set_value("merge")
    form.arrange()
    form.into.set_value("merged_into", form.into.row("merged_into").editor._find("电压")[0][0])  # type: ignore[attr-defined]
    form.form.set_value("words", "同一条路")


def as_it_is(_page: OpinionsPage) -> None:
    pass


@pytest.mark.parametrize(
    ("title", "words", "fill"),
    [
        ("客运班车", "联名代表", fewer_signers),
        ("客运班车", "登记审查", as_it_is),
        ("客运班车", "登记审查", merged),
        ("垃圾清运", "交办", to_the_second_unit),
        ("卫生室", "面商", met),
        ("卫生室", "四方督办", key_matter),
        ("养殖场", "答复送代表", as_it_is),
        ("养殖场", "反馈评价", satisfied),
    ],
)
def test_an_act_is_done_by_its_sheet_and_taken_back_whole(
    qtbot: QtBot, town: Township, title: str, words: str, fill: Fill
) -> None:
    window = open_window(qtbot, town)
    page, clerk = page_of(qtbot, window, "suggestions"), Clerk(qtbot, window)
    uid = uid_of(town, title)
    page.show_matter(uid)
    settle(qtbot, page)
    before = whole(town, uid)
    act(page, words)
    fill(page)
    sheet = open_sheet(page)
    assert sheet is not None
    sheet.submit()
    assert open_sheet(page) is None, "the sheet was taken"
    settle(qtbot, page)
    assert whole(town, uid) != before
    clerk.undo()
    settle(qtbot, page)
    assert whole(town, uid) == before


def test_what_is_typed_survives_esc_and_the_list_is_asked_for_key_matters(
    qtbot: QtBot, town: Township
) -> None:
    window = open_window(qtbot, town)
    page, clerk = page_of(qtbot, window, "suggestions"), Clerk(qtbot, window)
    clerk.press(Qt.Key.Key_F2)
    clerk.type("fcs").enter(2)
    clerk.press(Qt.Key.Key_Escape)
    assert open_sheet(page) is None
    page._resume_newest()
    resumed = open_sheet(page)
    assert isinstance(resumed, ProposeForm) and resumed.who.value("person")
    clerk.press(Qt.Key.Key_Escape)
    page.filters.among.set_value("key")
    page.filters.changed.emit()
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.list.shown_count() == 1)
    assert page.source.rows([page.list.model.key_at(0)])[0][3].startswith("【重点】加快集镇污水管网")


def test_ctrl_p_and_the_papers_of_one_are_opened(
    qtbot: QtBot, town: Township, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    window = open_window(qtbot, town)
    page, clerk = page_of(qtbot, window, "suggestions"), Clerk(qtbot, window)
    page.papers = tmp_path / "papers"
    page.show_matter(uid_of(town, "饮水管道"))
    settle(qtbot, page)
    clerk.press(Qt.Key.Key_P, held=Qt.KeyboardModifier.ControlModifier)
    for words in ("打印征询意见表", "打印答复函", "打印当面答复记录"):
        page.detail.press(words)
    page.print_handover()
    page.print_report()  # type: ignore[attr-defined]
    made = sorted(each.name for each in (tmp_path / "papers").iterdir())
    assert made == [
        "代表建议办理单_2025-JY0001.docx",
        "代表建议办理情况报告_2025年.docx",
        "建议交办单_2025-JB0001.docx",
        "当面答复记录_2025-JY0001.docx",
        "征询意见表_2025-JY0001.docx",
        "答复函_2025-JY0001.docx",
    ]


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("关于修路的建议", "修路"),
        ("关于修路", "关于修路"),
        ("修路的建议", "修路的建议"),
        ("关于的议案", "关于的议案"),
    ],
)
def test_a_title_loses_only_what_all_share(title: str, short: str) -> None:
    assert short_title(title) == short
