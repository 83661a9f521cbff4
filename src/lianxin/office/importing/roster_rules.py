"""What the election law says of a roster: seats of a district, and one line of regions for one person."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lianxin.domain.codes import LEVEL
from lianxin.domain.records import District, Mandate, Person
from lianxin.domain.rules import RuleProfile
from lianxin.office.names import Names
from lianxin.store.reading import Reading

_TOWN = re.compile(r"([^\d第\s、（(]{1,6}?(?:街道|镇|乡))(?!人大)")
_COUNTY = re.compile(r"([^\d第\s、（(]{1,6}?(?:县|自治县|区))(?![^（(]*选区$)")


def seats_warnings(reading: Reading, profile: RuleProfile) -> list[str]:
    """Districts with more deputies in office than they elect, each with the source of the rule."""
    rule = profile.district_seats
    if rule is None:
        return []
    held: dict[tuple[str, str, str], set[str]] = {}
    for mandate in _serving(reading):
        if mandate.district and mandate.level in ("township", "county"):
            held.setdefault((mandate.district, mandate.level, mandate.term or ""), set()).add(mandate.person)
    found: list[str] = []
    names = Names(reading)
    for (uid, level, _term), people in held.items():
        district = reading.get(District, uid)
        seats = district.seats if district and district.seats else rule.value
        if len(people) > seats:
            who = "、".join(sorted(names.of("person", person) for person in people))
            found.append(
                f"{names.of('district', uid)}应选{LEVEL.label_of(level)}级代表最多{seats}名，"
                f"现有{len(people)}名（{who}），请核对（{rule.source}）"
            )
    return found


def region_warnings(reading: Reading, profile: RuleProfile) -> list[str]:
    """People with mandates in two regions of one level, as far as their districts name them."""
    rule = profile.one_region
    if rule is None:
        return []
    places: dict[tuple[str, str], set[str]] = {}
    names = Names(reading)
    for mandate in _serving(reading):
        place = _region_named(names.of("district", mandate.district), mandate.level)
        if place:
            places.setdefault((mandate.person, mandate.level), set()).add(place)
    return [
        f"{names.of('person', person)}同时是{'、'.join(sorted(found))}的{LEVEL.label_of(level)}级代表，"
        f"请核对（{rule.source}）"
        for (person, level), found in places.items()
        if len(found) > rule.value
    ]


def _region_named(district: str, level: str) -> str:
    shape = {"township": _TOWN, "county": _COUNTY}.get(level)
    match = shape.search(district) if shape else None
    return match[1] if match else ""


def _serving(reading: Reading) -> Iterable[Mandate]:
    people = set(reading.keys(Person))
    return [each for each in reading.all(Mandate) if each.state == "serving" and each.person in people]
