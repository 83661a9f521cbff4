"""Copying a sent file to a stick: read back and verified there before anybody hears 可以拔出."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lianxin.domain.records import SentFile
from lianxin.office.desk import Desk
from lianxin.office.sending.delivering import (
    SendingFailed,
    Step,
    named,
    part_of,
    silent,
    sweep,
    write_part,
)
from lianxin.office.sending.proving import found_in
from lianxin.store.files import why_not

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Copied:
    """A copy that was read back from the stick and verified there."""

    path: Path
    record: SentFile


def copy_to_stick(desk: Desk, *, sent: SentFile, path: Path, stick: Path, step: Step = silent) -> Copied:
    """Copies a sent file. Raises SendingFailed; nothing half is left on the stick, or it is said what is."""
    try:
        whole = _measured(path)
    except OSError as error:
        raise SendingFailed(
            f"本机的报送件打不开（{why_not(error)}），没有复制。请在“已报送”里再数字签名一次，或从备份找回。",
            "S206",
        ) from error
    found = found_in(desk, path)
    if found.manifest_sha256 != sent.manifest_digest or not found.ok:
        raise SendingFailed(
            f"本机的 {path.name} 与签名时不一致，没有复制。请重新数字签名一次，不要改动报送件里的文件。",
            "S207",
        )
    replica = desk.store.replica
    part = part_of(stick, replica, sent.manifest_digest)
    try:
        if not stick.is_dir():
            raise FileNotFoundError(2, "no such folder", str(stick))
        sweep(stick, replica)
        write_part(part, whole.size, lambda out: _copy(path, out), step)
        _check_there(desk, part, whole, sent)
        step("verified")
        target = named(part, stick / path.name, takes=lambda other: _same(other, whole))
        step("renamed")
    except OSError as error:
        raise SendingFailed(_not_copied(error, part), "S205") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return Copied(target, sent)


@dataclass(frozen=True)
class _Whole:
    """A file as a whole: its size and SHA-256."""

    size: int
    digest: bytes


def _measured(path: Path) -> _Whole:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return _Whole(size, digest.digest())


def _copy(path: Path, out: BinaryIO) -> None:
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            out.write(chunk)


def _check_there(desk: Desk, part: Path, whole: _Whole, sent: SentFile) -> None:
    """Reads the copy back from where it lies. Raises SendingFailed, OSError when the stick is gone."""
    same = _measured(part) == whole
    found = found_in(desk, part)
    if not same or found.manifest_sha256 != sent.manifest_digest or not found.ok:
        raise SendingFailed(
            "U盘上的文件读回来与原件不一致，已经删去，本机的文件完好。请换一个U盘再复制。", "S204"
        )


def _same(path: Path, whole: _Whole) -> bool:
    try:
        return _measured(path) == whole
    except OSError:
        return False


def _not_copied(error: OSError, part: Path) -> str:
    """The sentence, honest about what a pulled stick may hold."""
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
    try:
        clean = part.parent.is_dir() and not part.exists()
    except OSError:
        clean = False
    left = (
        "U盘上没有留下半个文件"
        if clean
        else "U盘已经拔出或读不到；上面若有以“.lianxin-send-”开头的文件是没写完的，可以删去"
    )
    return f"没有复制到U盘（{why_not(error)}）。{left}，本机的文件完好。请检查U盘后再复制。"
