"""Names, phones, identity numbers, codes and counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.checks import (
    LOST_DIGITS,
    check_digit,
    clean_text,
    fold_text,
    mask_identity,
    mask_name,
    mask_phone,
    read_count,
    read_identity,
    read_name,
    read_number,
    read_phone,
)
from lianxin.domain.dates import Unreadable

TODAY = date(2026, 11, 22)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
MOBILE_FORMS = (
    "{0}",
    "'{0}",
    "{0}.0",
    "{1}-{2}-{3}",
    "{1} {2} {3}",
    "+86{0}",
    "86-{0}",
    "　{0} ",
    "手机：{0}",
)


@given(MOBILES, st.sampled_from(MOBILE_FORMS), st.booleans())
def test_mobiles_are_read_in_every_form(number: str, form: str, wide: bool) -> None:
    typed = form.format(number, number[:3], number[3:7], number[7:])
    reading = read_phone(typed.translate(FULL_WIDTH) if wide else typed)
    assert (reading.phone, reading.kind, reading.doubt) == (number, "mobile", None)


@given(st.text(max_size=20))
def test_no_phone_is_ever_refused(text: str) -> None:
    reading = read_phone(text)
    assert reading.phone or reading.kind == "none" or not clean_text(text)


@pytest.mark.parametrize(
    ("typed", "phone", "kind", "asked"),
    [
        ("0743-6221234", "0743-6221234", "landline", False),
        ("01062345678", "010-62345678", "landline", False),
        ("6221234", "6221234", "landline", True),
        ("668812", "668812", "short", True),
        ("1380013800", "1380013800", "odd", True),
        ("问他儿子", "问他儿子", "odd", True),
        ("13800138000/13900139000", "13800138000", "mobile", True),
        ("1.3839986751E+10", "13839986751", "mobile", False),
        ("无", "", "none", False),
        ("—", "", "none", False),
    ],
)
def test_phones(typed: str, phone: str, kind: str, asked: bool) -> None:
    reading = read_phone(typed)
    assert (reading.phone, reading.kind, bool(reading.doubt)) == (phone, kind, asked)


def test_check_digit_of_the_standard() -> None:
    assert check_digit("11010519491231002") == "X"
    reading = read_identity("11010519491231002x", today=TODAY)
    assert (reading.number, reading.birth, reading.sex) == ("11010519491231002X", date(1949, 12, 31), "女")
    assert reading.sound


@given(st.dates(date(1920, 1, 1), date(2008, 1, 1)), st.integers(0, 999), st.integers(0, 9))
def test_one_wrong_digit_is_always_found(birth: date, order: int, wrong: int) -> None:
    first = f"433130{birth:%Y%m%d}{order:03}"
    number = first + check_digit(first)
    assert read_identity(number, today=TODAY).sound
    changed = first[:16] + str(wrong)
    if changed != first:
        assert not read_identity(changed + number[17], today=TODAY).sound


@pytest.mark.parametrize(
    "typed", ["439901 19800713 7377", "'439901198007137377", "４３９９０１１９８００７１３７３７７"]
)
def test_identity_numbers_in_clerks_forms(typed: str) -> None:
    assert read_identity(typed, today=TODAY).number == "439901198007137377"


def test_spreadsheet_damage_is_told_and_birth_is_kept() -> None:
    for reading in (
        read_identity("4.399011965060509e+17", today=TODAY),
        read_identity("439901196506050944", today=TODAY, number_cell=True),
        read_identity("439901196506051000", today=TODAY),
    ):
        assert reading.number == ""
        assert reading.doubts[0] == LOST_DIGITS
        assert reading.birth == date(1965, 6, 5)


@given(st.text(max_size=20))
def test_no_identity_number_raises(text: str) -> None:
    reading = read_identity(text, today=TODAY)
    assert len(reading.number) <= 20


def test_old_and_foreign_identity_numbers() -> None:
    assert read_identity("439901590904104", today=TODAY).doubts
    assert read_identity("439901590904104", today=TODAY).birth == date(1959, 9, 4)
    assert read_identity("810000199408230021", today=TODAY).sound


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("何  强", "何强"), ("龙　䶮 ", "龙䶮"), ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"), ("John  Smith", "John Smith"), ("𠮷田", "𠮷田"), ("\u200b张\x07三", "张三"),
    ],
)  # fmt: skip
def test_names(typed: str, name: str) -> None:
    assert read_name(typed).name == name


def test_names_refused_and_asked() -> None:
    with pytest.raises(Unreadable):
        read_name("  ")
    with pytest.raises(Unreadable):
        read_name("张" * 26)
    assert read_name("张三2").doubt


@pytest.mark.parametrize(
    ("typed", "count", "households", "asked"),
    [
        ("1人", 1, None, False), ("12", 12, None, False), ("３人次", 3, None, False), ("十二人", 12, None, False),
        ("3户7人", 7, 3, True), ("一家三口", 3, 1, True), ("约20人", 20, None, True), ("20余人", 20, None, True),
        ("1-2", 2, None, True), ("张三等5人", 5, None, True), ("2户", 2, 2, True), ("3.0", 3, None, False),
        ("夫妻俩", 2, None, True),
    ],
)  # fmt: skip
def test_counts(typed: str, count: int, households: int | None, asked: bool) -> None:
    reading = read_count(typed)
    assert (reading.count, reading.households, bool(reading.doubt)) == (count, households, asked)


@pytest.mark.parametrize("typed", ["", "几十人", "很多", "9999999999"])
def test_what_is_no_count_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable):
        read_count(typed)


def test_numbers() -> None:
    assert read_number("1,024票") == 1024
    with pytest.raises(Unreadable):
        read_number("-3")


def test_masks() -> None:
    assert mask_phone("13912342217") == "139****2217"
    assert mask_name("张三丰") == "张**"
    assert mask_identity("43310119900101123X") == "4331**********123X"


@given(st.from_regex(r"[0-9]{1,20}", fullmatch=True))
def test_masks_never_show_all(text: str) -> None:
    assert mask_phone(text).count("*") or len(text) <= 2
    assert len(mask_identity(text)) == len(text)
    assert mask_identity(text) != text


@given(st.text())
def test_clean_text_is_stable(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert fold_text(once) == fold_text(text)
