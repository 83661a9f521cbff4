"""Proving a sent file where it lies: opened with our own key when it is encrypted, held against what we trust."""

from __future__ import annotations

from pathlib import Path

from lianxin.bundle.verdicts import Outcome
from lianxin.bundle.verifying import verify
from lianxin.keys.sealed_for import decrypt
from lianxin.office.desk import Desk
from lianxin.office.trusting import enrolled, reader_secret, trust_of


def found_in(desk: Desk, path: Path) -> Outcome:
    """What verification says of a file of ours: a 普通报送, a sealed bundle, or any file at all."""
    now = desk.store.now()
    if enrolled(desk) is None:
        return verify(path, now=now)
    secret = reader_secret(desk)
    return verify(
        path,
        now=now,
        trust=trust_of(desk),
        decrypt=lambda source, target: decrypt(source, target, secret),
        scratch=desk.store.home,
    )
