"""One person in several levels is suggested with the reasons, never decided."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.same_person import Known, Seat, groups_of, likely_same, not_nested

LIU = Known("1", "439901102", "刘青山", "male", "1975-03", "13912342217", "石牌镇水务站")


def other(**told: str) -> Known:
    facts = {"name": "刘 青山", "sex": "", "born": "", "phone": "", "work": ""} | told
    return Known("2", "439901", **facts)


def test_a_name_and_one_more_thing_in_common() -> None:
    (found,) = likely_same([LIU, other(born="1975-03", phone="0718-3342217", sex="male")])
    assert found.reasons == ("姓名相同", "性别相同", "出生年月相同", "电话后4位相同") and not found.against
    (found,) = likely_same([other(phone="13000002217", born="1980-01"), LIU])
    assert found.reasons == ("姓名相同", "电话后4位相同") and found.against == ("出生年月不同",)
    (found,) = likely_same([LIU, other(work="石牌镇水务站")])
    assert found.reasons == ("姓名相同", "工作单位相同")
    (found,) = likely_same([LIU, Known("2", "439901", "刘青山", linked=frozenset({LIU.owner}))])
    assert found.reasons == ("姓名相同", "代表团或住址在那个乡镇")


def test_what_is_no_suggestion() -> None:
    assert not likely_same([LIU, other()]), "the name alone"
    assert not likely_same([LIU, other(sex="male")])
    assert not likely_same([LIU, other(sex="female", born="1975-03")])
    assert not likely_same([LIU, Known("2", LIU.owner, "刘青山", born="1975-03")]), (
        "an office's own twins are its own"
    )


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=8))
def test_whoever_is_one_with_one_is_one_with_all(pairs: list[tuple[str, str]]) -> None:
    groups = groups_of(pairs)
    for one, two in pairs:
        assert groups[one] == groups[two] >= {one, two}
    for uid, group in groups.items():
        assert all(groups[each] == group for each in group) and uid in group


def test_two_townships_at_once_are_told() -> None:
    assert "第四十八条" in not_nested(
        [Seat("township", "石牌镇"), Seat("township", "响水乡"), Seat("county", "")]
    )
    assert not_nested([Seat("township", "石牌镇"), Seat("county", ""), Seat("nation", "")]) == ""
