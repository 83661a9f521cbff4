"""What every test of the county's room shares."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.store.kept_ledger import quick_ledgers


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Each table that is read for a township passes through a ledger of its own, made for the moment."""
    with quick_ledgers():
        yield
