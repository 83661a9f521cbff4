"""Memory does not grow with the bundle; the whole limit of 512 MiB is measured by the bench."""

from __future__ import annotations

from pathlib import Path

from tests.bundle.large_bundles import MIB, make_large, verified_apart

GROWTH_MIB = 16
"""How much more memory sixty times the content may take: caches and luck, no copies."""


def test_verifying_takes_no_more_memory_for_a_larger_bundle(tmp_path: Path) -> None:
    make_large(tmp_path / "small.zip", [MIB])
    make_large(tmp_path / "large.zip", [40 * MIB, 20 * MIB])
    small, large = verified_apart(tmp_path / "small.zip"), verified_apart(tmp_path / "large.zip")
    assert (small.code, large.code) == ("E000", "E000")
    assert large.most_mib < small.most_mib + GROWTH_MIB
