"""A short run of the fuzz: nothing is accepted with other content, and nothing breaks the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.mutations import accepted_with_other_content, insider, spoiled, survived

_BLOCK = 60


@pytest.mark.parametrize("block", range(10))
def test_mutations_are_refused_or_hold_what_was_signed(tmp_path: Path, block: int) -> None:
    for seed in range(block * _BLOCK, (block + 1) * _BLOCK):
        file = spoiled(seed)
        assert not accepted_with_other_content(tmp_path / "收到.zip", file), (seed, file.source, file.how)


@pytest.mark.parametrize("block", range(5))
def test_an_insider_cannot_break_the_program(tmp_path: Path, block: int) -> None:
    for seed in range(block * _BLOCK, (block + 1) * _BLOCK):
        survived(tmp_path / "收到.zip", insider(seed))
