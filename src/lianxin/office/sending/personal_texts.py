"""核对: texts that hold a phone or identity number or a visitor's name, each with what the sender may do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lianxin.domain.dictionary import Spec, kind_named, kinds
from lianxin.domain.journal import Entry, parse_entry
from lianxin.domain.records import (
    Assignment,
    Contact,
    Opinion,
    ReceptionDay,
    Reply,
    Routing,
    Satisfaction,
    Visitor,
)
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.receipted import entries_there, values_there
from lianxin.office.sending.redacting import NUMBERS_ONLY, Redactor, redactor_of, typed
from lianxin.office.sending.withholding import Place, withheld
from lianxin.office.trust.trusting import enrolled_in
from lianxin.store.carrying import lines_beyond, values_at, values_beyond
from lianxin.store.carrying import tips as known_tips
from lianxin.store.reading import Reading

_OF_VISITS = (
    Contact, ReceptionDay, Visitor, Opinion, Routing, Assignment, Reply, Satisfaction
)  # fmt: skip
"""Records in whose open fields a visitor may be named; elsewhere a place or unit may share his name."""


@dataclass
class PersonalText:
    """One text that names somebody, with every record and value where it stands; `kind`, `uid` of the first.

    `places` are the values beside entries that `withhold` and `disclose` take. An `open` text lies in its entry
    itself, because nobody could know then whom it names: it cannot be kept at home alone, documents hide the
    name all the same, and an unencrypted report stops before it.
    """

    kind: str
    uid: str
    label: str
    text: str
    places: list[Place] = field(default_factory=list)
    open: bool = False
    withheld: bool = False

    @property
    def sentence(self) -> str:
        """The line of the list."""
        if self.withheld:
            return f"{self.label}已涂黑，不随报送件走"
        if self.open:
            return f"{self.label}里提到来访人，已随记录写入；加密报送只有县人大能看，不加密时从这一条起不报"
        return f"{self.label}里有来访人姓名或号码；加密报送只有县人大能看，可以涂黑"


def personal_texts(desk: Desk) -> tuple[PersonalText, ...]:
    """The texts of the next report in which somebody is recognised, and all that are blacked out.

    Before enrolment no text of the journal travels, and there is nothing to list.
    """
    with desk.store.reading() as reading:
        held = enrolled_in(reading)
        if held is None:
            return ()
        streams = office_streams(reading)
        _seq, after = values_there(reading, held.county_code)
        found: dict[str, PersonalText] = {}
        _beside(reading, streams, after, found)
        redactor = redactor_of(reading)
        for carried in lines_beyond(reading, streams, entries_there(reading, held.county_code)):
            if not _searched(carried.kind):
                continue
            entry = parse_entry(carried.line)
            for name, text in open_mentions(entry, redactor):
                told = found.setdefault(text, _line(entry.kind, entry.uid, name, text))
                told.open = True
        return tuple(found.values())


def office_streams(reading: Reading) -> list[str]:
    """The streams in which this office's desks write for office and county, as far as they are known here."""
    code = office_of(reading).code
    return sorted(
        stream
        for stream in known_tips(reading)
        if stream.startswith(f"{code}-") and stream.endswith("/office")
    )


def open_mentions(entry: Entry, redactor: Redactor) -> Iterator[tuple[str, str]]:
    """(field, text) of what lies openly in an entry and names a visitor or holds a number."""
    specs = _searched(entry.kind)
    for name, write in entry.fields.items():
        spec, text = specs.get(name), write.value
        if spec is None or write.commitment is not None or not isinstance(text, str) or not text:
            continue
        if name in NUMBERS_ONLY:
            if redactor.without_numbers(text) != text:
                yield name, text
        elif redactor.names_somebody(text):
            yield name, text


def _beside(
    reading: Reading, streams: Sequence[str], after: Mapping[str, int], found: dict[str, PersonalText]
) -> None:
    kept = withheld(reading)
    known = [*values_beyond(reading, streams, after), *values_at(reading, sorted(kept))]
    for each in known:
        spec = _searched(each.kind).get(each.field)
        text = each.kept.value
        if spec is None or spec.withheld_able or not isinstance(text, str) or not text:
            continue
        told = found.setdefault(text, _line(each.kind, each.uid, each.field, text))
        place = (each.entry, each.field)
        if place not in told.places:
            told.places.append(place)
        told.withheld = told.withheld or place in kept


def _line(kind: str, uid: str, name: str, text: str) -> PersonalText:
    cls = kind_named(kind)
    return PersonalText(kind, uid, f"{cls.LABEL}的“{cls.spec(name).label}”", text)


def _searched(kind: str) -> Mapping[str, Spec]:
    told = _SEARCHED.get(kind)
    if told is None:
        cls = next((each for each in kinds() if kind == each.KIND), None)
        told = _SEARCHED[kind] = (
            {}
            if cls is None
            else {
                spec.wire: spec
                for spec in cls.specs()
                if typed(spec) and (spec.privacy == "content" or cls in _OF_VISITS)
            }
        )
    return told


_SEARCHED: dict[str, Mapping[str, Spec]] = {}
