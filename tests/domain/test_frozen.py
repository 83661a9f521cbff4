"""Records behave as the frozen dataclasses that `dataclasses` would write for them."""

from __future__ import annotations

import copy
import pickle
from dataclasses import MISSING, Field, FrozenInstanceError, fields, is_dataclass, make_dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.domain.dictionary import Record, kinds
from lianxin.domain.records import Contact

NAMES = [field.name for field in fields(Contact)]
VALUES = st.one_of(st.none(), st.integers(0, 2), st.text(max_size=2))
CHANGES = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4)
HERE = Contact(uid="1", channel="visit", day=date(2026, 3, 2), words="路灯不亮")


def written_by_dataclasses(cls: type[Record]) -> type:
    """The same fields as the standard library makes of them."""
    told: list[Field[object]] = list(fields(cls))
    asked = [field.name for field in told if field.default is MISSING]
    rest = [(field.name, object, field.default) for field in told if field.default is not MISSING]
    return make_dataclass(cls.__name__, [*asked, *rest], frozen=True, kw_only=True)


@given(CHANGES, CHANGES)
def test_equality_and_hash_are_those_of_the_values(one: dict[str, object], other: dict[str, object]) -> None:
    twin = written_by_dataclasses(Contact)(**vars(HERE))
    ours = [replace(HERE, **changes) for changes in (one, other)]  # type: ignore[arg-type]
    theirs = [replace(twin, **changes) for changes in (one, other)]
    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])
    assert [vars(each) for each in ours] == [vars(each) for each in theirs]
    assert ours[0] != ours[1] or hash(ours[0]) == hash(ours[1])


def test_every_kind_is_a_dataclass_with_the_same_starting_values() -> None:
    for cls in kinds():
        assert is_dataclass(cls)
        blank = cls.unpacked({})
        asked = {f.name: vars(blank)[f.name] for f in fields(cls) if f.default is MISSING}
        assert vars(cls(**asked)) == vars(written_by_dataclasses(cls)(**asked))


def test_what_is_missing_or_unknown_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="Contact misses day, words"):
        Contact(uid="1", channel="visit")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Contact has no colour"):
        replace(HERE, colour="red")  # type: ignore[call-arg]


def test_nothing_can_be_set_or_deleted() -> None:
    with pytest.raises(FrozenInstanceError):
        HERE.words = ""  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del HERE.words


def test_copies_are_equal_and_told_in_the_order_of_the_fields() -> None:
    assert copy.copy(HERE) == copy.deepcopy(HERE) == pickle.loads(pickle.dumps(HERE)) == HERE
    assert repr(HERE).startswith("Contact(uid='1', remark=None, ")
