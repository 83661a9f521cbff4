"""Sealed bundles made by hand: real keys of a real desk, contents as a test wants them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lianxin.bundle.journal_file import JOURNAL_PATH, VALUES_PATH, CarriedValue, exact_counts, value_line
from lianxin.bundle.manifest import Generator, Kind, Role, StreamRange
from lianxin.bundle.parts import Part, part_of_bytes
from lianxin.bundle.sealing import SendingFacts
from lianxin.domain.identity import new_uid
from lianxin.domain.journal import Entry, line_digest, parse_entry
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.bundling import Bundling
from lianxin.office.trust.trusting import desk_signer, enrolled
from lianxin.store.carrying import lines_beyond


def entries_of(desk: Desk, after: int = 0) -> list[Entry]:
    """What a desk wrote for its county, beyond a counter."""
    stream = f"{desk.store.replica}/office"
    with desk.store.reading() as reading:
        return [parse_entry(each.line) for each in lines_beyond(reading, [stream], {stream: after})]


def chained(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with `prev` put right along each stream, as one who tampers before signing would."""
    found: list[Entry] = []
    last: dict[str, str] = {}
    for entry in entries:
        if entry.stream in last:
            entry = replace(entry, prev=last[entry.stream])
        last[entry.stream] = line_digest(entry.line())
        found.append(entry)
    return found


def made(
    desk: Desk,
    path: Path,
    entries: Sequence[Entry],
    *,
    values: Sequence[CarriedValue] = (),
    acknowledges: Mapping[str, int] | None = None,
    change: Callable[[SendingFacts], SendingFacts] = lambda facts: facts,
) -> Path:
    """A report of this desk with these entries, signed as it signs."""
    held = enrolled(desk)
    assert held is not None
    lines = [entry.line() for entry in entries]
    parts: list[Part] = [part_of_bytes(JOURNAL_PATH, Role.DATA, b"".join(line + b"\n" for line in lines))]
    if values:
        data = b"".join(value_line(each) for each in sorted(values, key=lambda each: each.place))
        parts.append(part_of_bytes(VALUES_PATH, Role.VALUES, data, personal=True))
    ranges: dict[str, StreamRange] = {}
    by_kind: dict[str, int] = {}
    for entry, line in zip(entries, lines, strict=True):
        first = ranges[entry.stream].first if entry.stream in ranges else entry.counter
        ranges[entry.stream] = StreamRange(first, entry.counter, line_digest(line))
        by_kind[entry.kind] = by_kind.get(entry.kind, 0) + 1
    with desk.store.reading() as reading:
        office = office_of(reading)
    facts = SendingFacts(
        bundle_id=new_uid(desk.store.now(), desk.store.random),
        period="2026-11",
        org_code=office.code,
        org_name=office.name,
        replica=desk.store.replica,
        seq=90,
        created_at=desk.store.now(),
        generator=Generator("lianxin", "test"),
        schema=1,
        audience=held.county_code,
        entries=ranges,
        acknowledges=acknowledges or {},
        counts=exact_counts(by_kind, len(parts)),
    )
    bundling = Bundling(desk, desk.store.home, desk_signer(desk), [held.recipient])
    going = bundling.sealed(Kind.REPORT, parts, change(facts))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        going.fill(out)
    bundling.close()
    return path
