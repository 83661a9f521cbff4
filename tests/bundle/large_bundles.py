"""Bundles as large as they may be, made quickly, and a child process that verifies one and says what it took.

`python -m tests.bundle.large_bundles FILE` prints code, seconds, seconds of the processor and the most memory used in MiB.
"""

from __future__ import annotations

import hashlib
import io
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lianxin.bundle.manifest import Generator, Kind, Role
from lianxin.bundle.parts import part_of_stream
from lianxin.bundle.sealing import SendingFacts
from lianxin.bundle.sealing_streams import seal
from lianxin.bundle.verifying import verify
from lianxin.keys.sealed_for import decrypt
from tests.corpus.age_files import secret_of
from tests.corpus.world import COUNTY, NAMES, REPLICAS, SENT, SHIPAI, desk, settings

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MIB = 1024 * 1024
_HEAD = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Took:
    """What verifying in a process of its own took."""

    code: str
    seconds: float
    cpu_seconds: float
    most_mib: float


class _Noise(io.RawIOBase):
    """A picture of any size that no packer can shrink: one random block, turned by its place."""

    def __init__(self, size: int, seed: int) -> None:
        self._size, self._place = size, 0
        self._block = random.Random(seed).randbytes(MIB)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer).cast("B")
        head = _HEAD[self._place :]
        # Each round begins one byte further, so that the rounds differ.
        start = (self._place + self._place // MIB) % MIB
        until = min(len(room), self._size - self._place, MIB - self._place % MIB)
        data = (head or self._block[start:])[:until]
        room[: len(data)] = data
        self._place += len(data)
        return len(data)


def _picture(size: int, seed: int) -> BinaryIO:
    return io.BufferedReader(_Noise(size, seed), MIB)


def make_large(path: Path, sizes: Sequence[int]) -> None:
    """Seal attachments of these sizes (bytes) into one continuation bundle."""
    parts = []
    for seed, size in enumerate(sizes):
        digest = hashlib.sha256()
        with _picture(size, seed) as stream:
            while chunk := stream.read(MIB):
                digest.update(chunk)
        name = f"attachments/{digest.hexdigest()}.png"
        parts.append(part_of_stream(name, Role.ATTACHMENT, partial(_picture, size, seed)))
    facts = SendingFacts(
        bundle_id="3f2b8a52-6a0e-4c5d-9d3c-0000000000bb",
        period="2026-10",
        org_code=SHIPAI,
        org_name=NAMES[SHIPAI],
        replica=REPLICAS[SHIPAI],
        seq=1,
        created_at=SENT,
        generator=Generator("lianxin", "0.1.0"),
        schema=1,
        audience=COUNTY,
    )
    with path.open("wb") as out:
        seal(out, kind=Kind.ATTACHMENTS, parts=parts, facts=facts, signer=desk())


def verified_apart(path: Path) -> Took:
    """Verify in a new process, so that nothing but the verification counts."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.bundle.large_bundles", str(path)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return Took(said[0], float(said[1]), float(said[2]), float(said[3]))


def _most_memory() -> float:
    """The most memory this process ever held, MiB."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class Counters(ctypes.Structure):
            _fields_ = (
                ("size", wintypes.DWORD),
                ("faults", wintypes.DWORD),
                ("peak", ctypes.c_size_t),
                ("rest", ctypes.c_size_t * 7),
            )

        counters = Counters()
        counters.size = ctypes.sizeof(counters)
        here = ctypes.windll.kernel32.GetCurrentProcess
        here.restype = wintypes.HANDLE
        ctypes.windll.psapi.GetProcessMemoryInfo(
            wintypes.HANDLE(here()), ctypes.byref(counters), counters.size
        )
        return float(counters.peak) / MIB
    # getrusage would also count the process that started this one.
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("the system does not tell the most memory used")


def _main(file: str) -> None:
    setting = settings()["county"]

    def opened(source: BinaryIO, target: BinaryIO) -> None:
        decrypt(source, target, secret_of(COUNTY))

    begun, begun_cpu = time.perf_counter(), time.process_time()
    found = verify(
        file,
        now=setting.now,
        trust=setting.trust,
        us=setting.us,
        decrypt=opened,
        scratch=Path(file).parent / "opening",
    )
    took, took_cpu = time.perf_counter() - begun, time.process_time() - begun_cpu
    print(found.code.value, f"{took:.2f} {took_cpu:.2f} {_most_memory():.1f}")


if __name__ == "__main__":
    _main(sys.argv[1])
