"""The keyring: two ways to one key, nothing else opens it, and slips of the hand are named."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.store.passphrase import (
    KEYRING_NAME,
    Argon2Cost,
    DatabaseKey,
    EmptyPassphrase,
    KeyringDamaged,
    KeyringExists,
    KeyringMissing,
    RecoveryCode,
    WrongPassphrase,
    WrongRecoveryCode,
    change_passphrase,
    create_keyring,
    renew_recovery_code,
    unlock,
    unlock_with_recovery,
)
from lianxin.store.recovery_code import RecoveryCodeMistyped, make_recovery_code, read_recovery_code

LIGHT = Argon2Cost(iterations=1, lanes=1, memory_kib=8)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@pytest.fixture
def made(tmp_path: Path) -> tuple[DatabaseKey, RecoveryCode]:
    return create_keyring(tmp_path, "石牌镇人大 2026", random=os.urandom, cost=LIGHT)


Made = tuple[DatabaseKey, RecoveryCode]


def test_both_ways_lead_to_the_same_key(tmp_path: Path, made: Made) -> None:
    key, code = made
    assert unlock(tmp_path, "石牌镇人大 2026") == key
    assert unlock_with_recovery(tmp_path, code.text) == key
    assert unlock_with_recovery(tmp_path, code.text.lower().replace("-", "  ")) == key
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code.text)
    assert unlock_with_recovery(tmp_path, wide) == key


@pytest.mark.parametrize("typed", ["石牌镇人大 2025", "", "石牌镇人大2026", "石牌镇人大 2026 "])
def test_another_passphrase_does_not_open(tmp_path: Path, made: Made, typed: str) -> None:
    with pytest.raises(WrongPassphrase, match="恢复码"):
        unlock(tmp_path, typed)


def test_full_width_letters_are_the_same_passphrase(tmp_path: Path) -> None:
    key, _ = create_keyring(tmp_path, "abc123", random=os.urandom, cost=LIGHT)
    assert unlock(tmp_path, "ａｂｃ１２３") == key


def test_the_usual_cost_is_the_one_of_the_rfc_and_is_stored(tmp_path: Path) -> None:
    key, _ = create_keyring(tmp_path, "石牌镇", random=os.urandom)
    slot = json.loads((tmp_path / KEYRING_NAME).read_bytes())["slots"]["passphrase"]
    assert (slot["iterations"], slot["lanes"], slot["memory_kib"]) == (3, 4, 65536)
    assert unlock(tmp_path, "石牌镇") == key


def test_neither_key_nor_secrets_stand_in_the_file_or_in_a_traceback(tmp_path: Path, made: Made) -> None:
    key, code = made
    content = (tmp_path / KEYRING_NAME).read_text()
    for secret in (key.raw.hex(), code.text, "石牌镇人大"):
        assert secret not in content
        assert secret not in repr(made)


def test_a_second_set_up_never_overwrites_the_first(tmp_path: Path, made: Made) -> None:
    before = (tmp_path / KEYRING_NAME).read_bytes()
    (tmp_path / "ledger.db-wal").write_bytes(b"data under the first key")
    with pytest.raises(KeyringExists):
        create_keyring(tmp_path, "another", random=os.urandom, cost=LIGHT)
    assert (tmp_path / KEYRING_NAME).read_bytes() == before


def test_a_set_up_cut_off_before_any_data_can_be_begun_again(tmp_path: Path, made: Made) -> None:
    before = (tmp_path / KEYRING_NAME).read_bytes()
    key, _ = create_keyring(tmp_path, "再来一次", random=os.urandom, cost=LIGHT)
    assert unlock(tmp_path, "再来一次") == key
    assert [file.read_bytes() for file in tmp_path.glob("key.json.unused-*")] == [before]


@pytest.mark.parametrize("empty", ["", "  ", "　"])
def test_an_empty_passphrase_is_refused(tmp_path: Path, empty: str) -> None:
    with pytest.raises(EmptyPassphrase):
        create_keyring(tmp_path, empty, random=os.urandom, cost=LIGHT)
    assert not (tmp_path / KEYRING_NAME).exists()


def test_forgotten_passphrase_recovery_code_new_passphrase(tmp_path: Path, made: Made) -> None:
    key, code = made
    found = unlock_with_recovery(tmp_path, code.text)
    change_passphrase(tmp_path, found, "新口令", random=os.urandom, cost=LIGHT)
    assert unlock(tmp_path, "新口令") == key
    with pytest.raises(WrongPassphrase):
        unlock(tmp_path, "石牌镇人大 2026")
    assert unlock_with_recovery(tmp_path, code.text) == key


def test_a_renewed_sheet_replaces_the_old_one(tmp_path: Path, made: Made) -> None:
    key, old = made
    new = renew_recovery_code(tmp_path, key, random=os.urandom, cost=LIGHT)
    assert unlock_with_recovery(tmp_path, new.text) == key
    with pytest.raises(WrongRecoveryCode):
        unlock_with_recovery(tmp_path, old.text)
    assert unlock(tmp_path, "石牌镇人大 2026") == key


def test_a_foreign_key_cannot_be_put_into_a_keyring(tmp_path: Path, made: Made) -> None:
    before = (tmp_path / KEYRING_NAME).read_bytes()
    with pytest.raises(ValueError, match="does not belong"):
        change_passphrase(tmp_path, DatabaseKey(bytes(32)), "x", random=os.urandom, cost=LIGHT)
    assert (tmp_path / KEYRING_NAME).read_bytes() == before


def test_a_missing_keyring_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(KeyringMissing) as caught:
        unlock(tmp_path, "x")
    assert str(tmp_path / KEYRING_NAME) in caught.value.message


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"format":"lianxin-keyring/2"}',
        b'{"format":"lianxin-keyring/1","key_id":"x","slots":{}}',
    ],
)
def test_a_damaged_keyring_is_named(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / KEYRING_NAME).write_bytes(damage)
    with pytest.raises(KeyringDamaged):
        unlock(tmp_path, "x")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory_kib", 1 << 40),
        ("iterations", 0),
        ("lanes", True),
        ("salt", "zz"),
        ("nonce", ""),
        ("sealed", None),
        ("kdf", "none"),
    ],
)
def test_a_keyring_asking_for_nonsense_is_refused_before_any_work(
    tmp_path: Path, made: Made, name: str, value: object
) -> None:
    path = tmp_path / KEYRING_NAME
    content = json.loads(path.read_bytes())
    content["slots"]["passphrase"][name] = value
    path.write_text(json.dumps(content))
    with pytest.raises(KeyringDamaged):
        unlock(tmp_path, "石牌镇人大 2026")


@pytest.mark.parametrize(("name", "value"), [("iterations", 2), ("salt", "00" * 16), ("sealed", "00" * 48)])
def test_a_changed_fact_in_the_keyring_opens_nothing(
    tmp_path: Path, made: Made, name: str, value: object
) -> None:
    path = tmp_path / KEYRING_NAME
    content = json.loads(path.read_bytes())
    content["slots"]["passphrase"][name] = value
    path.write_text(json.dumps(content))
    with pytest.raises(WrongPassphrase):
        unlock(tmp_path, "石牌镇人大 2026")


def a_code(seed: int) -> RecoveryCode:
    return make_recovery_code(random.Random(seed).randbytes)


@given(st.integers())
def test_a_code_has_seven_groups_of_five_clear_characters(seed: int) -> None:
    code = a_code(seed)
    assert [len(group) for group in code.groups] == [5] * 7
    assert set("".join(code.groups)) <= set(ALPHABET)
    assert read_recovery_code(code.text) == code


@given(st.integers(), st.integers(0, 34), st.sampled_from(ALPHABET + "01OIL"))
def test_one_wrong_character_is_found_in_its_group(seed: int, place: int, wrong: str) -> None:
    text = a_code(seed).text.replace("-", "")
    typed = text[:place] + wrong + text[place + 1 :]
    if typed == text:
        return
    with pytest.raises(RecoveryCodeMistyped) as caught:
        read_recovery_code(typed)
    assert caught.value.groups == (place // 5 + 1,)
    assert f"第{place // 5 + 1}组" in caught.value.message


@given(st.integers(), st.integers(0, 6), st.integers(0, 3))
def test_two_swapped_neighbours_are_found(seed: int, group: int, place: int) -> None:
    groups = list(a_code(seed).groups)
    letters = list(groups[group])
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    if "".join(letters) == groups[group]:
        return
    groups[group] = "".join(letters)
    with pytest.raises(RecoveryCodeMistyped) as caught:
        read_recovery_code(" ".join(groups))
    assert caught.value.groups == (group + 1,)


@given(st.integers(), st.integers(0, 5))
def test_two_swapped_groups_are_found(seed: int, first: int) -> None:
    groups = list(a_code(seed).groups)
    groups[first], groups[first + 1] = groups[first + 1], groups[first]
    with pytest.raises(RecoveryCodeMistyped):
        read_recovery_code("-".join(groups))


@pytest.mark.parametrize("typed", ["", "ABCDE", "A" * 36, "恢复码"])
def test_a_code_of_another_length_says_what_it_should_look_like(typed: str) -> None:
    with pytest.raises(RecoveryCodeMistyped, match="7组"):
        read_recovery_code(typed)


def test_derived_keys_differ_by_purpose_and_from_the_key() -> None:
    key = DatabaseKey(bytes(range(32)))
    assert key.derived("blobs") == key.derived("blobs")
    assert len({key.raw, key.derived("blobs"), key.derived("bundles")}) == 3
    assert key.key_id != DatabaseKey(bytes(32)).key_id
