"""What the electoral law asks of a roster: pure checks that page, import and term rollover share (domain.md 2.5, 3.5, 3.6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lianxin.domain.records import District, Mandate, Term

_TOWN = re.compile(r"([^\d第\s、（(]{1,6}?(?:街道|镇|乡))(?!人大)")
_COUNTY = re.compile(r"([^\d第\s、（(]{1,6}?(?:县|自治县|区))(?![^（(]*选区$)")
ELECTED_HERE = ("county", "township")
"""Levels whose deputies voters elect in districts."""


@dataclass(frozen=True)
class Seats:
    """The seats of one district in one term: how many it elects, who holds them."""

    district: str
    level: str
    term: str
    seats: int
    people: tuple[str, ...]


def serving(mandates: Iterable[Mandate]) -> list[Mandate]:
    """The mandates held now."""
    return [one for one in mandates if one.state == "serving"]


def twice_in_one_term(mandate: Mandate, others: Iterable[Mandate]) -> Mandate | None:
    """Another mandate of the same person, level and term, one of the two held now: there may be one only."""
    for other in others:
        same = (other.person, other.level, other.term) == (mandate.person, mandate.level, mandate.term)
        if same and other.uid != mandate.uid and "serving" in (other.state, mandate.state):
            return other
    return None


def seats_of(
    mandates: Iterable[Mandate], districts: Mapping[str, District], *, most: int
) -> tuple[Seats, ...]:
    """The districts that deputies in office were elected in, by level and term (选举法 §25: one to three)."""
    held: dict[tuple[str, str, str], set[str]] = {}
    for one in serving(mandates):
        if one.district and one.level in ELECTED_HERE:
            held.setdefault((one.district, one.level, one.term or ""), set()).add(one.person)
    return tuple(
        Seats(district, level, term, _elects(districts.get(district), most), tuple(sorted(people)))
        for (district, level, term), people in held.items()
    )


def _elects(district: District | None, most: int) -> int:
    return district.seats if district is not None and district.seats else most


def vacancies(
    mandates: Iterable[Mandate], districts: Iterable[District], *, level: str
) -> tuple[tuple[District, int], ...]:
    """Districts of a level that have fewer deputies in office than they elect, as far as their seats are known."""
    held: dict[str, set[str]] = {}
    for one in serving(mandates):
        if one.district and one.level == level:
            held.setdefault(one.district, set()).add(one.person)
    mine = [one for one in districts if one.level == level and one.seats]
    short = [(one, (one.seats or 0) - len(held.get(one.uid, ()))) for one in mine]
    return tuple((one, lacking) for one, lacking in short if lacking > 0)


def seat_problem(seats: int | None, *, most: int) -> str:
    """Why a district cannot elect so many; "" when it can (选举法 §25)."""
    if seats is None or 1 <= seats <= most:
        return ""
    return f"每个选区应选1至{most}名代表，请核对"


def region_named(district: str, level: str) -> str:
    """The township or county a district's name tells; "" when it tells none."""
    shape = {"township": _TOWN, "county": _COUNTY}.get(level)
    match = shape.search(district) if shape else None
    return match[1] if match else ""


def in_two_regions(
    mandates: Iterable[Mandate], district_name: Callable[[str | None], str], *, most: int
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """(person, level, regions) of those in office in more regions of one level than may be (选举法 §48)."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in serving(mandates):
        place = region_named(district_name(one.district), one.level)
        if place:
            found.setdefault((one.person, one.level), set()).add(place)
    return tuple(
        (person, level, tuple(sorted(regions)))
        for (person, level), regions in found.items()
        if len(regions) > most
    )


def state_problem(mandate: Mandate) -> tuple[str, str] | None:
    """(field, sentence) when a state other than 在任 stands without its day or document (代表法 §63)."""
    if mandate.state_day is None:
        return "state_day", "代表状态有变化，请填写状态日期"
    if not mandate.state_document:
        return "state_document", "代表状态有变化，请填写公告文号（没有的写“无”）"
    return None


def term_problems(terms: Sequence[Term]) -> tuple[tuple[Term, str], ...]:
    """Where the terms of a level do not follow each other: a term ends with the first session of the next (§2)."""
    found: list[tuple[Term, str]] = []
    for level in dict.fromkeys(term.level for term in terms):
        row = sorted((one for one in terms if one.level == level), key=lambda one: one.ordinal)
        for one, following in pairwise(row):
            if one.ordinal == following.ordinal:
                found.append((following, f"第{one.ordinal}届（{one.shown('level')}）登记了两次，请合并"))
            elif one.end is not None and following.start is not None and one.end != following.start:
                met = f"第{following.ordinal}届首次会议日期{following.shown('start')}"
                found.append((one, f"第{one.ordinal}届届满日期应是{met}"))
        for one in row:
            if one.start is not None and one.end is not None and one.end <= one.start:
                found.append((one, f"第{one.ordinal}届届满日期早于首次会议日期，请核对"))
    return tuple(found)
