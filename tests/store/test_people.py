"""Several ways to one key: each person's own, the old file for ever, waiting after slips, and what a role may write."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.store import attempts
from lianxin.store.attempts import FREE, WAITS, TooSoon, unlock_patiently, wait_left
from lianxin.store.passphrase import (
    KEYRING_NAME,
    Argon2Cost,
    LastWayIn,
    Login,
    NobodyOfThatName,
    WrongPassphrase,
    add_login,
    change_passphrase,
    create_keyring,
    logins,
    name_login,
    remove_login,
    unlock_as,
    unlock_with_recovery,
)

LIGHT = Argon2Cost(iterations=1, lanes=1, memory_kib=8)
OLD_FILE = Path(__file__).parent / "fixtures" / "key-one-person.json"
OLD_CODE = "EPJFX-KHTT3-H4227-XMUTG-62GTY-2BHXC-JG7MH"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=8)))


def test_the_key_file_of_the_first_program_opens_both_ways_and_takes_a_second_person(tmp_path: Path) -> None:
    shutil.copyfile(OLD_FILE, tmp_path / KEYRING_NAME)
    opened = unlock_as(tmp_path, "石牌镇人大 2026")
    assert (opened.key.key_id, opened.actor) == ("e5741250b80027f5", "01")
    assert unlock_with_recovery(tmp_path, OLD_CODE) == opened.key
    assert logins(tmp_path) == (Login("01", ""),)
    add_login(tmp_path, opened.key, Login("02", "李红"), "李红的口令", random=os.urandom, cost=LIGHT)
    name_login(tmp_path, Login("01", "王芳"))
    assert unlock_as(tmp_path, "石牌镇人大 2026") == opened, "nothing was wrapped anew"
    assert unlock_as(tmp_path, "李红的口令", who="李红").key == opened.key
    assert unlock_with_recovery(tmp_path, OLD_CODE) == opened.key


def test_an_office_with_one_person_keeps_the_file_every_program_reads(tmp_path: Path) -> None:
    key, _ = create_keyring(tmp_path, "一个人的口令", random=os.urandom, cost=LIGHT)
    change_passphrase(tmp_path, key, "换过的口令", random=os.urandom, cost=LIGHT)
    assert '"lianxin-keyring/1"' in (tmp_path / KEYRING_NAME).read_text("utf-8")


def test_a_passphrase_opens_for_its_person_only_and_leaves_with_him(tmp_path: Path) -> None:
    key, code = create_keyring(tmp_path, "王芳的口令", random=os.urandom, cost=LIGHT)
    name_login(tmp_path, Login("01", "王芳"))
    add_login(tmp_path, key, Login("02", "李红"), "李红的口令", random=os.urandom, cost=LIGHT)
    assert unlock_as(tmp_path, "李红的口令").actor == "02", "without a name whoever it belongs to"
    with pytest.raises(WrongPassphrase):
        unlock_as(tmp_path, "李红的口令", who="王芳")
    with pytest.raises(NobodyOfThatName, match="现有：王芳、李红"):
        unlock_as(tmp_path, "李红的口令", who="赵强")
    kept = (tmp_path / KEYRING_NAME).read_bytes()
    remove_login(tmp_path, "01")
    with pytest.raises(WrongPassphrase):
        unlock_as(tmp_path, "王芳的口令")
    with pytest.raises(LastWayIn):
        remove_login(tmp_path, "02")
    assert unlock_as(tmp_path, "李红的口令").key == unlock_with_recovery(tmp_path, code.text) == key
    # What a backup carries is the file of its day.
    (tmp_path / KEYRING_NAME).write_bytes(kept)
    assert unlock_as(tmp_path, "王芳的口令").key == key


@given(st.integers(0, 40), st.integers(-400, 400))
def test_waiting_grows_has_an_end_and_is_not_shortened_by_a_clock_set_back(
    tmp_path_factory: pytest.TempPathFactory, wrong: int, later: int
) -> None:
    home = tmp_path_factory.mktemp("home")
    if wrong:
        attempts._write(home, wrong, NOON)
    whole = wait_left(home, now=NOON)
    assert whole == (WAITS[min(wrong - FREE, len(WAITS) - 1)] if wrong >= FREE else 0)
    left = wait_left(home, now=NOON + timedelta(seconds=later))
    assert left == (whole if later < 0 else max(0, whole - later))
    assert wait_left(home, now=NOON + timedelta(seconds=later + WAITS[-1])) == 0, "never for good"


def test_slips_wait_over_a_new_start_and_the_right_one_ends_it(tmp_path: Path) -> None:
    create_keyring(tmp_path, "对的口令", random=os.urandom, cost=LIGHT)
    for _ in range(FREE):
        with pytest.raises(WrongPassphrase):
            unlock_patiently(tmp_path, "错的口令", now=NOON)
    with pytest.raises(TooSoon) as refused:
        unlock_patiently(tmp_path, "对的口令", now=NOON + timedelta(seconds=1))
    assert refused.value.seconds == WAITS[0] - 1
    assert unlock_patiently(tmp_path, "对的口令", now=NOON + timedelta(seconds=WAITS[0])).actor == "01"
    assert not (tmp_path / attempts.ATTEMPTS_NAME).exists()


@pytest.mark.parametrize(
    "content", ["", "[]", '{"wrong": 1e9, "last": "x"}', '{"wrong": "9", "last": "2026-11-22T12:00:00"}']
)
def test_a_spoilt_note_of_slips_locks_nobody_out(tmp_path: Path, content: str) -> None:
    (tmp_path / attempts.ATTEMPTS_NAME).write_text(content, "utf-8")
    assert wait_left(tmp_path, now=NOON) == 0
