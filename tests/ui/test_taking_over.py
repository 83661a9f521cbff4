"""Taking over with the envelope before the window, and the sections of the settings for people and handover."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from lianxin import bootstrap
from lianxin.bootstrap import App
from lianxin.cli.main import run
from lianxin.domain.records import Contact
from lianxin.office.access.users import add_user, users
from lianxin.office.records import new_uid, save_record
from lianxin.office.safekeeping.backups import last_second_backup
from lianxin.office.safekeeping.keeping import new_recovery_code, note_sheet_kept
from lianxin.office.safekeeping.moving import moved_out
from lianxin.store.acting import NotAllowed
from lianxin.store.attempts import FREE
from lianxin.ui.pages import HANDOVER
from lianxin.ui.settings.after_handing_over import Ways
from lianxin.ui.settings.handing_over import HandoverSection
from lianxin.ui.settings.new_computer import NewComputerCard
from lianxin.ui.settings.people import PeopleSection
from lianxin.ui.shell import MainWindow
from lianxin.ui.start.repairing import AccountScreen
from lianxin.ui.start.screens import WelcomeScreen
from lianxin.ui.start.sheet_screen import SheetScreen
from lianxin.ui.start.start_window import StartWindow
from lianxin.ui.start.unlock import AbsentScreen, RestoreScreen, UnlockScreen
from tests.store.light_passphrase import light_passphrases
from tests.ui.made_up import MadeUpSearch
from tests.ui.small_office import BEGINNING, Keeping, computer

WORDS, THIRD = "石牌镇人大2026", "赵强自己的口令"
SOON = 20_000


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(bootstrap, "surroundings", lambda: computer(tmp_path))
    with light_passphrases():
        yield tmp_path / "home"


@pytest.fixture
def code(home: Path) -> str:
    app, made = bootstrap.begin(home, WORDS, BEGINNING)
    app.close()
    return made.text


@pytest.fixture
def app(home: Path, code: str) -> Iterator[App]:
    opened = bootstrap.unlock(home, WORDS)
    yield opened
    opened.close()


@pytest.fixture
def window(qtbot: QtBot, app: App) -> MainWindow:
    made = MainWindow([], office="石牌镇", search=MadeUpSearch(), clock=app.desk.store.now)
    qtbot.addWidget(made)
    return made


def test_with_the_envelope_from_the_first_screen_to_the_new_sheet(
    qtbot: QtBot, home: Path, code: str
) -> None:
    opened: list[App] = []
    start = StartWindow(home)
    qtbot.addWidget(start)
    start.opened.connect(opened.append)
    start.begin()
    first = start.now_shown()
    assert isinstance(first, UnlockScreen)
    first.absent.click()
    asked = start.now_shown()
    assert isinstance(asked, AbsentScreen)
    asked.submit()
    assert asked.questions.row("name").problem() and asked.questions.row("code").problem()
    for key, text in (("code", code[:-1] + "?"), ("name", "赵强"), ("passphrase", THIRD), ("again", THIRD)):
        asked.questions.row(key).editor.set_text(text)
    asked.submit()
    qtbot.waitUntil(
        lambda: start.now_shown() is asked and bool(asked.questions.row("code").problem()), timeout=SOON
    )
    asked.questions.row("code").editor.set_text(code.lower())
    asked.submit()
    qtbot.waitUntil(lambda: isinstance(start.now_shown(), SheetScreen), timeout=SOON)
    sheet = start.now_shown()
    assert isinstance(sheet, SheetScreen)
    sheet.box.kept.setChecked(True)
    sheet.next.click()
    assert start.go_on_with == HANDOVER
    (app,) = opened
    assert (app.desk.acting.name, app.desk.acting.code) == ("赵强", "02")
    app.close()


def test_wrong_passphrases_are_made_to_wait_on_the_screen_too(qtbot: QtBot, home: Path, code: str) -> None:
    start = StartWindow(home)
    qtbot.addWidget(start)
    for _ in range(FREE):
        start.begin()
        start.unlock("不对的口令")
        qtbot.waitUntil(lambda: isinstance(start.now_shown(), UnlockScreen), timeout=SOON)
    screen = start.now_shown()
    assert isinstance(screen, UnlockScreen)
    assert not screen.open.isEnabled() and screen.open.text() == "请等 5 秒"


def test_a_person_is_added_and_the_office_handed_over_from_the_settings(
    qtbot: QtBot, app: App, window: MainWindow
) -> None:
    keeper = Keeping(app.desk)
    people = PeopleSection(window, app.desk, keeper)
    qtbot.addWidget(people)
    people.refresh()
    for key, text in (
        ("own", "王芳"),
        ("name", "李红"),
        ("passphrase", "李红自己的口令"),
        ("again", "李红自己的口令"),
    ):
        people.adding.row(key).editor.set_text(text)
    people.add()
    qtbot.waitUntil(lambda: "已增加李红（录入）" in people.outcome.text(), timeout=SOON)
    people.set_role("02", "viewer")
    qtbot.waitUntil(lambda: "只读" in people.outcome.text(), timeout=SOON)
    people.minutes.chosen.emit("5")
    assert keeper.asked[-1] == ("lock after", 5)
    went: list[str] = []
    ways = Ways(*[partial(went.append, way) for way in ("sheet", "key", "answer")])
    giving = HandoverSection(window, app.desk, keeper, ways)
    qtbot.addWidget(giving)
    giving.refresh()
    assert giving.questions.text("leaving") == "王芳"
    for key, text in (("name", "赵强"), ("passphrase", THIRD), ("again", THIRD)):
        giving.questions.row(key).editor.set_text(text)
    giving.hand_over()
    qtbot.waitUntil(lambda: "已移交赵强" in giving.outcome.text(), timeout=SOON)
    assert giving.after.told.text().endswith("由王芳移交赵强。") and "还没有另做" in giving.after.sheet.text()
    giving.after.sheet_button.click()
    assert went == ["sheet"] and giving.after.key_button.isHidden()
    note_sheet_kept(app.desk)
    new_recovery_code(app.desk)
    giving.refresh()
    assert "还没有确认封存" in giving.after.sheet.text(), "the sheet put away before is void"
    note_sheet_kept(app.desk)
    giving.refresh()
    assert (
        giving.after.sheet.text() == "① 恢复单：✓ 已另做并确认封存。"
        and "移交人当时的口令" in giving.older.ways.text()
    )
    with app.desk.store.reading() as reading:
        assert [(each.name, each.ended is None) for each in users(reading)] == [
            ("王芳", False), ("李红", True), ("赵强", True),
        ]  # fmt: skip


def test_a_new_computer_with_one_file(qtbot: QtBot, app: App, window: MainWindow, tmp_path: Path) -> None:
    save_record(app.desk, Contact(uid=new_uid(app.desk), channel="visit", day=app.desk.today(), words="修路"))
    card = NewComputerCard(window, app.desk, ask_folder=lambda _parent, _title: str(tmp_path / "stick"))
    qtbot.addWidget(card)
    card.pack_up()
    qtbot.waitUntil(lambda: card.outcome.text().startswith("✓ 装好了"), timeout=SOON)
    (file,) = (tmp_path / "stick").iterdir()
    assert file.name.startswith("连心搬家_石牌镇_")
    with app.desk.store.reading() as reading:
        moved, second = moved_out(app.desk, reading), last_second_backup(reading)
    assert moved is not None and "请在新电脑上登记" in moved.words
    assert second is not None and Path(second.path) == file
    here = tmp_path / "new" / "home"
    start = StartWindow(here)
    qtbot.addWidget(start)
    start.begin()
    first = start.now_shown()
    assert isinstance(first, WelcomeScreen)
    first.moving.click()
    asked = start.now_shown()
    assert isinstance(asked, RestoreScreen)
    asked.choose(file)
    asked.questions.row("passphrase").editor.set_text(WORDS)
    asked.submit()
    qtbot.waitUntil(lambda: isinstance(start.now_shown(), AccountScreen), timeout=SOON)
    told = start.now_shown()
    assert isinstance(told, AccountScreen) and told.heading.text() == "都搬过来了，一项不少"
    with qtbot.waitSignal(start.opened, timeout=SOON) as opened:
        told.go_on.click()
    there = opened.args[0].desk
    with there.store.reading() as reading:
        assert reading.count(Contact) == 1 and moved_out(there, reading) is None
    opened.args[0].close()
    with pytest.raises(bootstrap.HomeNotEmpty):
        bootstrap.move_in(here, file, WORDS)
    card.stay()
    assert card.stay_button.isHidden()


def test_the_command_line_is_told_who_it_is(
    app: App, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add_user(app.desk, name="李红", role="viewer", passphrase="李红自己的口令", own_name="王芳")
    monkeypatch.setenv("LIANXIN_PASSPHRASE", "李红自己的口令")
    asked = ["--home", str(home), "list", "person", "--json"]
    assert run(asked) == 0
    assert run([*asked, "--user", "李红"]) == 0
    assert run([*asked, "--reveal"]) == 2 and "您的角色是“只读”" in capsys.readouterr().err
    assert run([*asked, "--user", "王芳"]) == 2 and "口令不对" in capsys.readouterr().err
    monkeypatch.setenv("LIANXIN_USER", "02")
    assert run(asked) == 0
    monkeypatch.setenv("LIANXIN_USER", "赵强")
    assert run(asked) == 2 and "没有名叫“赵强”" in capsys.readouterr().err


def test_a_backup_is_put_in_place_by_who_may(app: App) -> None:
    add_user(app.desk, name="李红", role="recorder", passphrase="李红自己的口令", own_name="王芳")
    app.close()
    hers = bootstrap.unlock(app.home, "李红自己的口令")
    with pytest.raises(NotAllowed, match="用备份换掉数据"):
        hers.desk.require("restore")
    hers.close()
