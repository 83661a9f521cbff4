"""使用人: roles at the door, adding and leaving, the envelope, and what is handed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest

from lianxin import bootstrap
from lianxin.bootstrap import App
from lianxin.domain.codes import USER_ROLE
from lianxin.domain.records import HandlingUnit, User
from lianxin.domain.roles import RIGHTS, Act, Acting, Role
from lianxin.office.access.access_log import access_notes, note_access
from lianxin.office.access.users import (
    UserProblem,
    add_user,
    change_role,
    disable_user,
    hand_office_over,
    name_of,
    users,
)
from lianxin.office.desk import Desk, office_of
from lianxin.office.figuring import period_of
from lianxin.office.handed.rule_files import switch_profile
from lianxin.office.handover.handover_list import handover_list
from lianxin.office.lists.listing import listed
from lianxin.office.safekeeping.keeping import change_passphrase, new_recovery_code
from lianxin.office.sending.final import freeze
from lianxin.store import passphrase as keyring
from lianxin.store.acting import NotAllowed
from lianxin.store.passphrase import KEYRING_NAME, WrongPassphrase, WrongRecoveryCode, logins
from lianxin.store.record_store import RecordStore
from tests.store.light_passphrase import light_passphrases
from tests.ui.small_office import BEGINNING, computer

WORDS, OTHER, THIRD = "石牌镇人大2026", "李红自己的口令", "赵强自己的口令"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(bootstrap, "surroundings", lambda: computer(tmp_path))
    with light_passphrases():
        yield tmp_path / "home"


@pytest.fixture
def code(home: Path) -> str:
    """The recovery code of an office just set up."""
    app, made = bootstrap.begin(home, WORDS, BEGINNING)
    app.close()
    return made.text


@pytest.fixture
def app(home: Path, code: str) -> Iterator[App]:
    opened = bootstrap.unlock(home, WORDS)
    yield opened
    opened.close()


def put_unit(desk: Desk, name: str) -> None:
    with desk.store.writing(reason="试写") as writing:
        writing.put(HandlingUnit(uid=writing.new_uid(), name=name))


def test_every_act_has_somebody_and_every_refusal_says_who(app: App) -> None:
    roles: tuple[Role, ...] = get_args(Role)
    assert set(roles) == {each.code for each in USER_ROLE.codes}
    assert set(RIGHTS) == set(get_args(Act))
    for act, right in RIGHTS.items():
        assert "administrator" in right.roles and ("viewer" in right.roles) is (act == "look")
        for role in roles:
            words = Acting("02", "李红", role).refusal(act)
            assert (words == "") is (role in right.roles)
            assert not words or ("“管理”" in words and right.why in words and "没有改动" in words)


def test_one_person_is_asked_nothing_and_may_do_everything(app: App) -> None:
    assert app.desk.acting == Acting("01") and app.desk.acting.alone
    assert all(app.desk.may(act) for act in RIGHTS)
    assert [each.label for each in logins(app.home)] == [""]


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("viewer", ()),
        ("recorder", ("write", "reveal")),
        ("reviewer", ("write", "reveal", "freeze")),
        ("administrator", ("write", "reveal", "freeze", "rules", "users", "recovery")),
    ],
)
def test_what_a_role_does_not_do_is_refused_by_whatever_way(
    app: App, home: Path, role: Role, may: tuple[str, ...]
) -> None:
    add_user(app.desk, name="李红", role=role, passphrase=OTHER, own_name="王芳")
    app.close()
    with_role = bootstrap.unlock(home, OTHER, who="李红")
    desk = with_role.desk
    assert desk.acting == Acting("02", "李红", role, alone=False)
    ways: Mapping[str, Callable[[], object]] = {
        "write": lambda: put_unit(desk, "长坪村联络点"),
        "reveal": lambda: listed(desk, kind="person", reveal=True),
        "freeze": lambda: freeze(desk, period_of(desk, "2026-10")),
        "rules": lambda: switch_profile(desk, "henan"),
        "users": lambda: add_user(desk, name="赵强", role="viewer", passphrase=THIRD),
        "recovery": lambda: new_recovery_code(desk),
    }
    for name, way in ways.items():
        if name in may:
            way()
        else:
            with pytest.raises(NotAllowed, match="您的角色是"):
                way()
    with desk.store.reading() as reading:
        assert len(access_notes(reading)) == ("reveal" in may)
    with_role.close()


def test_names_stay_with_what_was_written_and_only_the_code_travels(app: App, home: Path) -> None:
    add_user(app.desk, name="李红", role="recorder", passphrase=OTHER, own_name="王芳")
    app.close()
    hers = bootstrap.unlock(home, OTHER)
    put_unit(hers.desk, "长坪村联络点")
    change_passphrase(hers.desk, old=OTHER, new=THIRD)
    hers.close()
    again = bootstrap.unlock(home, WORDS, who="王芳")
    disable_user(again.desk, "02", why="调走")
    with again.desk.store.reading() as reading:
        (uid,) = [each.uid for each in reading.all(HandlingUnit) if each.name == "长坪村联络点"]
        (line,) = reading.history(HandlingUnit.KIND, uid)
        assert (line.entry.actor, name_of(reading, "02")) == ("02", "李红")
        assert "李红" not in str(line.entry)
        assert all(
            each.entry.stream.endswith("/local") for each in reading.history(User.KIND, users(reading)[0].uid)
        )
    with pytest.raises(WrongPassphrase):
        bootstrap.unlock(home, THIRD)
    assert add_user(again.desk, name="李红", role="viewer", passphrase=OTHER).actor == "03", (
        "a code is never given again"
    )
    again.close()


def test_somebody_always_stays_who_can_set_things_right(app: App) -> None:
    with pytest.raises(UserProblem, match="您自己的姓名"):
        add_user(app.desk, name="李红", role="viewer", passphrase=OTHER)
    add_user(app.desk, name="李红", role="viewer", passphrase=OTHER, own_name="王芳")
    with pytest.raises(UserProblem, match="已经有一位“李红”"):
        add_user(app.desk, name=" 李红 ", role="viewer", passphrase=THIRD)
    with pytest.raises(UserProblem, match="不能停用自己"):
        disable_user(app.desk, "01")
    with pytest.raises(UserProblem, match="没有人做“管理”"):
        change_role(app.desk, "01", "recorder")
    change_role(app.desk, "02", "administrator")
    change_role(app.desk, "01", "recorder")
    with pytest.raises(NotAllowed):
        change_role(app.desk, "01", "administrator")


def test_with_the_envelope_a_new_person_takes_over_and_the_old_ways_end(home: Path, code: str) -> None:
    before = (home / KEYRING_NAME).read_bytes()
    app, fresh = bootstrap.take_over_absent(home, code, name="赵强", passphrase=THIRD)
    put_unit(app.desk, "新联络点")
    assert app.desk.acting == Acting("02", "赵强", "administrator", alone=True)
    told = handover_list(app.desk)
    with app.desk.store.reading() as reading:
        assert office_of(reading).clerk == "赵强"
        assert [(each.name, each.ended is None) for each in users(reading)] == [
            ("原经办人", False),
            ("赵强", True),
        ]
    assert (told.giving, told.taking) == ("原经办人", "赵强")
    secrets = next(part for part in told.parts if "密钥" in part.heading)
    assert ("更换恢复单", "2026年11月22日") in secrets.rows
    app.close()
    with pytest.raises(WrongPassphrase):
        bootstrap.unlock(home, WORDS)
    with pytest.raises(WrongRecoveryCode):
        bootstrap.unlock_with_recovery(home, code, "别的口令一二")
    bootstrap.unlock(home, THIRD).close()
    bootstrap.unlock_with_recovery(home, fresh.text, OTHER).close()
    # An older backup carries the keyring of its day: it opens by the passphrase of that day, and this is told.
    (home / KEYRING_NAME).write_bytes(before)
    bootstrap.unlock(home, WORDS).close()


def test_a_handover_cut_off_anywhere_leaves_somebody_who_can_go_on(
    home: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("add_login", "writing", "remove_login"):
        app = bootstrap.unlock(home, WORDS)
        with monkeypatch.context() as broken:
            owner: object = keyring if place != "writing" else RecordStore
            broken.setattr(owner, place, _cut_off)
            with pytest.raises(OSError, match="power"):
                hand_office_over(
                    app.desk,
                    name=f"接手{place[:3]}",
                    passphrase=THIRD,
                    leaving=app.desk.acting.code,
                    leaving_name="王芳",
                )
        app.close()
        still = bootstrap.unlock(home, WORDS)
        assert still.desk.may("users"), place
        still.close()


def _cut_off(*_arguments: object, **_named: object) -> None:
    raise OSError("power cut")


def test_seeing_is_noted_with_who_and_when(app: App) -> None:
    note_access(app.desk, "意见 YJ0001 反映人", records=1)
    with app.desk.store.reading() as reading:
        (noted,) = access_notes(reading)
    assert (noted.at, noted.actor, noted.sort, noted.records) == ("2026-11-22 10:52:00", "01", "shown", 1)
