"""A fresh encrypted ledger for a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lianxin.store.record_store import RecordStore
from tests.store.desks import new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RecordStore]:
    """A new ledger in `tmp_path/home`, closed at the end."""
    opened = new_store(tmp_path)
    yield opened
    opened.close()
