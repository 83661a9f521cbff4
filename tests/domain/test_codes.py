"""Code lists live in journals as long as wire names do: a code never goes away and never means something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianxin.domain import codes
from lianxin.domain.codes import CodeList

SNAPSHOT = Path(__file__).parent / "golden" / "codes.txt"
LISTS = sorted(
    (each for each in vars(codes).values() if isinstance(each, CodeList)), key=lambda each: each.name
)


def lines() -> set[str]:
    return {f"{each.name} {code.code} {code.label}" for each in LISTS for code in each.codes}


def test_codes_in_journals_keep_their_meaning() -> None:
    kept = set(SNAPSHOT.read_text("utf-8").splitlines())
    assert not kept - lines(), "a code that journals may hold is gone or means something else now"
    assert not lines() - kept, f"new codes: add these lines to {SNAPSHOT.name}"


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.name)
def test_a_word_leads_to_one_code(each: CodeList) -> None:
    words = [word for code in each.codes for word in {code.code, code.label, *code.synonyms}]
    assert len(words) == len(set(words))
    for code in each.codes:
        for word in (code.code, code.label, *code.synonyms):
            assert each.find(f" {word} ") == code
    assert each.find("没有这一项") is None
    assert each.label_of("from a newer desk") == "from a newer desk"
