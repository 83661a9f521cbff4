"""What the election law says of a roster, in sentences: seats of a district, and one line of regions for one person."""

from __future__ import annotations

from lianxin.domain.codes import LEVEL
from lianxin.domain.meetings.electoral import in_two_regions, seats_of
from lianxin.domain.records import District, Mandate, Person
from lianxin.domain.rules import RuleProfile
from lianxin.office.names import Names
from lianxin.store.reading import Reading


def seats_warnings(reading: Reading, profile: RuleProfile) -> list[str]:
    """Districts with more deputies in office than they elect, each with the source of the rule."""
    rule = profile.district_seats
    if rule is None:
        return []
    names = Names(reading)
    districts = {one.uid: one for one in reading.all(District)}
    found: list[str] = []
    for each in seats_of(_known(reading), districts, most=rule.value):
        if len(each.people) > each.seats:
            who = "、".join(sorted(names.of("person", person) for person in each.people))
            found.append(
                f"{names.of('district', each.district)}应选{LEVEL.label_of(each.level)}级代表最多{each.seats}名，"
                f"现有{len(each.people)}名（{who}），请核对（{rule.source}）"
            )
    return found


def region_warnings(reading: Reading, profile: RuleProfile) -> list[str]:
    """People with mandates in two regions of one level, as far as their districts name them."""
    rule = profile.one_region
    if rule is None:
        return []
    names = Names(reading)
    found = in_two_regions(_known(reading), lambda uid: names.of("district", uid), most=rule.value)
    return [
        f"{names.of('person', person)}同时是{'、'.join(regions)}的{LEVEL.label_of(level)}级代表，"
        f"请核对（{rule.source}）"
        for person, level, regions in found
    ]


def _known(reading: Reading) -> list[Mandate]:
    people = set(reading.keys(Person))
    return [each for each in reading.all(Mandate) if each.person in people]
