"""The keyring as a file: the database key wrapped once per person and once under the recovery code.

An office with one person has the first form (``lianxin-keyring/1``: slots ``passphrase`` and ``recovery``), which every
program reads. With several it is the second: a further slot ``user-02`` … each, every slot of a person with the name
to choose it by. What each slot binds is the same in both, so that going from one to the other wraps nothing anew.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lianxin.store.errors import StoreProblem
from lianxin.store.files import write_atomic
from lianxin.store.recovery_code import RandomBytes

_FORMAT, _FORMAT_OF_MANY = "lianxin-keyring/1", "lianxin-keyring/2"
_MAX_KEYRING_BYTES = 64 * 1024
KEY_BYTES, _SALT_BYTES, _NONCE_BYTES = 32, 16, 12

FIRST, RECOVERY = "passphrase", "recovery"
"""The slot of the first person and the one of the recovery code."""
_PERSON = "user-"
_MOST_SLOTS, _LONGEST_LABEL = 100, 60


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


@dataclass(frozen=True)
class DatabaseKey:
    """The 32 random bytes that encrypt the database; never shown, not even in a traceback."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
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


USUAL_COST = Argon2Cost()


@dataclass(frozen=True)
class Wrapped:
    """The key under one secret; `label` is the name a person chooses his slot by."""

    cost: Argon2Cost
    salt: bytes
    nonce: bytes
    sealed: bytes
    label: str = ""


@dataclass(frozen=True)
class Keyring:
    """What ``key.json`` holds."""

    key_id: str
    slots: Mapping[str, Wrapped]


def slot_of(actor: str) -> str:
    """The slot of the person with this actor code; the first has the one that was there from the beginning."""
    return FIRST if actor == "01" else f"{_PERSON}{actor}"


def actor_of(slot: str) -> str:
    """The actor code of a person's slot."""
    return "01" if slot == FIRST else slot.removeprefix(_PERSON)


def _wrapping_key(secret: str, salt: bytes, cost: Argon2Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return kdf.derive(secret.encode())


def _bound_facts(key_id: str, slot: str, cost: Argon2Cost, salt: bytes) -> bytes:
    facts = [_FORMAT, key_id, slot, cost.iterations, cost.lanes, cost.memory_kib, salt.hex()]
    return json.dumps(facts, separators=(",", ":")).encode()


def wrap(key: DatabaseKey, slot: str, secret: str, cost: Argon2Cost, random: RandomBytes) -> Wrapped:
    """The key under a secret."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = random(_SALT_BYTES), random(_NONCE_BYTES)
    cipher = AESGCM(_wrapping_key(secret, salt, cost))
    return Wrapped(
        cost, salt, nonce, cipher.encrypt(nonce, key.raw, _bound_facts(key.key_id, slot, cost, salt))
    )


def unwrap(keyring: Keyring, slot: str, secret: str) -> DatabaseKey | None:
    """The key of a slot; None when the secret is another or there is no such slot."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrapped = keyring.slots.get(slot)
    if wrapped is None:
        return None
    cipher = AESGCM(_wrapping_key(secret, wrapped.salt, wrapped.cost))
    facts = _bound_facts(keyring.key_id, slot, wrapped.cost, wrapped.salt)
    try:
        return DatabaseKey(cipher.decrypt(wrapped.nonce, wrapped.sealed, facts))
    except InvalidTag:
        return None


def write_keyring(path: Path, keyring: Keyring) -> None:
    """Writes the file whole, in the form that says no more than it must."""
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
            **({"label": wrapped.label} if wrapped.label else {}),
        }
        for name, wrapped in keyring.slots.items()
    }
    labelled = any(wrapped.label for wrapped in keyring.slots.values())
    alone = set(keyring.slots) == {FIRST, RECOVERY} and not labelled
    content = {"format": _FORMAT if alone else _FORMAT_OF_MANY, "key_id": keyring.key_id, "slots": slots}
    write_atomic(path, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode())


def read_keyring(path: Path) -> Keyring:
    """Reads ``key.json`` of either form. Raises KeyringMissing, KeyringDamaged."""
    try:
        with path.open("rb") as source:
            data = source.read(_MAX_KEYRING_BYTES)
    except FileNotFoundError:
        raise KeyringMissing(path) from None
    try:
        content = _object(json.loads(data))
        slots = _object(content.get("slots"))
        if content.get("format") == _FORMAT:
            named: tuple[str, ...] = (FIRST, RECOVERY)
        elif content.get("format") == _FORMAT_OF_MANY and len(slots) <= _MOST_SLOTS:
            named = tuple(slots)
        else:
            raise ValueError("unknown format")
        return Keyring(
            _text(content.get("key_id")), {name: _read_slot(_object(slots.get(name))) for name in named}
        )
    except (ValueError, RecursionError):
        raise KeyringDamaged(path) from None


def _read_slot(slot: Mapping[str, object]) -> Wrapped:
    # Bounds keep a damaged file from asking for all the memory of the computer.
    lanes = _whole(slot.get("lanes"), 1, 16)
    cost = Argon2Cost(
        iterations=_whole(slot.get("iterations"), 1, 64),
        lanes=lanes,
        memory_kib=_whole(slot.get("memory_kib"), 8 * lanes, 1 << 20),
    )
    salt, nonce, sealed = (bytes.fromhex(_text(slot.get(name))) for name in ("salt", "nonce", "sealed"))
    if (len(salt), len(nonce), len(sealed)) != (_SALT_BYTES, _NONCE_BYTES, KEY_BYTES + 16):
        raise ValueError("wrong length")
    if (slot.get("kdf"), slot.get("cipher")) != ("argon2id", "aes-256-gcm"):
        raise ValueError("unknown algorithm")
    return Wrapped(cost, salt, nonce, sealed, _text(slot.get("label", ""))[:_LONGEST_LABEL])


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
