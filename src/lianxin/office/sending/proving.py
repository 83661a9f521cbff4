"""Proving a sent file where it lies: opened with our own key when it is encrypted, held against what we trust."""

from __future__ import annotations

from pathlib import Path

from lianxin.bundle.verdicts import Outcome
from lianxin.bundle.verifying import verify
from lianxin.office.desk import Desk
from lianxin.office.trust.judging import judged
from lianxin.office.trust.trusting import enrolled


def found_in(desk: Desk, path: Path) -> Outcome:
    """What verification says of a file of ours: a 普通报送, a sealed bundle, or any file at all."""
    if enrolled(desk) is None:
        return verify(path, now=desk.store.now())
    return judged(desk, path)
