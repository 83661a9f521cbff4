"""The database key and the two ways to it: the office's passphrase and the recovery code on paper.

The key is random and never changes; ``key.json`` holds it twice, wrapped under a key that Argon2id makes
from the passphrase and from the recovery code. Changing the passphrase therefore rewrites one small file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lianxin.store.errors import StoreProblem
from lianxin.store.files import write_atomic
from lianxin.store.layout import DATABASE_NAME, KEPT_FOLDERS, WORKING_COPY_NAME
from lianxin.store.layout import KEYRING_NAME as KEYRING_NAME
from lianxin.store.recovery_code import RandomBytes, make_recovery_code, read_recovery_code
from lianxin.store.recovery_code import RecoveryCode as RecoveryCode
from lianxin.store.recovery_code import RecoveryCodeMistyped as RecoveryCodeMistyped

_FORMAT = "lianxin-keyring/1"
_MAX_KEYRING_BYTES = 64 * 1024
_KEY_BYTES, _SALT_BYTES, _NONCE_BYTES = 32, 16, 12

Slot = Literal["passphrase", "recovery"]


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


class KeyringMissing(StoreProblem):
    """There is no key.json in the data folder."""

    code = "D204"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"没有找到钥匙文件 {path}，数据打不开但没有改动。请从备份恢复，或放回这个文件。")


class KeyringDamaged(StoreProblem):
    """key.json exists but cannot be understood."""

    code = "D205"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"钥匙文件 {path} 已损坏，数据打不开但没有改动。请用备份里的钥匙文件替换它。")


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


@dataclass(frozen=True)
class DatabaseKey:
    """The 32 random bytes that encrypt the database; never shown, not even in a traceback."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != _KEY_BYTES:
            raise ValueError("a database key has 32 bytes")

    def derived(self, purpose: str) -> bytes:
        """A 32-byte key for one other purpose, such as sealing attachments; equal for equal purposes."""
        return hmac.new(self.raw, b"lianxin derived key\0" + purpose.encode(), hashlib.sha256).digest()

    @property
    def key_id(self) -> str:
        """16 hex digits that tell keys apart and give nothing away."""
        return self.derived("key id").hex()[:16]


@dataclass(frozen=True)
class Argon2Cost:
    """How much work one guess costs; the default is the second choice of RFC 9106 section 4."""

    iterations: int = 3
    lanes: int = 4
    memory_kib: int = 64 * 1024


@dataclass(frozen=True)
class _Wrapped:
    cost: Argon2Cost
    salt: bytes
    nonce: bytes
    sealed: bytes


@dataclass(frozen=True)
class _Keyring:
    key_id: str
    slots: Mapping[str, _Wrapped]


def create_keyring(
    home: Path, passphrase: str, *, random: RandomBytes, cost: Argon2Cost = Argon2Cost()
) -> tuple[DatabaseKey, RecoveryCode]:
    """Make the key of a new office and write ``key.json``; the code exists only in the answer and on paper.

    A keyring beside which there are no data is what an interrupted set-up left: it is renamed, not refused.
    Raises KeyringExists, EmptyPassphrase.
    """
    path = home / KEYRING_NAME
    orphan = path.exists() and not _holds_data(home)
    if path.exists() and not orphan:
        raise KeyringExists(path)
    key, code = DatabaseKey(random(_KEY_BYTES)), make_recovery_code(random)
    slots = {
        "passphrase": _wrap(key, "passphrase", _plain_passphrase(passphrase), cost, random),
        "recovery": _wrap(key, "recovery", code.text, cost, random),
    }
    home.mkdir(parents=True, exist_ok=True)
    if orphan:
        path.replace(path.with_name(f"{KEYRING_NAME}.unused-{key.key_id}"))
    _write(path, _Keyring(key.key_id, slots))
    return key, code


def unlock(home: Path, passphrase: str) -> DatabaseKey:
    """The database key by the passphrase; raises WrongPassphrase, KeyringMissing, KeyringDamaged."""
    key = _unwrap(home / KEYRING_NAME, "passphrase", _normal(passphrase))
    if key is None:
        raise WrongPassphrase
    return key


def unlock_with_recovery(home: Path, code: str) -> DatabaseKey:
    """The database key by the recovery code as typed; raises RecoveryCodeMistyped, WrongRecoveryCode."""
    key = _unwrap(home / KEYRING_NAME, "recovery", read_recovery_code(code).text)
    if key is None:
        raise WrongRecoveryCode
    return key


def change_passphrase(
    home: Path, key: DatabaseKey, new: str, *, random: RandomBytes, cost: Argon2Cost = Argon2Cost()
) -> None:
    """Let another passphrase open the same key; older backups keep the passphrase they were made under."""
    _replace_slot(home, key, "passphrase", _plain_passphrase(new), random, cost)


def renew_recovery_code(
    home: Path, key: DatabaseKey, *, random: RandomBytes, cost: Argon2Cost = Argon2Cost()
) -> RecoveryCode:
    """A fresh recovery code, after the sealed envelope was opened; the old sheet no longer works here."""
    code = make_recovery_code(random)
    _replace_slot(home, key, "recovery", code.text, random, cost)
    return code


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


def _wrapping_key(secret: str, salt: bytes, cost: Argon2Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=salt,
        length=_KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return kdf.derive(secret.encode())


def _bound_facts(key_id: str, slot: Slot, cost: Argon2Cost, salt: bytes) -> bytes:
    facts = [_FORMAT, key_id, slot, cost.iterations, cost.lanes, cost.memory_kib, salt.hex()]
    return json.dumps(facts, separators=(",", ":")).encode()


def _wrap(key: DatabaseKey, slot: Slot, secret: str, cost: Argon2Cost, random: RandomBytes) -> _Wrapped:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = random(_SALT_BYTES), random(_NONCE_BYTES)
    cipher = AESGCM(_wrapping_key(secret, salt, cost))
    return _Wrapped(
        cost, salt, nonce, cipher.encrypt(nonce, key.raw, _bound_facts(key.key_id, slot, cost, salt))
    )


def _unwrap(path: Path, slot: Slot, secret: str) -> DatabaseKey | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    keyring = _read(path)
    wrapped = keyring.slots[slot]
    cipher = AESGCM(_wrapping_key(secret, wrapped.salt, wrapped.cost))
    facts = _bound_facts(keyring.key_id, slot, wrapped.cost, wrapped.salt)
    try:
        return DatabaseKey(cipher.decrypt(wrapped.nonce, wrapped.sealed, facts))
    except InvalidTag:
        return None


def _replace_slot(
    home: Path, key: DatabaseKey, slot: Slot, secret: str, random: RandomBytes, cost: Argon2Cost
) -> None:
    path = home / KEYRING_NAME
    keyring = _read(path)
    if keyring.key_id != key.key_id:
        raise ValueError("the key does not belong to this keyring")
    _write(path, _Keyring(key.key_id, {**keyring.slots, slot: _wrap(key, slot, secret, cost, random)}))


def _write(path: Path, keyring: _Keyring) -> None:
    slots = {
        name: {
            "kdf": "argon2id",
            "iterations": wrapped.cost.iterations,
            "lanes": wrapped.cost.lanes,
            "memory_kib": wrapped.cost.memory_kib,
            "salt": wrapped.salt.hex(),
            "cipher": "aes-256-gcm",
            "nonce": wrapped.nonce.hex(),
            "sealed": wrapped.sealed.hex(),
        }
        for name, wrapped in keyring.slots.items()
    }
    content = {"format": _FORMAT, "key_id": keyring.key_id, "slots": slots}
    write_atomic(path, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode())


def _read(path: Path) -> _Keyring:
    try:
        with path.open("rb") as source:
            data = source.read(_MAX_KEYRING_BYTES)
    except FileNotFoundError:
        raise KeyringMissing(path) from None
    try:
        content = _object(json.loads(data))
        if content.get("format") != _FORMAT:
            raise ValueError("unknown format")
        slots = _object(content.get("slots"))
        wrapped = {name: _read_slot(_object(slots.get(name))) for name in ("passphrase", "recovery")}
        return _Keyring(_text(content.get("key_id")), wrapped)
    except (ValueError, RecursionError):
        raise KeyringDamaged(path) from None


def _read_slot(slot: Mapping[str, object]) -> _Wrapped:
    # Bounds keep a damaged file from asking for all the memory of the computer.
    lanes = _whole(slot.get("lanes"), 1, 16)
    cost = Argon2Cost(
        iterations=_whole(slot.get("iterations"), 1, 64),
        lanes=lanes,
        memory_kib=_whole(slot.get("memory_kib"), 8 * lanes, 1 << 20),
    )
    salt, nonce, sealed = (bytes.fromhex(_text(slot.get(name))) for name in ("salt", "nonce", "sealed"))
    if (len(salt), len(nonce), len(sealed)) != (_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES + 16):
        raise ValueError("wrong length")
    if (slot.get("kdf"), slot.get("cipher")) != ("argon2id", "aes-256-gcm"):
        raise ValueError("unknown algorithm")
    return _Wrapped(cost, salt, nonce, sealed)


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _whole(value: object, low: int, high: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError("not a number in bounds")
    return value
