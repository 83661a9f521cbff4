"""Which values travel beside the entries: what the county needs and does not have yet, never what was erased."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import merge

from lianxin.bundle.journal_file import CarriedValue
from lianxin.domain.dictionary import kinds
from lianxin.domain.records import Opinion, Routing, Visitor
from lianxin.office.sending.withholding import Place, disclosed, withheld
from lianxin.store.carrying import KnownValue, values_at, values_beyond, values_of_records
from lianxin.store.reading import Condition, Reading

TRANSFERRED_ONLY = frozenset({(Visitor.KIND, "phone"), (Visitor.KIND, "identity_number")})
"""What the county gets of a visitor only when it takes the matter over (domain.md 2.8, 个人信息保护法 §34)."""

TO_COUNTY = "to_county"


def values_out(
    reading: Reading, streams: Sequence[str], after: Mapping[str, int], *, seq: int
) -> Iterator[CarriedValue]:
    """The values that travel to the county, in order of their place.

    `after` is up to which entry of each stream the county has its values, by sending number `seq` at the latest.
    Earlier ones travel late when 涂黑 was taken back or the matter was handed to the county since.
    """
    held, reserved, taken_over = withheld(reading), _reserved(), _taken_over(reading)
    late = [
        each for each in _late(reading, after, seq=seq, taken_over=taken_over) if each.entry.stream in streams
    ]
    last: tuple[str, int, str] | None = None
    for each in merge(values_beyond(reading, streams, after), late, key=_place):
        place = _place(each)
        if place == last or (each.entry, each.field) in held:
            continue
        if (each.kind, each.field) in reserved and each.uid not in taken_over:
            continue
        last = place
        yield CarriedValue(each.entry, each.field, each.kept)


def every_value(reading: Reading, streams: Sequence[str]) -> Iterator[CarriedValue]:
    """All of them, for a desk of our own office."""
    for each in values_beyond(reading, streams, {}):
        yield CarriedValue(each.entry, each.field, each.kept)


def _place(value: KnownValue) -> tuple[str, int, str]:
    return (value.entry.stream, value.entry.counter, value.field)


def _reserved() -> frozenset[tuple[str, str]]:
    sensitive = {
        (cls.KIND, spec.wire) for cls in kinds() for spec in cls.specs() if spec.privacy == "sensitive"
    }
    return TRANSFERRED_ONLY | sensitive


def _taken_over(reading: Reading) -> frozenset[str]:
    """The visitors of every matter that was handed to the county."""
    return frozenset(each.uid for each in _visitors(reading, _handed(reading)))


def _handed(reading: Reading) -> dict[str, str]:
    """The steps that handed a matter to the county: routing → matter."""
    steps = reading.all(Routing, Condition("route", "=", TO_COUNTY))
    return {step.uid: step.opinion for step in steps}


def _visitors(reading: Reading, steps: Mapping[str, str]) -> list[Visitor]:
    opinions = reading.by_uid(Opinion, list(dict.fromkeys(steps.values())))
    contacts = [each.contact for each in opinions.values() if each.contact]
    return reading.children(Visitor, "contact", contacts)


def _late(
    reading: Reading, after: Mapping[str, int], *, seq: int, taken_over: frozenset[str]
) -> list[KnownValue]:
    """Values of entries the county has without them, which may go now."""
    places: list[Place] = [each.place for each in disclosed(reading) if each.since > seq]
    found = [*values_at(reading, places)]
    if taken_over:
        since = reading.written_after(after)
        fresh = {uid for kind, uid in since if kind in (Routing.KIND, Opinion.KIND, Visitor.KIND)}
        steps = {
            step: matter for step, matter in _handed(reading).items() if step in fresh or matter in fresh
        }
        uids = [each.uid for each in _visitors(reading, steps)]
        for _kind, field in sorted(TRANSFERRED_ONLY):
            found += values_of_records(reading, Visitor.KIND, uids, field)
    return sorted(found, key=_place)
