"""Encryption for readers: the age command opens ours, ours opens its, and every failure has a name."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from lianxin.keys.sealed_for import (
    BadRecipient,
    DamagedEncryption,
    NotForThisKey,
    ReaderKey,
    decrypt,
    encrypt,
    new_reader,
    require_recipient,
)

CHUNK = 64 * 1024
MIB = 1024 * 1024


def sealed(data: bytes, *recipients: str) -> bytes:
    out = io.BytesIO()
    encrypt(io.BytesIO(data), out, recipients)
    return out.getvalue()


def opened(data: bytes, key: ReaderKey) -> bytes:
    out = io.BytesIO()
    decrypt(io.BytesIO(data), out, key.secret)
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_every_recipient_reads_it_and_nobody_else(size: int) -> None:
    county, office, stranger = new_reader(), new_reader(), new_reader()
    data = os.urandom(size)
    made = sealed(data, county.recipient, office.recipient)
    assert opened(made, county) == data
    assert opened(made, office) == data
    with pytest.raises(NotForThisKey):
        opened(made, stranger)
    assert size < 16 or data not in made


def test_the_age_command_opens_ours_and_ours_opens_its(tmp_path: Path) -> None:
    key = new_reader()
    (tmp_path / "key").write_text(key.secret + "\n")
    data = os.urandom(200_000)
    (tmp_path / "ours.age").write_bytes(sealed(data, key.recipient))
    done = subprocess.run(
        ["age", "-d", "-i", tmp_path / "key", tmp_path / "ours.age"], capture_output=True, check=True
    )
    assert done.stdout == data
    done = subprocess.run(["age", "-r", key.recipient], input=data, capture_output=True, check=True)
    assert opened(done.stdout, key) == data


def test_damage_is_told_apart_from_a_wrong_key() -> None:
    key = new_reader()
    made = sealed(b"a" * (2 * CHUNK), key.recipient)
    head = made.index(b"\n---") + 5
    body = made.index(b"\n", head) + 1
    first_chunk_only = made[: body + 16 + CHUNK + 16]
    flipped = bytearray(made)
    flipped[-5] ^= 1
    for bad in (b"", b"x" * 500, made[:40], made[:-1], first_chunk_only, bytes(flipped), made + b"x"):
        with pytest.raises(DamagedEncryption):
            opened(bad, key)


def test_no_recipient_and_no_such_recipient_are_refused() -> None:
    key = new_reader()
    assert require_recipient(key.recipient) == key.recipient
    for bad in ("", "age1xyz", key.secret, key.recipient[:-1], key.recipient + "q"):
        with pytest.raises(BadRecipient):
            require_recipient(bad)
        with pytest.raises(BadRecipient):
            sealed(b"x", bad)
    with pytest.raises(BadRecipient):
        sealed(b"x")


class Failing(io.RawIOBase):
    """A stick that is pulled out, or full."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def read(self, size: int = -1) -> bytes:
        raise self.error

    def write(self, data: object) -> int:
        raise self.error


@pytest.mark.parametrize("error", [OSError(28, "full"), OSError(5, "gone"), KeyboardInterrupt()])
def test_what_fails_on_the_medium_comes_out_as_it_is(error: BaseException) -> None:
    key = new_reader()
    made = sealed(b"x" * 100, key.recipient)
    failing = cast(BinaryIO, Failing(error))
    # The library alone forgets a write that fails at the end and wraps a failing read into words.
    for attempt in (
        lambda: encrypt(failing, io.BytesIO(), [key.recipient]),
        lambda: encrypt(io.BytesIO(b"x"), failing, [key.recipient]),
        lambda: decrypt(failing, io.BytesIO(), key.secret),
        lambda: decrypt(io.BytesIO(made), failing, key.secret),
    ):
        with pytest.raises(type(error)) as raised:
            attempt()
        assert raised.value is error


class Endless(io.RawIOBase):
    """So many zero bytes, counting the largest piece asked for."""

    def __init__(self, size: int) -> None:
        self.left, self.largest = size, 0

    def read(self, size: int = -1) -> bytes:
        self.largest = max(self.largest, size)
        taken = min(self.left, size)
        self.left -= taken
        return bytes(taken)


class Counting(io.RawIOBase):
    """Forgets what it is given, remembers how much and in what pieces."""

    def __init__(self) -> None:
        self.size, self.largest = 0, 0

    def write(self, data: object) -> int:
        count = memoryview(cast(bytes, data)).nbytes
        self.size += count
        self.largest = max(self.largest, count)
        return count


def test_it_goes_by_pieces_whatever_the_size(tmp_path: Path) -> None:
    key, size = new_reader(), 24 * MIB
    source = Endless(size)
    with (tmp_path / "big.age").open("wb") as out:
        encrypt(cast(BinaryIO, source), out, [key.recipient])
    target = Counting()
    with (tmp_path / "big.age").open("rb") as sealed_file:
        decrypt(sealed_file, cast(BinaryIO, target), key.secret)
    assert target.size == size
    assert 0 < source.largest <= MIB
    assert 0 < target.largest <= MIB
