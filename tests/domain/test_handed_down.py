"""What is handed down reads again as it was written, and says in words what it cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianxin.domain.codes import CATEGORY, LEVEL, SEX
from lianxin.domain.handed_down import (
    MOST_TEMPLATE,
    BadHanded,
    OwnLayout,
    RosterLine,
    SmallCategory,
    linked_to,
    pack_categories,
    pack_layout,
    pack_roster,
    pack_theme,
    pack_units,
    read_categories,
    read_layout,
    read_roster,
    read_theme,
    read_units,
    shown_categories,
    typed_categories,
    typed_units,
)

words = st.text("行路饮水通村桥梁abc", min_size=1, max_size=8)
small = st.builds(SmallCategory, st.sampled_from([code.code for code in CATEGORY.codes]), words)
lines = st.builds(
    RosterLine,
    words,
    st.sampled_from([code.code for code in LEVEL.codes]),
    st.sampled_from(["", *(code.code for code in SEX.codes)]),
    words,
    words,
)


@settings(max_examples=20)
@given(st.lists(small, unique=True), st.lists(lines), st.binary(max_size=200))
def test_what_is_written_reads_again(
    found: list[SmallCategory], roster: list[RosterLine], data: bytes
) -> None:
    assert read_categories(pack_categories(found)) == tuple(found)
    assert set(typed_categories(shown_categories(found))) == set(found)
    assert read_roster(pack_roster(roster)) == tuple(roster)
    layout = OwnLayout("reply-letter", "答复函.docx", data)
    assert read_layout(pack_layout(layout)) == layout


def test_lists_are_typed_as_people_write_them() -> None:
    found = typed_categories("行路：通村路、桥梁\n02 饮水/水利\t人饮，灌溉\n")
    assert [(each.category, each.label) for each in found] == [
        ("01", "通村路"), ("01", "桥梁"), ("02", "人饮"), ("02", "灌溉"),
    ]  # fmt: skip
    assert [each.name for each in typed_units("县水利局：水库、渠道\n县教育局\n县水利局\n")] == [
        "县水利局",
        "县教育局",
    ]
    assert read_units(pack_units(typed_units("县水利局：水库")))[0].duties == "水库"
    for wrong in ("没有这一类：甲", "行路", f"行路：{'长' * 31}"):
        with pytest.raises(BadHanded, match="没有改动"):
            typed_categories(wrong)


def test_a_theme_keeps_what_was_filled_in() -> None:
    told = {"year": "2027", "name": "乡村振兴", "goals": "每名代表办1件实事", "method": ""}
    assert read_theme(pack_theme(told)) == {"year": "2027", "name": "乡村振兴", "goals": "每名代表办1件实事"}


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(BadHanded, match="图片"):
        pack_layout(OwnLayout("reply-letter", "大.docx", bytes(MOST_TEMPLATE + 1)))
    for text in ("", "{}", '{"items":[],"kind":"lianxin-handed/2"}'):
        with pytest.raises(BadHanded):
            read_categories(text)


def test_a_deputy_is_linked_by_the_name_of_the_township() -> None:
    assert linked_to("石牌镇", "石牌镇代表团") and linked_to("石牌镇", None, "石牌代表团")
    assert not linked_to("石牌镇", "响水乡代表团", None) and not linked_to("", "任何")
