"""Key files that cost little to open, for tests that are about something else.

What one guess costs is proven in test_keys; a key file says its own rounds, so opening needs no change.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from lianxin.keys import keyfile

FEW_ROUNDS = 2_000


@contextmanager
def few_rounds() -> Iterator[None]:
    """Key files made meanwhile are made with few rounds."""
    with patch.object(keyfile, "ROUNDS", FEW_ROUNDS):
        yield
