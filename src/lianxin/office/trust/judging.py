"""Judging any received file by what this office holds: its pinned root, its register, its reader key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lianxin.office.desk import Desk
from lianxin.office.trust.trusting import reader_secret, trust_of

if TYPE_CHECKING:
    from lianxin.bundle.trust import Trust
    from lianxin.bundle.verdicts import Outcome

OPENING = "opening"
"""Folder for what is decrypted while it is looked at."""


def judged(desk: Desk, path: Path, *, trust: Trust | None = None) -> Outcome:
    """Verifies one file by itself; nothing is taken in. `trust` overrides what the office holds."""
    from lianxin.bundle.verifying import verify
    from lianxin.keys.sealed_for import decrypt

    def opened(source: BinaryIO, target: BinaryIO) -> None:
        decrypt(source, target, reader_secret(desk))

    return verify(
        path,
        now=desk.store.now(),
        trust=trust or trust_of(desk),
        decrypt=opened,
        scratch=desk.store.home / OPENING,
    )
