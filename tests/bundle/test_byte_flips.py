"""Whatever single byte of a sealed file changes, it is refused or its content is what was signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.bundle.checking import Circumstances, Findings
from lianxin.bundle.verdicts import Refused
from lianxin.bundle.verifying import judge
from tests.bundle.plain_bundles import NOW, entries_of, sealed

FILE_FIXTURE = [HealthCheck.function_scoped_fixture]


def judged(path: Path, data: bytes) -> bool:
    """Judge without the last net, so that any surprise of a library fails the test."""
    path.write_bytes(data)
    try:
        judge(str(path), Findings(), Circumstances(NOW))
    except Refused:
        return False
    return True


@settings(max_examples=200, deadline=None, suppress_health_check=FILE_FIXTURE)
@given(where=st.integers(min_value=0), mask=st.integers(1, 255))
def test_one_changed_byte(tmp_path: Path, where: int, mask: int) -> None:
    data = bytearray(sealed().data)
    data[where % len(data)] ^= mask
    if judged(tmp_path / "一.zip", bytes(data)):
        assert entries_of(bytes(data)) == entries_of(sealed().data)


@settings(max_examples=150, deadline=None, suppress_health_check=FILE_FIXTURE)
@given(where=st.integers(min_value=0), mask=st.integers(1, 255))
def test_one_changed_byte_of_the_directory_and_signatures(tmp_path: Path, where: int, mask: int) -> None:
    """The documents fill most of the file; this one aims at everything behind them."""
    data = bytearray(sealed().data)
    behind = data.index(b"manifest.json") - 60
    data[behind + where % (len(data) - behind)] ^= mask
    if judged(tmp_path / "二.zip", bytes(data)):
        assert entries_of(bytes(data)) == entries_of(sealed().data)


@settings(max_examples=60, deadline=None, suppress_health_check=FILE_FIXTURE)
@given(cut=st.integers(min_value=0), more=st.binary(max_size=40))
def test_cut_and_lengthened(tmp_path: Path, cut: int, more: bytes) -> None:
    data = sealed().data
    changed = data[: cut % (len(data) + 1)] + more
    assert judged(tmp_path / "三.zip", changed) is (changed == data)


@settings(max_examples=60, deadline=None, suppress_health_check=FILE_FIXTURE)
@given(
    data=st.binary(max_size=400), head=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"age-encryption"])
)
def test_any_bytes_at_all(tmp_path: Path, data: bytes, head: bytes) -> None:
    assert not judged(tmp_path / "四.zip", head + data)


def test_the_untouched_file_passes(tmp_path: Path) -> None:
    assert judged(tmp_path / "五.zip", sealed().data)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_swapped_entries(tmp_path: Path, count: int) -> None:
    """Entry bodies of equal length exchanged within the file break their CRC at least."""
    data = bytearray(sealed().data)
    start = data.index(b"PK\x03\x04", 100)
    data[start + 60 : start + 60 + count], data[start + 90 : start + 90 + count] = (
        data[start + 90 : start + 90 + count],
        data[start + 60 : start + 60 + count],
    )
    if bytes(data) != sealed().data:
        assert not judged(tmp_path / "六.zip", bytes(data))
