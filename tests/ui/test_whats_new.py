"""A new version says once what it brings; the record can be read at any time."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from lianxin import __version__
from lianxin.installed import changelog
from lianxin.office.safekeeping.whats_new import newer_than, note_version, releases, seen_version
from lianxin.ui.start.news import tell_news
from lianxin.ui.start.whats_new import WhatsNewDialog
from tests.ui.small_office import small_office, window_with

_LOG = "# 更新记录\n\n## 未发布\n\n- 新的\n\n## 0.3.0（2027年1月5日）\n\n- 三\n\n## 0.2.0\n\n- 二\n"


def test_what_is_newer_than_the_version_seen() -> None:
    found = releases(_LOG)
    assert [(each.version, each.text) for each in found] == [
        ("", "- 新的"),
        ("0.3.0", "- 三"),
        ("0.2.0", "- 二"),
    ]
    assert [each.text for each in newer_than("0.2.0", found)] == ["- 新的", "- 三"]
    assert [each.text for each in newer_than("0.1.0", found)] == ["- 新的"]
    assert releases(changelog())[0].text.startswith("### 新增")


def test_it_is_told_once_and_a_new_office_is_told_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    office = small_office(tmp_path)
    window = window_with(office)
    qtbot.addWidget(window)
    with office.store.reading() as reading:
        assert seen_version(reading) == __version__
    tell_news(window, office.store)
    assert window.notice.words() == ""
    note_version(office.store, "0.0.9")
    tell_news(window, office.store)
    assert __version__ in window.notice.words() and "原来的数据都在" in window.notice.words()
    window.notice._read()
    tell_news(window, office.store)
    assert window.notice.words() == ""


def test_the_record_is_shown_whole(qtbot: QtBot) -> None:
    dialog = WhatsNewDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert "测评计票" in dialog.text.toPlainText()
