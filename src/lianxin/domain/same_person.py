"""One person reported by several offices: suggested with the reasons, never decided by a rule (选举法 §48)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lianxin.domain.checks import fold_text

LAST_DIGITS = 4


@dataclass(frozen=True)
class Known:
    """A person as one office knows it; "" for what it did not tell. `born` is 1975-03, `owner` the office's code.

    `linked` are codes of townships that its delegation or address names.
    """

    uid: str
    owner: str
    name: str
    sex: str = ""
    born: str = ""
    phone: str = ""
    work: str = ""
    linked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Likely:
    """Two people who may be one: why, and what speaks against it; `weight` ranks them."""

    one: str
    other: str
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    weight: int

    @property
    def pair(self) -> frozenset[str]:
        """Both, in no order."""
        return frozenset({self.one, self.other})


def likely_same(people: Iterable[Known]) -> tuple[Likely, ...]:
    """Pairs of different offices with one name and something else in common, the surest first.

    The same name alone is no suggestion, and people of two sexes are two.
    """
    by_name: dict[str, list[Known]] = {}
    for each in people:
        by_name.setdefault(fold_text(each.name), []).append(each)
    found = [
        likely
        for same in by_name.values()
        for one, other in combinations(sorted(same, key=lambda each: each.uid), 2)
        if one.owner != other.owner and (likely := _compared(one, other)) is not None
    ]
    return tuple(sorted(found, key=lambda each: (-each.weight, each.one, each.other)))


def _compared(one: Known, other: Known) -> Likely | None:
    if one.sex and other.sex and one.sex != other.sex:
        return None
    reasons, against, weight = ["姓名相同"], [], 0
    if one.sex and one.sex == other.sex:
        reasons.append("性别相同")
        weight += 1
    for label, mine, theirs, worth in (
        ("出生年月", one.born, other.born, 4),
        (f"电话后{LAST_DIGITS}位", _digits(one.phone), _digits(other.phone), 4),
        ("工作单位", fold_text(one.work), fold_text(other.work), 3),
    ):
        if mine and mine == theirs:
            reasons.append(f"{label}相同")
            weight += worth
        elif mine and theirs and label != "工作单位":
            against.append(f"{label}不同")
            weight -= 2
    if other.owner in one.linked or one.owner in other.linked:
        reasons.append("代表团或住址在那个乡镇")
        weight += 2
    enough = any(reason not in ("姓名相同", "性别相同") for reason in reasons)
    return Likely(one.uid, other.uid, tuple(reasons), tuple(against), weight) if enough else None


def _digits(phone: str) -> str:
    digits = "".join(each for each in phone if each.isascii() and each.isdigit())
    return digits[-LAST_DIGITS:] if len(digits) >= 7 else ""


def groups_of(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """uid → all who were confirmed to be one with it, itself among them."""
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = groups.get(one, {one}) | groups.get(other, {other})
        for uid in joined:
            groups[uid] = joined
    return {uid: frozenset(joined) for uid, joined in groups.items()}


@dataclass(frozen=True)
class Seat:
    """A mandate in office: its level, and the township that tells of it (its name, "" for the county's own)."""

    level: str
    town: str


def not_nested(seats: Sequence[Seat]) -> str:
    """The hint of 选举法 §48 for one person's mandates in office; empty when all lie on one path of regions.

    Whoever reports a township deputy is that township; upper levels hold every township of this county.
    """
    towns = sorted({each.town for each in seats if each.level == "township" and each.town})
    if len(towns) < 2:
        return ""
    return f"同时是{'、'.join(towns)}的乡级人大代表：不得同时担任两个无隶属关系的行政区域的代表（选举法第四十八条），请核对"
