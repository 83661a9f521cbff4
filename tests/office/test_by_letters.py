"""What is typed without an input method still finds the line that is meant."""

from __future__ import annotations

import pytest

from lianxin.domain.codes import MEETING_TYPE
from lianxin.office.by_letters import codes_by_letters


@pytest.mark.parametrize("typed", ["zxt", "ZXT", "zhuxituan"])
def test_a_code_is_found_by_initials_and_full_pinyin(typed: str) -> None:
    assert "主席团会议" in [code.label for code in codes_by_letters(MEETING_TYPE, typed)]


@pytest.mark.parametrize("typed", ["", "主席", "q9", "qqqq"])
def test_other_words_find_no_code_by_letters(typed: str) -> None:
    assert codes_by_letters(MEETING_TYPE, typed) == []
