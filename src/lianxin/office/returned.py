"""What a county returned to be corrected, and how far that has come: the same answer on both sides.

The county's return is a record of its own that names how far it knew the township's record. Whatever the township
writes beyond is the correction; once that has travelled the return is 已改报, and both ways of writing are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lianxin.domain.dates import show_day_short
from lianxin.domain.dictionary import Record, kind_named
from lianxin.domain.journal import EntryId
from lianxin.domain.records import ReceptionDecision, RecordReturn, SentFile
from lianxin.domain.streams import OFFICE, audience_of
from lianxin.office.desk import office_of
from lianxin.office.lists.record_titles import title_of
from lianxin.office.names import Names
from lianxin.office.sent_ranges import ranges_of
from lianxin.office.trust.trusting import enrolled_in, is_county
from lianxin.store.reading import Condition, Reading

Standing = Literal["open", "corrected", "sent"]
STANDING: Mapping[Standing, str] = {"open": "待修改", "corrected": "已修改，待报送", "sent": "已改报"}


@dataclass(frozen=True)
class Returned:
    """One record that was returned: the county's own record about it, what people call it, how it stands.

    `title` is "" for a record that is not here; `cls` is None for a kind this program does not know.
    """

    told: RecordReturn
    cls: type[Record] | None
    title: str
    standing: Standing

    @property
    def words(self) -> str:
        """How it stands, in words."""
        return STANDING[self.standing]

    @property
    def label(self) -> str:
        """What kind of record it is."""
        return self.cls.LABEL if self.cls is not None else "记录"


def returned_records(
    reading: Reading, *, addressee: str | None = None, bundle: str | None = None, about: str | None = None
) -> tuple[Returned, ...]:
    """What was returned, of one office, file or record when named; those still to be corrected first, latest first."""
    wanted = (("addressee", addressee), ("bundle_id", bundle), ("about", about))
    conditions = [Condition(wire, "=", value) for wire, value in wanted if value is not None]
    county = _county_of(reading)
    told = [
        each
        for each in reading.all(RecordReturn, *conditions)
        if reading.owner(RecordReturn.KIND, each.uid) == county
    ]
    if not told:
        return ()
    travelled = _travelled(reading)
    names = Names(reading)
    found = [_returned(reading, names, each, travelled) for each in told]
    found.sort(key=lambda each: (each.told.day, each.told.uid), reverse=True)
    return tuple(sorted(found, key=lambda each: list(STANDING).index(each.standing)))


def decisions(reading: Reading, *, addressee: str | None = None) -> dict[str, ReceptionDecision]:
    """Bundle id → what the county decided on the file."""
    conditions = [Condition("addressee", "=", addressee)] if addressee is not None else []
    county = _county_of(reading)
    return {
        each.bundle_id: each
        for each in reading.all(ReceptionDecision, *conditions)
        if reading.owner(ReceptionDecision.KIND, each.uid) == county
    }


def returned_words(reading: Reading, uid: str) -> str:
    """What stands on the record itself: 县人大退回修改（11月21日，待修改）：没有写明哪个组; "" when it was not returned."""
    told = [
        f"县人大退回修改（{show_day_short(each.told.day)}，{each.words}）：{each.told.reason}"
        for each in returned_records(reading, about=uid)
        if each.standing != "sent"
    ]
    return "\n".join(told)


def known_now(reading: Reading, kind: str, uid: str) -> str:
    """How far the owner's streams of a record are known here, as a return names it."""
    reached: dict[str, int] = {}
    for line in reading.history(kind, uid):
        entry = line.entry
        reached[entry.stream] = max(entry.counter, reached.get(entry.stream, 0))
    return "\n".join(EntryId(stream, counter).text() for stream, counter in sorted(reached.items()))


def _county_of(reading: Reading) -> str:
    office = office_of(reading)
    if is_county(office.office_type):
        return office.code
    held = enrolled_in(reading)
    return held.county_code if held is not None else ""


def _returned(
    reading: Reading, names: Names, told: RecordReturn, travelled: Mapping[str, int] | None
) -> Returned:
    try:
        cls: type[Record] | None = kind_named(told.about_kind)
    except KeyError:
        cls = None
    record = reading.get(cls, told.about) if cls is not None else None
    title = title_of(names, record) if record is not None else ""
    return Returned(told, cls, title, _standing(reading, told, travelled))


def _standing(reading: Reading, told: RecordReturn, travelled: Mapping[str, int] | None) -> Standing:
    seen = dict(EntryId.of(line) for line in told.seen.split())
    later = [
        line.entry.id
        for line in reading.history(told.about_kind, told.about)
        if line.entry.counter > seen.get(line.entry.stream, 0) and audience_of(line.entry.stream) == OFFICE
    ]
    if not later:
        return "open"
    # At the county itself what is here has travelled.
    there = travelled is None or any(counter <= travelled.get(stream, 0) for stream, counter in later)
    return "sent" if there else "corrected"


def _travelled(reading: Reading) -> Mapping[str, int] | None:
    """How far our streams went out with reports, None at the county."""
    if is_county(office_of(reading).office_type):
        return None
    found: dict[str, int] = {}
    for sent in reading.all(SentFile):
        if sent.sealed_kind == "report" and sent.state != "void":
            for stream, last in ranges_of(sent).items():
                found[stream] = max(last, found.get(stream, 0))
    return found
