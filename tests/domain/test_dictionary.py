"""The dictionary: every kind is declared whole, every value survives the way in and out, wire names stay."""

from __future__ import annotations

import dataclasses as dc
import re
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lianxin.domain.records as records
from lianxin.domain import codes
from lianxin.domain.canonical import canonical, parse_strict
from lianxin.domain.checks import check_digit
from lianxin.domain.codes import CodeList
from lianxin.domain.dictionary import (
    WITHHELD_ABLE,
    Kind,
    Record,
    Spec,
    Wire,
    kind_named,
    kinds,
    maybe,
    merge_units,
    told,
)
from lianxin.domain.journal import STATE
from lianxin.domain.kinds import TEXT, some_of
from tests.domain.strategies import wires

TODAY = date(2026, 11, 21)
SNAPSHOT = Path(__file__).parent / "golden" / "wire_names.txt"
OPEN_DEFECTS: frozenset[str] = frozenset()
"""What these tests found and nobody has mended yet; strict, so a name goes when its defect does."""


def defect(name: str) -> pytest.MarkDecorator:
    """Expected to fail while its name stands among the open defects."""
    return pytest.mark.xfail(name in OPEN_DEFECTS, strict=True, reason=f"open defect: {name}")


KINDS = [pytest.param(cls, id=cls.KIND) for cls in kinds()]
FIELDS = [(cls, spec) for cls in kinds() for spec in cls.specs()]
CODE_LISTS = sorted(
    (value for value in vars(codes).values() if isinstance(value, CodeList)), key=lambda each: each.name
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LEVEL_KIND = some_of(codes.LEVEL)


def kinds_of_value() -> dict[str, Kind[object]]:
    """Each kind of value in use, once; kinds of a code list once per list."""
    found: dict[str, Kind[object]] = {}
    for _, spec in FIELDS:
        listed = f" {spec.kind.codes.name}" if spec.kind.codes else ""
        found.setdefault(spec.kind.name + listed, spec.kind)
    return found


KINDS_OF_VALUE = kinds_of_value()


def alike(spec: Spec) -> str:
    """What decides how typed text of a field is read; fields of one answer are read by the same lines."""
    return f"{spec.kind.name}{' required' if spec.required else ''}{' limited' if spec.length else ''}"


FIELDS_ALIKE: dict[str, list[tuple[type[Record], Spec]]] = {}
for _owner, _spec in FIELDS:
    if _spec.wire != "uid":
        FIELDS_ALIKE.setdefault(alike(_spec), []).append((_owner, _spec))

# ---- each kind is declared whole


@pytest.mark.parametrize("cls", KINDS)
def test_a_kind_is_named_in_both_languages(cls: type[Record]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", cls.KIND)
    assert CHINESE.search(cls.LABEL)
    assert cls.NUMBERED == "" or re.fullmatch(r"[A-Z]{2}", cls.NUMBERED)
    assert cls.AUDIENCE in ("local", "office", "common", "to")


def test_labels_and_number_prefixes_of_kinds_are_told_apart() -> None:
    assert len({cls.LABEL for cls in kinds()}) == len(kinds())
    numbered = [cls.NUMBERED for cls in kinds() if cls.NUMBERED]
    assert len(set(numbered)) == len(numbered)


def test_every_kind_is_exported_and_found_by_its_names() -> None:
    assert {cls.__name__ for cls in kinds()} == set(records.__all__)
    for cls in kinds():
        assert kind_named(cls.KIND) is cls
        assert kind_named(cls.KIND.replace("-", "_") + "s") is cls
    for wrong in ("", "nothing-of-ours"):
        with pytest.raises(KeyError):
            kind_named(wrong)


@pytest.mark.parametrize("cls", KINDS)
def test_names_within_a_kind_are_told_apart(cls: type[Record]) -> None:
    wire_names = [spec.wire for spec in cls.specs()]
    assert len(set(wire_names)) == len(wire_names)
    assert all(re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", name) for name in wire_names)
    assert STATE not in wire_names, "the register of removal is not a field"


@pytest.mark.parametrize(
    "cls", [pytest.param(cls, id=cls.KIND, marks=defect(f"heading {cls.KIND}")) for cls in kinds()]
)
def test_labels_and_headings_within_a_kind_are_told_apart(cls: type[Record]) -> None:
    """A heading that two fields answer to would put a column of a ledger into the wrong one."""
    owners: dict[str, set[str]] = {}
    for spec in cls.specs():
        for heading in (spec.label, *spec.synonyms):
            owners.setdefault(heading, set()).add(spec.wire)
    assert {heading: wire for heading, wire in owners.items() if len(wire) > 1} == {}


@pytest.mark.parametrize("cls", KINDS)
def test_labels_are_words_of_people(cls: type[Record]) -> None:
    for spec in cls.specs():
        assert CHINESE.search(spec.label) and spec.label == spec.label.strip()
        assert spec.length >= 0
        assert not spec.unit or CHINESE.search(spec.unit)


@pytest.mark.parametrize("cls", KINDS)
def test_what_may_be_withheld_may_be_missing(cls: type[Record]) -> None:
    for spec in cls.specs():
        if spec.privacy in WITHHELD_ABLE:
            assert spec.default is None
            assert merge_units(cls)[spec.wire] == (spec.wire,), (
                "a unit is written whole: a desk that does not hold the value would write over it"
            )


@pytest.mark.parametrize("cls", KINDS)
def test_identity_numbers_are_sensitive(cls: type[Record]) -> None:
    for spec in cls.specs():
        assert spec.kind.name != "identity" or spec.privacy == "sensitive"
        assert spec.kind.name != "phone" or spec.privacy in WITHHELD_ABLE
        assert spec.privacy != "sensitive" or not (spec.ledger or spec.search)


@pytest.mark.parametrize("cls", KINDS)
def test_references_and_parents_lead_to_existing_kinds(cls: type[Record]) -> None:
    for spec in cls.specs():
        if spec.kind.name == "ref":
            assert spec.kind.refers == kind_named(spec.kind.refers).KIND
    if cls.PARENT:
        parent = cls.spec(cls.PARENT)
        assert parent.kind.name == "ref" and parent.required


@pytest.mark.parametrize("cls", KINDS)
def test_merge_units_cover_every_field_once(cls: type[Record]) -> None:
    units = merge_units(cls)
    assert set(units) == {spec.wire for spec in cls.specs()} - {"uid"}
    for wire, members in units.items():
        assert wire in members
        assert all(units[member] == members for member in members)


@pytest.mark.parametrize("codes", CODE_LISTS, ids=lambda codes: codes.name)
def test_a_code_list_is_read_one_way(codes: CodeList) -> None:
    spelled = [word for code in codes.codes for word in {code.code, code.label, *code.synonyms}]
    assert len(set(spelled)) == len(spelled), "one word must not mean two codes"
    for code in codes.codes:
        assert re.fullmatch(r"[a-z0-9_]+|[A-Z]", code.code) and CHINESE.search(code.label)
        assert {codes.find(word) for word in (code.code, code.label, *code.synonyms)} == {code}
        assert codes.label_of(code.code) == code.label
    assert codes.find("没有这一项") is None and codes.label_of("of-tomorrow") == "of-tomorrow"


def test_names_of_code_lists_are_told_apart() -> None:
    assert len({each.name for each in CODE_LISTS}) == len({each.label + each.name for each in CODE_LISTS})
    assert len({each.name for each in CODE_LISTS}) == len(CODE_LISTS)


def test_a_personal_field_cannot_be_declared_as_always_there() -> None:
    with pytest.raises(ValueError, match="withheld"):
        told(TEXT, "电话", privacy="personal")
    assert maybe(TEXT, "电话", privacy="personal") is not None, "a field, not yet a value"


def test_a_kind_cannot_be_declared_twice() -> None:
    with pytest.raises(ValueError, match="twice"):

        class Again(Record, kind="opinion", label="又一次"):
            """Never made."""

    assert kind_named("opinion") is records.Opinion


# ---- values, in and out

days = st.dates(date(1901, 1, 1), TODAY)
clocks = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


def identity_of(region: int, born: date, serial: int) -> str:
    """A number with the right check character."""
    core = f"{region:06d}{born:%Y%m%d}{serial:03d}"
    return core + check_digit(core)


identities = st.builds(identity_of, st.integers(110000, 659999), days, st.integers(0, 999))
TYPED: dict[str, st.SearchStrategy[str]] = {
    "uid": st.uuids().map(str),
    "ref": st.uuids().map(str),
    "owner": st.uuids().map(str),
    "blob": st.binary(min_size=32, max_size=32).map(bytes.hex),
    "text": words,
    "lines": st.lists(words, max_size=3).map("\n".join),
    "name": st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=8),
    "phone": st.integers(3, 9).flatmap(
        lambda n: st.integers(10**8, 10**9 - 1).map(lambda rest: f"1{n}{rest}")
    ),
    "identity": identities,
    "day": days.map(date.isoformat) | days.map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
    "month": days.map(lambda day: f"{day.year}.{day.month:02d}"),
    "clock": clocks.map(lambda moment: f"{moment:%H:%M}"),
    "count": st.integers(0, 100_000).map(str) | st.integers(1, 500).map(lambda count: f"{count}人"),
    "year": st.integers(1990, 2099).map(str) | st.integers(1990, 2099).map("{}年".format),
    "decimal": st.decimals(-999, 9999, places=2).map("{:f}".format) | st.integers(0, 500).map(str),
    "yes_no": st.sampled_from(["是", "否", "有", "无"]),
}


def typed_for(kind: Kind[object]) -> st.SearchStrategy[str]:
    """Text that a clerk may type for this kind of value and that it understands."""
    if kind.codes is not None:
        return st.sampled_from(
            [word for code in kind.codes.codes for word in (code.code, code.label, *code.synonyms)]
        )
    return TYPED[kind.name]


@pytest.mark.parametrize("kind", [pytest.param(kind, id=name) for name, kind in KINDS_OF_VALUE.items()])
@given(data=st.data())
@settings(max_examples=40)
def test_what_was_typed_survives_packing_and_the_wire(kind: Kind[object], data: st.DataObject) -> None:
    value = kind.parse(data.draw(typed_for(kind)), TODAY)
    packed = kind.pack(value)
    assert kind.unpack(packed) == value
    assert type(kind.unpack(packed)) is type(value)
    assert parse_strict(canonical(packed)) == packed
    assert isinstance(packed, str) == (kind.column == "text")
    # What people read can be typed again, so that a printed ledger can be taken in.
    assert not kind.show(value).strip() or kind.parse(kind.show(value), TODAY) == value


@given(st.lists(st.sampled_from(codes.LEVEL.codes), max_size=4))
def test_several_codes_keep_the_order_of_their_list(chosen: list[codes.Code]) -> None:
    typed = "、".join(code.label for code in chosen)
    value = LEVEL_KIND.parse(typed, TODAY)
    wanted = tuple(code.code for code in codes.LEVEL.codes if code in chosen)
    assert value == wanted == LEVEL_KIND.unpack(LEVEL_KIND.pack(value))
    assert LEVEL_KIND.parse(LEVEL_KIND.show(value), TODAY) == value


@pytest.mark.parametrize("cls", KINDS)
@given(data=st.data())
@settings(max_examples=8)
def test_a_record_survives_packing(cls: type[Record], data: st.DataObject) -> None:
    typed: dict[str, str] = {}
    for spec in cls.fields():
        text = data.draw(typed_for(spec.kind)).strip()
        typed[spec.wire] = text[: spec.length] if spec.length else text
        if not typed[spec.wire] and spec.required:
            typed[spec.wire] = "甲"
    found = cls.parse(typed, uid="0198-a", today=TODAY)
    if found.record is None:
        assert found.problems and all(
            sentence_for(cls.spec(wire), text) for wire, text in found.problems.items()
        )
        return
    packed = found.record.packed()
    assert cls.unpacked({**packed, "uid": "0198-a"}) == found.record
    row = [{**packed, "uid": "0198-a"}[spec.wire] for spec in cls.specs()]
    assert cls.unpacked_rows([row, [None] * len(row)]) == [found.record, cls.unpacked({})]
    assert set(packed) == {spec.wire for spec in cls.specs()} - {"uid"}
    with pytest.raises(dc.FrozenInstanceError):
        cls.__setattr__(found.record, "uid", "0198-b")


@pytest.mark.parametrize("cls", KINDS)
def test_a_record_of_nothing_but_its_name_is_taken_in(cls: type[Record]) -> None:
    """A county may hold a record whose values were withheld or come from a newer desk."""
    blank = cls.unpacked({"uid": "0198-a", "colour_of_tomorrow": "蓝"})
    assert blank.uid == "0198-a"
    for spec in cls.specs():
        assert isinstance(blank.shown(spec.wire), str)


ODD_WIRES: tuple[Wire, ...] = (None, True, "x", "2026-13-40", "25:00", -1, "")


@pytest.mark.parametrize("kind", KINDS_OF_VALUE.values(), ids=KINDS_OF_VALUE)
def test_no_odd_value_of_another_desk_refuses_a_record(kind: Kind[object]) -> None:
    """Projection never refuses a merged record (journal.md): what cannot be read is blank."""
    for wire in ODD_WIRES:
        assert isinstance(kind.show(kind.unpack(wire)), str)


@pytest.mark.parametrize("name", sorted({kind.name for kind in KINDS_OF_VALUE.values()}))
@given(data=st.data(), wire=wires)
@settings(max_examples=60)
def test_no_value_of_another_desk_refuses_a_record(name: str, data: st.DataObject, wire: Wire) -> None:
    kind = data.draw(st.sampled_from([each for each in KINDS_OF_VALUE.values() if each.name == name]))
    assert isinstance(kind.show(kind.unpack(wire)), str)


# ---- problems


def sentence_for(spec: Spec, text: str) -> bool:
    """A problem names its field, in Chinese, and tells nothing of the program."""
    return spec.label in text and bool(CHINESE.search(text)) and "Error" not in text and "invalid" not in text


ODD_TEXTS = (
    "", "\u200b", "²", "1e999", "9" * 5000, "2026-02-30", "99:99", "x" * 4001, "甲\r\n乙", "=cmd|'/c'!A1",
)  # fmt: skip


@pytest.mark.parametrize("cls", KINDS)
def test_an_odd_text_is_told_in_a_sentence_beside_its_field(cls: type[Record]) -> None:
    for spec in cls.fields():
        for text in ODD_TEXTS:
            problems_beside(cls, spec, text)


@pytest.mark.parametrize("fields", FIELDS_ALIKE.values(), ids=FIELDS_ALIKE)
@given(data=st.data())
@settings(max_examples=40)
def test_any_text_is_told_in_a_sentence_beside_its_field(
    fields: list[tuple[type[Record], Spec]], data: st.DataObject
) -> None:
    cls, spec = data.draw(st.sampled_from(fields))
    problems_beside(cls, spec, data.draw(st.text(max_size=40)))


def problems_beside(cls: type[Record], spec: Spec, text: str) -> None:
    """Fails unless the problems of one typed field are its own, in words, and those of what is missing."""
    found = cls.parse({spec.wire: text}, uid="0198-a", today=TODAY)
    for wire, problem in found.problems.items():
        assert sentence_for(cls.spec(wire), problem)
    required = {each.wire for each in cls.fields() if each.required}
    assert set(found.problems) - {spec.wire} == required - {spec.wire}
    if not text.strip() and spec.required:
        assert found.problems[spec.wire] == f"请填写{spec.label}"


@defect("invisible")
def test_a_required_field_is_not_filled_in_by_what_nobody_can_see() -> None:
    found = records.Opinion.parse(
        {"title": "\u200b", "words": "x", "registered": "3月5日"}, uid="a", today=TODAY
    )
    assert found.problems == {"title": "请填写标题"}


def test_all_problems_come_at_once() -> None:
    found = records.Opinion.parse({"registered": "昨天的昨天", "urgency": "火急"}, uid="0198-a", today=TODAY)
    assert found.record is None
    assert set(found.problems) == {"title", "words", "registered", "urgency"}
    assert found.problems["title"] == "请填写标题"
    assert "一般" in found.problems["urgency"]


@defect("carriage return")
def test_text_of_several_lines_is_taken_as_it_comes_from_a_spreadsheet() -> None:
    typed = {"title": "路", "words": "甲\r\n乙", "registered": "2026-03-05"}
    found = records.Opinion.parse(typed, uid="0198-a", today=TODAY)
    assert found.record is not None and found.record.words == "甲\n乙"


def test_clock_times_are_read_as_people_write_them() -> None:
    start = records.ReceptionDay.spec("start").kind
    for typed in ("9:30", "09:30", "9：30", "9点30分", "9时30"):
        assert start.parse(typed, TODAY) == time(9, 30)


# ---- wire names


def line_of(cls: type[Record], spec: Spec) -> str:
    """How the snapshot names a field."""
    return f"{cls.KIND}.{spec.wire} {spec.kind.name} {spec.privacy}"


def test_wire_names_never_change_and_never_return() -> None:
    kept = [line for line in SNAPSHOT.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    names = [line.split()[0] for line in kept]
    assert len(set(names)) == len(names), "a wire name stands twice in the snapshot"
    retired = {line.split()[0] for line in kept if line.endswith(" retired")}
    lasting = {line for line in kept if not line.endswith(" retired")}
    declared = {line_of(cls, spec): f"{cls.KIND}.{spec.wire}" for cls, spec in FIELDS}
    lost = lasting - set(declared)
    assert not lost, (
        f"{sorted(lost)} is in {SNAPSHOT.name} and no longer in the dictionary. Journals and bundles carry these "
        "names for ever: give the field its name, kind and privacy back, or, when nobody shall write it any more, "
        "keep its reader and add ' retired' to its line."
    )
    returned = retired & set(declared.values())
    assert not returned, (
        f"{sorted(returned)} was retired and must not mean something new: choose another name"
    )
    added = [line for line in declared if line not in lasting]
    assert not added, f"new fields: append these lines to {SNAPSHOT}:\n" + "\n".join(added)


@pytest.mark.parametrize(
    ("typed", "read"), [("1,260.50元", "1260.5"), ("30 元", "30"), ("1.2万元", ""), ("元", "")]
)
def test_the_unit_may_stand_behind_its_number(typed: str, read: str) -> None:
    parsed = kind_named("expense").parse(
        {"date": "2025-04-03", "what": "误工补助", "money": typed}, uid="e1", today=date(2026, 1, 1)
    )
    told = parsed.record.packed().get("money") if parsed.record else None
    assert (str(told) if told is not None else "") == read, parsed.problems
