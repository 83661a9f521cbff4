"""Sealed files: what goes in comes out, and no cut, swapped or changed file is taken for whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.store.sealed_files import (
    CHUNK_BYTES,
    Sealed,
    SealedFileDamaged,
    SealedFileMissing,
    seal_file,
    sealed_chunks,
    sealed_size,
)

KEY = bytes(range(32))
HEADER = len(b"lianxin-sealed/1\n") + 32
STORED = CHUNK_BYTES + 16


def opened(path: Path, key: bytes = KEY, about: bytes = b"") -> bytes:
    return b"".join(sealed_chunks(path, key, about=about))


def content(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A sealed file of two full chunks and a short one."""
    path = tmp_path / "three"
    seal_file(path, [content(2 * CHUNK_BYTES + 1000)], KEY)
    return path


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_what_goes_in_comes_out(tmp_path: Path, size: int) -> None:
    plain = content(size)
    sealed = seal_file(tmp_path / "a", [plain[:7], plain[7:]], KEY)
    assert sealed == Sealed(size, hashlib.sha256(plain).hexdigest())
    assert opened(tmp_path / "a") == plain
    assert sealed_size(tmp_path / "a") == size


@given(st.lists(st.binary(max_size=300), max_size=40), st.integers(1, 2000))
def test_pieces_of_any_size(
    tmp_path_factory: pytest.TempPathFactory, chunks: list[bytes], times: int
) -> None:
    path = tmp_path_factory.mktemp("any") / "a"
    seal_file(path, (chunk * times for chunk in chunks), KEY)
    assert opened(path) == b"".join(chunk * times for chunk in chunks)


def test_nothing_readable_on_the_disk_and_never_the_same_twice(tmp_path: Path) -> None:
    plain = "来访人王小明 13900000000".encode() * 50
    seal_file(tmp_path / "a", [plain], KEY)
    seal_file(tmp_path / "b", [plain], KEY)
    one, other = (tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()
    assert plain[:12] not in one
    assert one[HEADER:] != other[HEADER:]


def test_every_cut_is_seen(three: Path) -> None:
    whole = three.read_bytes()
    for length in [
        *range(HEADER + 20),
        HEADER + STORED,
        HEADER + 2 * STORED,
        len(whole) - 17,
        len(whole) - 1,
    ]:
        three.write_bytes(whole[:length])
        with pytest.raises(SealedFileDamaged):
            opened(three)


def test_every_changed_place_is_seen(three: Path) -> None:
    whole = three.read_bytes()
    for place in [
        *range(HEADER + 2),
        HEADER + STORED - 1,
        HEADER + STORED,
        HEADER + 2 * STORED + 5,
        len(whole) - 1,
    ]:
        three.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(SealedFileDamaged):
            opened(three)


def test_chunks_in_another_order_left_out_or_doubled(three: Path) -> None:
    whole = three.read_bytes()
    head, one, two, last = (
        whole[:HEADER],
        whole[HEADER : HEADER + STORED],
        whole[HEADER + STORED : HEADER + 2 * STORED],
        whole[HEADER + 2 * STORED :],
    )
    for parts in (
        [two, one, last],
        [one, last],
        [two, last],
        [one, one, two, last],
        [one, two, last, last],
        [one, two],
    ):
        three.write_bytes(head + b"".join(parts))
        with pytest.raises(SealedFileDamaged):
            opened(three)


def test_anything_appended_is_seen(three: Path) -> None:
    with three.open("ab") as out:
        out.write(b"\0")
    with pytest.raises(SealedFileDamaged):
        opened(three)


def test_a_chunk_of_another_file_is_seen(tmp_path: Path, three: Path) -> None:
    other = tmp_path / "other"
    seal_file(other, [content(2 * CHUNK_BYTES + 1000)], KEY)
    mixed = three.read_bytes()[: HEADER + STORED] + other.read_bytes()[HEADER + STORED :]
    three.write_bytes(mixed)
    with pytest.raises(SealedFileDamaged):
        opened(three)


def test_another_key_or_purpose_opens_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    seal_file(path, [b"abc"], KEY, about=b"one")
    assert opened(path, about=b"one") == b"abc"
    for key, about in ((bytes(32), b"one"), (KEY, b"two"), (KEY, b"")):
        with pytest.raises(SealedFileDamaged):
            opened(path, key, about)


def test_messages_say_what_happened_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SealedFileMissing, match="请从备份恢复"):
        opened(tmp_path / "none")
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(SealedFileDamaged, match=r"已损坏或被改动.*请从备份恢复"):
        opened(tmp_path / "a")


def test_a_source_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a"
    seal_file(path, [b"old"], KEY)

    def broken() -> Iterator[bytes]:
        yield content(CHUNK_BYTES * 2)
        raise OSError("pulled out")

    with pytest.raises(OSError, match="pulled out"):
        seal_file(path, broken(), KEY)
    assert opened(path) == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_large_files_pass_by_chunks(tmp_path: Path) -> None:
    """Never more than a few chunks in memory: pieces are given out as they are read."""
    path = tmp_path / "a"
    seal_file(path, (bytes(CHUNK_BYTES) for _ in range(40)), KEY)
    assert max(len(piece) for piece in sealed_chunks(path, KEY)) == CHUNK_BYTES
