"""文书模板 in the settings: chosen, taken out, put in with a fault and without, put back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document as open_document
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lianxin.office.desk import Desk
from lianxin.office.papers.form_examples import take_template
from lianxin.office.paperwork.templates import templates
from lianxin.ui.pages import PageEntry
from lianxin.ui.settings.settings_page import SettingsPage
from lianxin.ui.settings.templates import TemplatesSection
from tests.ui.small_office import Keeping, small_office, window_with


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    return small_office(tmp_path)


@pytest.fixture
def section(qtbot: QtBot, office: Desk, tmp_path: Path) -> TemplatesSection:
    window = window_with(
        office, PageEntry("settings", "设置与备份", lambda desk: SettingsPage(desk, office, Keeping(office)))
    )
    qtbot.addWidget(window)
    window.show()
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.choose("templates")
    made = page.section()
    assert isinstance(made, TemplatesSection)
    qtbot.waitUntil(lambda: made.list.shown_count() > 5)
    return made


def own(office: Desk) -> list[str]:
    return [
        each.paper
        for each in templates(office, {"event-notice": "通知", "event-plan": "活动方案"})
        if each.kept
    ]


def file_with(folder: Path, template: bytes, line: str) -> Path:
    document = open_document(io.BytesIO(template))
    document.add_paragraph(line)
    document.save(str(folder / "改好的.docx"))
    return folder / "改好的.docx"


def test_a_template_is_taken_out_changed_and_put_in_and_back(
    section: TemplatesSection, office: Desk, tmp_path: Path
) -> None:
    assert section.list.select("event-notice")
    assert "{{" not in section.fields.toPlainText() and "会议名称" in section.fields.toPlainText()

    def save_as(_parent: QWidget, name: str) -> str:
        return str(tmp_path / name)

    section._ask_save = save_as
    section.take_button.click()
    taken = tmp_path / "通知模板.docx"
    assert taken.read_bytes() == take_template(office, "event-notice")
    section.put_file("event-notice", file_with(tmp_path, taken.read_bytes(), "{{没有这项}}"))
    assert "没有这一项" in section.refused.text() and "原来的模板没有变" in section.refused.text()
    assert own(office) == []
    section.put_file("event-notice", file_with(tmp_path, taken.read_bytes(), "{{会议名称}}"))
    assert section.refused.text() == "" and own(office) == ["event-notice"]
    section.reset_button.click()
    assert own(office) == []


def test_a_paper_that_takes_no_template_says_why(section: TemplatesSection, qtbot: QtBot) -> None:
    assert section.list.select("ballot-paper")
    qtbot.waitUntil(lambda: "每一票都要一样" in section.fields.toPlainText())
    assert not section.take_button.isEnabled() and not section.put_button.isEnabled()
    assert section.list.select("handover")
    qtbot.waitUntil(lambda: "交办单编号" in section.fields.toPlainText())
    assert section.take_button.isEnabled()
