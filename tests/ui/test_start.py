"""Before the window: the first start, unlocking, the recovery sheet, what was cut off, a backup, the sample."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lianxin import bootstrap, samples
from lianxin.bootstrap import App
from lianxin.county.enrolment.enrolling import request_in
from lianxin.domain.records import Contact, Enrolment, Office, Person, Term
from lianxin.office.desk import office_of
from lianxin.office.receiving.receive import receive
from lianxin.office.safekeeping.backups import back_up
from lianxin.office.safekeeping.keeping import sheet_kept
from lianxin.office.safekeeping.practice import (
    COUNTY_STEPS,
    begin_practice,
    practice_file,
    practice_now,
    practice_post,
)
from lianxin.store import passphrase as keyring
from lianxin.store.record_store import RecordStore, Surroundings
from lianxin.ui.main import office_entries
from lianxin.ui.sending.receipt_card import ReceiptCard
from lianxin.ui.start.recovery_sheet import SheetFacts, save_pdf
from lianxin.ui.start.screens import WelcomeScreen
from lianxin.ui.start.set_up import SetUpScreen
from lianxin.ui.start.sheet_screen import SheetScreen
from lianxin.ui.start.start_window import StartWindow
from lianxin.ui.start.unlock import RecoverScreen, RestoreScreen, UnlockScreen
from lianxin.ui.start.window_keeper import WindowKeeper
from tests.ui.small_office import BEGINNING, NOW, computer

WORDS = "石牌镇人大2026"
SOON = 20_000


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bootstrap, "surroundings", lambda: computer(tmp_path))
    return tmp_path / "连心"


@pytest.fixture
def apps() -> Iterator[list[App]]:
    made: list[App] = []
    yield made
    for app in made:
        app.close()


def started(qtbot: QtBot, home: Path, apps: list[App]) -> StartWindow:
    window = StartWindow(home)
    qtbot.addWidget(window)
    window.opened.connect(apps.append)
    window.show()
    window.begin()
    return window


def at(qtbot: QtBot, window: StartWindow, kind: type) -> None:
    qtbot.waitUntil(lambda: isinstance(window.now_shown(), kind), timeout=SOON)


def fill(screen: SetUpScreen, **answers: str) -> None:
    for key, text in {
        "name": BEGINNING.name,
        "code": BEGINNING.code,
        "station": "石牌镇代表联络站",
        **answers,
    }.items():
        if key in ("passphrase", "again"):
            screen.secret.row(key).editor.set_text(text)
        else:
            screen.questions.row(key).editor.set_text(text)


def test_the_first_start_asks_a_few_things_and_shows_the_sheet_once(
    qtbot: QtBot, home: Path, apps: list[App]
) -> None:
    window = started(qtbot, home, apps)
    screen = window.now_shown()
    assert isinstance(screen, WelcomeScreen)
    screen.begin.click()
    asked = window.now_shown()
    assert isinstance(asked, SetUpScreen)
    fill(asked, code="43990110", term="十", passphrase=WORDS, again=WORDS)
    asked.submit()
    assert asked.questions.row("code").problem() == "区划代码应是9位数字（县人大6位），现在是8位"
    assert "届次请填数字" in asked.questions.row("term").problem()
    fill(asked, code="４３９９０１１０２", term="19", passphrase=WORDS, again="别的口令一二")
    asked.submit()
    assert "不一样" in asked.secret.row("again").problem()
    fill(asked, code="４３９９０１１０２", term="19", county="no", passphrase=WORDS, again=WORDS)
    asked.questions.left.emit("name")
    assert asked.questions.text("county_name") == "清江县人民代表大会常务委员会"
    asked.submit()
    at(qtbot, window, SheetScreen)
    sheet = window.now_shown()
    assert isinstance(sheet, SheetScreen) and not sheet.next.isEnabled()
    sheet.box.kept.setChecked(True)
    sheet.next.click()
    (app,) = apps
    with app.desk.store.reading() as reading:
        office = office_of(reading)
        (term,) = reading.all(Term)
        assert sheet_kept(reading) == "2026-11-22"
    assert (office.code, office.county_uses, office.short_name) == ("439901102", "no", "石牌镇")
    assert office.county_name == "清江县人民代表大会常务委员会"
    assert (term.ordinal, term.provisional) == (19, False)


def test_six_digits_make_a_county(qtbot: QtBot, home: Path, apps: list[App]) -> None:
    window = started(qtbot, home, apps)
    screen = window.now_shown()
    assert isinstance(screen, WelcomeScreen)
    screen.begin.click()
    asked = window.now_shown()
    assert isinstance(asked, SetUpScreen)
    fill(asked, name="清江县人大常委会", code="439901", station="", passphrase=WORDS, again=WORDS)
    asked.questions.left.emit("code")
    assert asked.questions.row("station").isHidden() and asked.questions.row("county").isHidden()
    asked.submit()
    at(qtbot, window, SheetScreen)
    sheet = window.now_shown()
    assert isinstance(sheet, SheetScreen)
    sheet.box.kept.setChecked(True)
    sheet.next.click()
    (app,) = apps
    with app.desk.store.reading() as reading:
        office = office_of(reading)
        assert (office.office_type, office.code) == ("county", "439901")


def test_the_station_is_guessed_from_the_name_and_can_be_typed_over(qtbot: QtBot) -> None:
    screen = SetUpScreen()
    qtbot.addWidget(screen)
    screen.questions.row("name").editor.set_text("清江县石牌镇人大主席团")
    screen.questions.left.emit("name")
    assert screen.questions.text("station") == "石牌镇代表联络站"


def test_a_wrong_passphrase_is_a_sentence_and_the_right_one_opens(
    qtbot: QtBot, home: Path, apps: list[App]
) -> None:
    bootstrap.begin(home, WORDS, BEGINNING)[0].close()
    window = started(qtbot, home, apps)
    screen = window.now_shown()
    assert isinstance(screen, UnlockScreen)
    screen.questions.row("passphrase").editor.set_text("错的")
    screen.submit()
    qtbot.waitUntil(
        lambda: window.now_shown() is not screen and isinstance(window.now_shown(), UnlockScreen),
        timeout=SOON,
    )
    again = window.now_shown()
    assert isinstance(again, UnlockScreen)
    assert again.questions.row("passphrase").problem().startswith("口令不对，没有打开")
    again.questions.row("passphrase").editor.set_text(WORDS)
    again.submit()
    qtbot.waitUntil(lambda: bool(apps), timeout=SOON)


def test_the_recovery_code_opens_and_sets_another_passphrase(
    qtbot: QtBot, home: Path, apps: list[App]
) -> None:
    app, code = bootstrap.begin(home, WORDS, BEGINNING)
    app.close()
    window = started(qtbot, home, apps)
    unlocking = window.now_shown()
    assert isinstance(unlocking, UnlockScreen)
    unlocking.forgot.click()
    screen = window.now_shown()
    assert isinstance(screen, RecoverScreen)
    slip = code.text.replace(code.groups[2], code.groups[2][::-1])
    for typed in (slip, code.text.replace("-", " ").lower()):
        screen.questions.row("code").editor.set_text(typed)
        for key in ("passphrase", "again"):
            screen.questions.row(key).editor.set_text("换一个新口令")
        screen.submit()
        qtbot.waitUntil(lambda: bool(apps) or window.now_shown() is screen, timeout=SOON)
        if typed == slip and code.groups[2] != code.groups[2][::-1]:
            assert "第3组" in screen.questions.row("code").problem()
    qtbot.waitUntil(lambda: bool(apps), timeout=SOON)
    apps.pop().close()
    apps.append(bootstrap.unlock(home, "换一个新口令"))


def test_a_set_up_that_was_cut_off_goes_on_with_the_same_passphrase(
    qtbot: QtBot, home: Path, apps: list[App], tmp_path: Path
) -> None:
    key, _ = keyring.create_keyring(home, WORDS, random=computer(tmp_path).randomness)
    RecordStore.create(home, key, computer(tmp_path), org_code="111111111", actor="01").close()
    window = started(qtbot, home, apps)
    screen = window.now_shown()
    assert isinstance(screen, UnlockScreen)
    screen.questions.row("passphrase").editor.set_text(WORDS)
    screen.submit()
    at(qtbot, window, SetUpScreen)
    asked = window.now_shown()
    assert isinstance(asked, SetUpScreen) and not asked.secret.isVisible()
    fill(asked)
    asked.submit()
    at(qtbot, window, SheetScreen)
    sheet = window.now_shown()
    assert isinstance(sheet, SheetScreen)
    sheet.later.click()
    (app,) = apps
    assert app.desk.store.replica.startswith("439901102-")
    with app.desk.store.reading() as reading:
        assert reading.count(Office) == 1 and sheet_kept(reading) == ""
    apps.pop().close()
    apps.append(bootstrap.unlock(home, WORDS))


def test_a_key_without_data_lets_the_set_up_begin_again(
    qtbot: QtBot, home: Path, apps: list[App], tmp_path: Path
) -> None:
    keyring.create_keyring(home, "谁也不知道的", random=computer(tmp_path).randomness)
    window = started(qtbot, home, apps)
    assert isinstance(window.now_shown(), WelcomeScreen)


def test_data_whose_key_is_gone_are_told_and_never_set_up_over(
    qtbot: QtBot, home: Path, apps: list[App], monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.begin(home, WORDS, BEGINNING)[0].close()
    (home / "key.json").unlink()
    said: list[str] = []
    monkeypatch.setattr(StartWindow, "tell", lambda self, problem: said.append(problem.message))
    started(qtbot, home, apps)
    assert said and "没有找到钥匙文件" in said[0]


def test_a_backup_is_put_in_place_on_an_empty_computer(
    qtbot: QtBot, home: Path, apps: list[App], tmp_path: Path
) -> None:
    app, _ = bootstrap.begin(home, WORDS, BEGINNING)
    file = back_up(app.desk, tmp_path / "stick")
    app.close()
    shutil.rmtree(home)
    window = started(qtbot, home, apps)
    screen = window.now_shown()
    assert isinstance(screen, WelcomeScreen)
    screen.restore.click()
    restoring = window.now_shown()
    assert isinstance(restoring, RestoreScreen)
    restoring.choose(file)
    restoring.questions.row("passphrase").editor.set_text("错的口令")
    restoring.submit()
    qtbot.waitUntil(lambda: bool(restoring.questions.row("passphrase").problem()), timeout=SOON)
    restoring.questions.row("passphrase").editor.set_text(WORDS)
    restoring.submit()
    qtbot.waitUntil(lambda: bool(apps), timeout=SOON)


def test_the_sample_lies_beside_the_real_folder_and_opens_again(
    qtbot: QtBot, home: Path, apps: list[App]
) -> None:
    window = started(qtbot, home, apps)
    screen = window.now_shown()
    assert isinstance(screen, WelcomeScreen)
    screen.sample.click()
    qtbot.waitUntil(lambda: bool(apps), timeout=60_000)
    assert apps[0].home == samples.sample_home(home) and not (home / "key.json").exists()
    with apps[0].desk.store.reading() as reading:
        assert reading.count(Person) == 42
    apps.pop().close()
    apps.append(samples.open_sample(samples.sample_home(home)))


def test_the_sample_county_has_a_month_to_practise_on(
    home: Path, apps: list[App], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Four offices of one computer: what is drawn by chance must not be the same in each.
    around = Surroundings(lambda: NOW, secrets.token_bytes, "测试", home.parent / "witness")
    monkeypatch.setattr(bootstrap, "surroundings", lambda: around)
    app = samples.open_sample(samples.sample_home(home, county=True), county=True)
    apps.append(app)
    begin_practice(app.desk)
    receive(app.desk, [each for each in practice_post(app.home).iterdir() if each.suffix == ".age"])
    found = practice_now(app.desk)
    assert found.steps == COUNTY_STEPS and found.done == (True, False, False, False, False)
    asked = next(step for step in COUNTY_STEPS if step.page == "settings")
    assert request_in(app.desk, practice_file(app.home, asked)).applicant.place == "白岩乡"
    with app.desk.store.reading() as reading:
        assert len({each.code for each in reading.all(Enrolment) if each.role == "desk"}) == 2
        assert reading.count(Contact) == 8


def test_the_sheet_is_a_pdf_and_a_place_that_refuses_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    facts = SheetFacts("石牌镇人大", NOW.date(), ("AAAAA",) * 7)
    assert save_pdf(tmp_path / "恢复单.pdf", facts)
    assert (tmp_path / "恢复单.pdf").read_bytes()[:5] == b"%PDF-"
    assert not save_pdf(tmp_path / "没有这个文件夹" / "恢复单.pdf", facts)


def test_a_backup_that_was_double_clicked_asks_only_for_its_passphrase(
    qtbot: QtBot, qapp: QApplication, home: Path
) -> None:
    keeper = WindowKeeper(qapp, home, office_entries)
    keeper.begin(file=home / "连心备份_20261101-0900.lxbak")
    assert keeper.start is not None
    screen = keeper.start.now_shown()
    assert isinstance(screen, RestoreScreen)
    screen.questions.row("passphrase").editor.set_text(WORDS)
    with qtbot.waitSignal(screen.answered) as answered:
        screen.submit()
    assert answered.args == [home / "连心备份_20261101-0900.lxbak", WORDS]
    keeper.start.close()
    keeper.close()


def test_a_file_that_was_double_clicked_goes_to_the_page_that_takes_it(
    qtbot: QtBot, qapp: QApplication, home: Path, tmp_path: Path
) -> None:
    app, _code = bootstrap.begin(home, WORDS, BEGINNING)
    app.close()
    told = tmp_path / "回执_石牌镇.zip"
    told.write_bytes(b"no bundle")
    keeper = WindowKeeper(qapp, home, office_entries)
    keeper.begin(WORDS, told)
    qtbot.waitUntil(lambda: keeper.window is not None, timeout=SOON)
    assert keeper.window is not None
    assert keeper.window.current_page() == "sending"
    card = keeper.window.findChild(ReceiptCard)
    assert card is not None
    qtbot.waitUntil(lambda: told.name in card.said(), timeout=SOON)
    keeper.window.close()
    keeper.window.deleteLater()
    keeper.close()
