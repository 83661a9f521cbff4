"""The database key and the ways to it: the passphrase of each person and the recovery code on paper.

The key is random and never changes; ``key.json`` holds it once per person and once for the envelope, wrapped under a
key that Argon2id makes from the secret. Changing a passphrase, or a person, therefore rewrites one small file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lianxin.store.errors import StoreProblem
from lianxin.store.keyring_file import (
    FIRST,
    KEY_BYTES,
    RECOVERY,
    USUAL_COST,
    Keyring,
    Wrapped,
    actor_of,
    read_keyring,
    slot_of,
    unwrap,
    wrap,
    write_keyring,
)
from lianxin.store.keyring_file import Argon2Cost as Argon2Cost
from lianxin.store.keyring_file import DatabaseKey as DatabaseKey
from lianxin.store.keyring_file import KeyringDamaged as KeyringDamaged
from lianxin.store.keyring_file import KeyringMissing as KeyringMissing
from lianxin.store.layout import DATABASE_NAME, KEPT_FOLDERS, WORKING_COPY_NAME
from lianxin.store.layout import KEYRING_NAME as KEYRING_NAME
from lianxin.store.recovery_code import RandomBytes, make_recovery_code, read_recovery_code
from lianxin.store.recovery_code import RecoveryCode as RecoveryCode
from lianxin.store.recovery_code import RecoveryCodeMistyped as RecoveryCodeMistyped


class WrongPassphrase(StoreProblem):
    """The passphrase does not open this keyring."""

    code = "D201"

    def __init__(self) -> None:
        super().__init__(
            "口令不对，没有打开，数据没有改动。请看看大小写和输入法后再输一次；忘记了可用恢复单上的恢复码。"
        )


class WrongRecoveryCode(StoreProblem):
    """The code is well formed but belongs to another keyring or was replaced."""

    code = "D202"

    def __init__(self) -> None:
        super().__init__(
            "这张恢复单打不开这份数据，数据没有改动。它可能属于另一个单位，或后来换过恢复单，请找最新的一张。"
        )


class KeyringExists(StoreProblem):
    """A new keyring would overwrite the only way to existing data."""

    code = "D206"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__("这个数据文件夹已经设过口令，没有重新设置，数据没有改动。请用原来的口令打开。")


class EmptyPassphrase(StoreProblem):
    """An empty passphrase protects nothing."""

    code = "D207"

    def __init__(self) -> None:
        super().__init__("口令不能为空，没有设置，数据没有改动。请输入口令。")


class NobodyOfThatName(StoreProblem):
    """No person of this name, or with this code, has a passphrase here."""

    code = "D208"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name = name
        named = "、".join(known)
        super().__init__(
            f"这里没有名叫“{name}”的使用人，没有打开，数据没有改动。"
            + (f"现有：{named}。" if named else "这份台账只有一个人用，不用写姓名。")
        )


class LastWayIn(StoreProblem):
    """Taking this passphrase away would leave nobody who can open the data."""

    code = "D209"

    def __init__(self) -> None:
        super().__init__(
            "这是最后一个能打开台账的人，没有停用，数据没有改动。请先让接手的人有自己的口令，再停用他。"
        )


@dataclass(frozen=True)
class Login:
    """One person who has a passphrase: the actor code, and the name to choose by ("" while he is the only one)."""

    actor: str
    label: str


@dataclass(frozen=True)
class Opened:
    """The key, and whose passphrase led to it."""

    key: DatabaseKey
    actor: str


def create_keyring(
    home: Path, passphrase: str, *, random: RandomBytes, cost: Argon2Cost = USUAL_COST
) -> tuple[DatabaseKey, RecoveryCode]:
    """Make the key of a new office and write ``key.json``; the code exists only in the answer and on paper.

    A keyring beside which there are no data is what an interrupted set-up left: it is renamed, not refused.
    Raises KeyringExists, EmptyPassphrase.
    """
    path = home / KEYRING_NAME
    orphan = path.exists() and not _holds_data(home)
    if path.exists() and not orphan:
        raise KeyringExists(path)
    key, code = DatabaseKey(random(KEY_BYTES)), make_recovery_code(random)
    slots = {
        FIRST: wrap(key, FIRST, _plain_passphrase(passphrase), cost, random),
        RECOVERY: wrap(key, RECOVERY, code.text, cost, random),
    }
    home.mkdir(parents=True, exist_ok=True)
    if orphan:
        path.replace(path.with_name(f"{KEYRING_NAME}.unused-{key.key_id}"))
    write_keyring(path, Keyring(key.key_id, slots))
    return key, code


def logins(home: Path) -> tuple[Login, ...]:
    """Who has a passphrase here, by actor code. Raises KeyringMissing, KeyringDamaged."""
    return _logins(read_keyring(home / KEYRING_NAME))


def login_of(home: Path, who: str = "") -> Login:
    """The person named (by name or actor code), else the first. Raises NobodyOfThatName, KeyringMissing."""
    found = _asked(read_keyring(home / KEYRING_NAME), who)
    return found[0] if found else Login(actor_of(FIRST), "")


def unlock_as(home: Path, passphrase: str, *, who: str = "") -> Opened:
    """The key by a passphrase: of the person named (name or actor code), else of whoever it belongs to.

    Raises WrongPassphrase, NobodyOfThatName, KeyringMissing, KeyringDamaged.
    """
    keyring = read_keyring(home / KEYRING_NAME)
    for login in _asked(keyring, who):
        key = unwrap(keyring, slot_of(login.actor), _normal(passphrase))
        if key is not None:
            return Opened(key, login.actor)
    raise WrongPassphrase


def unlock(home: Path, passphrase: str) -> DatabaseKey:
    """The database key by anybody's passphrase; raises WrongPassphrase, KeyringMissing, KeyringDamaged."""
    return unlock_as(home, passphrase).key


def unlock_with_recovery(home: Path, code: str) -> DatabaseKey:
    """The database key by the recovery code as typed; raises RecoveryCodeMistyped, WrongRecoveryCode."""
    key = unwrap(read_keyring(home / KEYRING_NAME), RECOVERY, read_recovery_code(code).text)
    if key is None:
        raise WrongRecoveryCode
    return key


def change_passphrase(
    home: Path,
    key: DatabaseKey,
    new: str,
    *,
    actor: str = "01",
    random: RandomBytes,
    cost: Argon2Cost = USUAL_COST,
) -> None:
    """Let another passphrase of this person open the same key; older backups keep the one they were made under."""
    _replace_slot(home, key, slot_of(actor), _plain_passphrase(new), random, cost)


def add_login(
    home: Path,
    key: DatabaseKey,
    login: Login,
    passphrase: str,
    *,
    random: RandomBytes,
    cost: Argon2Cost = USUAL_COST,
) -> None:
    """Let one more person open the data by a passphrase of his own. Raises EmptyPassphrase."""
    _replace_slot(home, key, slot_of(login.actor), _plain_passphrase(passphrase), random, cost)
    name_login(home, login)


def name_login(home: Path, login: Login) -> None:
    """Write the name by which a person chooses his passphrase."""
    path = home / KEYRING_NAME
    keyring = read_keyring(path)
    slot = slot_of(login.actor)
    slots = {**keyring.slots, slot: replace(keyring.slots[slot], label=login.label)}
    write_keyring(path, Keyring(keyring.key_id, slots))


def remove_login(home: Path, actor: str) -> None:
    """Take a person's passphrase away here; a backup made before still opens by it. Raises LastWayIn."""
    path = home / KEYRING_NAME
    keyring = read_keyring(path)
    slots = {name: each for name, each in keyring.slots.items() if name != slot_of(actor)}
    if set(slots) <= {RECOVERY}:
        raise LastWayIn
    write_keyring(path, Keyring(keyring.key_id, slots))


def renew_recovery_code(
    home: Path, key: DatabaseKey, *, random: RandomBytes, cost: Argon2Cost = USUAL_COST
) -> RecoveryCode:
    """A fresh recovery code, after the sealed envelope was opened; the old sheet no longer works here."""
    code = make_recovery_code(random)
    _replace_slot(home, key, RECOVERY, code.text, random, cost)
    return code


def _logins(keyring: Keyring) -> tuple[Login, ...]:
    people: Mapping[str, Wrapped] = {name: each for name, each in keyring.slots.items() if name != RECOVERY}
    return tuple(sorted((Login(actor_of(name), each.label) for name, each in people.items()), key=_actor))


def _actor(login: Login) -> str:
    return login.actor


def _asked(keyring: Keyring, who: str) -> tuple[Login, ...]:
    people, wanted = _logins(keyring), who.strip()
    if not wanted:
        return people
    found = tuple(each for each in people if wanted in (each.actor, each.label))
    if not found:
        raise NobodyOfThatName(wanted, tuple(each.label for each in people if each.label))
    return found


def _holds_data(home: Path) -> bool:
    databases = (file.name for file in home.glob(f"{DATABASE_NAME}*"))
    unused = all(name.startswith(WORKING_COPY_NAME) for name in databases)
    return not unused or any((home / folder).exists() for folder in KEPT_FOLDERS)


def _normal(passphrase: str) -> str:
    # An input method left in full-width mode must not lock a clerk out.
    return unicodedata.normalize("NFKC", passphrase)


def _plain_passphrase(passphrase: str) -> str:
    if not passphrase.strip():
        raise EmptyPassphrase
    return _normal(passphrase)


def _replace_slot(
    home: Path, key: DatabaseKey, slot: str, secret: str, random: RandomBytes, cost: Argon2Cost
) -> None:
    path = home / KEYRING_NAME
    keyring = read_keyring(path)
    if keyring.key_id != key.key_id:
        raise ValueError("the key does not belong to this keyring")
    before = keyring.slots.get(slot)
    made = replace(wrap(key, slot, secret, cost, random), label=before.label if before is not None else "")
    write_keyring(path, Keyring(key.key_id, {**keyring.slots, slot: made}))
