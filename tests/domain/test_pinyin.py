"""Names by pinyin, polyphonic surnames above all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.pinyin import matches, readings, split_surname, without_tones

# What a general dictionary says: the readings that are wrong for surnames.
DICTIONARY = {
    "单": "dan", "仇": "chou", "解": "jie", "查": "cha", "曾": "ceng", "区": "qu", "覃": "tan", "尉": "wei",
    "迟": "chi", "万": "wan", "俟": "si", "长": "zhang", "孙": "sun", "欧": "ou", "阳": "yang", "志": "zhi",
    "明": "ming", "刘": "liu", "青": "qing", "山": "shan", "国": "guo", "无": "wu", "忌": "ji", "雪": "xue",
    "吕": "lǚ", "布": "bù",
}  # fmt: skip


def plain(text: str) -> list[str]:
    return [DICTIONARY.get(char, char) for char in text]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("单志明", {"shanzhiming", "szm", "danzhiming", "dzm"}),
        ("仇志明", {"qiuzhiming", "qzm", "chouzhiming"}),
        ("解志明", {"xiezhiming", "xzm"}),
        ("查志明", {"zhazhiming", "zzm"}),
        ("曾国", {"zengguo", "zg"}),
        ("区志明", {"ouzhiming", "ozm"}),
        ("覃志明", {"qinzhiming", "tanzhiming", "qzm", "tzm"}),
        ("尉迟明", {"yuchiming", "ycm"}),
        ("万俟雪", {"moqixue", "mqx"}),
        ("长孙无忌", {"zhangsunwuji", "zswj"}),
        ("欧阳青", {"ouyangqing", "oyq"}),
        ("刘青山", {"liuqingshan", "lqs"}),
        ("吕布", {"lvbu", "lubu", "lb"}),
    ],
)
def test_both_readings_are_indexed(name: str, expected: set[str]) -> None:
    assert expected <= set(readings(name, plain=plain))


def test_the_surname_reading_comes_first() -> None:
    assert readings("单志明", plain=plain)[:2] == ("shanzhiming", "szm")


def test_compound_surnames_are_split() -> None:
    assert split_surname("欧阳长青") == ("欧阳", "长青")
    assert split_surname("欧阳") == ("欧", "阳")
    assert split_surname("何  强") == ("何", "强")


def test_typed_text_finds_the_name() -> None:
    for typed in ("lqs", "LQS", "liuq", "青山", "liu qing shan", "ｌｑｓ"):
        assert matches("刘青山", typed, plain=plain)
    assert not matches("刘青山", "lzs", plain=plain)


def test_tones_go() -> None:
    assert [without_tones(r) for r in ("lǜ", "lǚ", "Zhāng", "nü3")] == ["lv", "lv", "zhang", "nv"]


@given(st.text(max_size=12))
def test_any_name_has_few_readings(name: str) -> None:
    assert len(readings(name, plain=plain)) <= 16
