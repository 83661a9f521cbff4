"""Receipts: what the county has of each township, signed, cumulative, one file per township with something new."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lianxin import __version__
from lianxin.bundle.checkcode import hex_code, spoken_code
from lianxin.bundle.journal_file import CarriedValue, exact_counts
from lianxin.bundle.manifest import Generator, Kind
from lianxin.bundle.paths import safe_segment
from lianxin.bundle.sealing import SendingFacts
from lianxin.bundle.unsealing import sweep
from lianxin.county.certificates.register import county_office, in_force
from lianxin.county.outgoing.office_computers import tell_each_other, untold
from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import SCHEMA
from lianxin.domain.identity import new_uid
from lianxin.domain.records import Office, ReceiptItem
from lianxin.domain.streams import COMMON, OFFICE, TO, audience_of, org_of
from lianxin.office.desk import Desk
from lianxin.office.receiving.receive import alone
from lianxin.office.sending.bundling import Bundling
from lianxin.office.sending.delivering import named, part_of, silent, write_part
from lianxin.office.sending.load import Load
from lianxin.office.sending.outgoing import Outgoing
from lianxin.office.sending.report import audit_head
from lianxin.office.trust.trusting import (
    code_changes,
    codes_of,
    desk_signer,
    enrolments,
    reader_key,
    recipients_of,
)
from lianxin.store.acknowledged import acknowledged, readers_beginning
from lianxin.store.carrying import lines_beyond, tips, values_beyond
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.own_copy import keep_own
from lianxin.store.reading import Condition, Reading
from lianxin.store.received import ReceivedFile, received_files
from lianxin.store.writing import Writing

SCRATCH, _SEALED = "sending", ".age"
_JUMP = 100
"""How far the numbers jump after a new replica id: those of the lost ledger may be out already."""


@dataclass(frozen=True)
class Receipt:
    """One receipt as written: for whom, its number, and how many files it speaks of for the first time."""

    path: Path
    code: str
    name: str
    receipt_no: int
    check_code: str
    spoken_code: str
    items: int

    def as_json(self) -> dict[str, JsonValue]:
        """The line of `receipts --json`."""
        return {
            "path": str(self.path),
            "org_code": self.code,
            "org_name": self.name,
            "receipt_no": self.receipt_no,
            "check_code": self.check_code,
            "items": self.items,
        }


@dataclass(frozen=True)
class Due:
    """A township's standing: the number of its last receipt (0 for none), how many of its files nothing was said
    of yet, and whether there is anything new to tell it.
    """

    code: str
    name: str
    last: int
    unsaid: int
    fresh: bool


@dataclass(frozen=True)
class Reach:
    """How far a township was told: stream → counter, as written into its receipts and as its desks acknowledged."""

    written: Mapping[str, int]
    acknowledged: Mapping[str, int]


def reach(reading: Reading, code: str) -> Reach:
    """What of the county's streams was written for a township, and what it has for certain."""
    return Reach(_last(reading, code).reached, _there(reading, code))


def receipt_towns(reading: Reading, now: datetime) -> Mapping[str, str]:
    """Code → name of every township that can be given a receipt."""
    return _towns(reading, now)


def receipts_due(desk: Desk) -> tuple[Due, ...]:
    """Every enrolled township by code, for the page. Raises NotThisOffice at a township."""
    office = county_office(desk)
    with desk.store.reading() as reading:
        found = []
        for code, name in sorted(_towns(reading, desk.store.now()).items()):
            last, unsaid = _last(reading, code), len(_unsaid(reading, code))
            now = _standing(reading, office.code, code, 0, desk.store.replica)
            fresh = bool(unsaid) or bool(untold(reading, code)) or not _same(last, now)
            found.append(Due(code, name, last.number, unsaid, fresh))
    return tuple(found)


def write_receipts(
    desk: Desk, *, to: Path, codes: Sequence[str] = (), again: bool = False
) -> tuple[Receipt, ...]:
    """Writes a receipt for each enrolled township with something new (or only these codes) into a folder.

    `again` writes one though nothing is new, for a stick that was lost. Raises NotThisOffice at a township,
    ReceivingElsewhere, SendingFailed, OSError; a number belongs to a file that was written.
    """
    office = county_office(desk)
    with alone(desk):
        with desk.store.reading() as reading:
            towns = _towns(reading, desk.store.now())
        written = []
        for code, name in sorted(towns.items()):
            if codes and code not in codes:
                continue
            items = _note_items(desk, code)
            tell_each_other(desk, code)
            receipt = _receipt(desk, office, code, name, to, items, again=again)
            if receipt is not None:
                written.append(receipt)
        keep_own(desk.store, KeptBundles(desk.store.home, desk.store.key))
    return tuple(written)


def _towns(reading: Reading, now: datetime) -> dict[str, str]:
    found = (each for each in enrolments(reading) if each.role == "desk" and in_force(each, now))
    return {each.code: each.place or each.name for each in found}


def _note_items(desk: Desk, code: str) -> int:
    """What is said of each file of a township, as records for it; answers how many were new or changed."""
    with desk.store.reading() as reading:
        wanted = _unsaid(reading, code)
    if not wanted:
        return 0
    with desk.store.writing(reason="回执") as writing:
        for file, item in wanted:
            writing.put(_item(writing, file, code, item.uid if item else writing.new_uid()))
    return len(wanted)


def _unsaid(reading: Reading, code: str) -> list[tuple[ReceivedFile, ReceiptItem | None]]:
    """The files of a township of which its records say nothing yet, or something else than is true now."""
    files = _told_of(received_files(reading.connection, org=code))
    known = {
        (item.bundle_id, item.check_code): item
        for item in reading.all(ReceiptItem, Condition("addressee", "=", code))
        if reading.is_own(ReceiptItem, item.uid)
    }
    noted = [(file, known.get((file.bundle_id, spoken_code(file.digest)))) for file in files]
    return [(file, item) for file, item in noted if item is None or item.verdict != _verdict(file)]


def _told_of(files: list[ReceivedFile]) -> list[ReceivedFile]:
    """One line per bundle id: of another file under a known id only people talk."""
    known = {each.bundle_id for each in files if each.state != "aside"}
    return [each for each in files if each.state != "aside" or each.bundle_id not in known]


def _item(writing: Writing, file: ReceivedFile, code: str, uid: str) -> ReceiptItem:
    told = file.verdict
    taken_back = file.state == "taken_back"
    return ReceiptItem(
        uid=uid,
        addressee=code,
        bundle_id=file.bundle_id,
        seq=file.seq,
        period=file.period,
        day=datetime.fromisoformat(file.received_at).date(),
        check_code=spoken_code(file.digest),
        verdict=_verdict(file),
        code=str(told.get("code")),
        words="县人大撤回了这份报送件，请打电话核对后重报。"
        if taken_back
        else f"{told.get('message')}{told.get('next')}",
        new=_number(told, "new"),
        changed=_number(told, "changed"),
        conflicts=_number(told, "conflicts"),
    )


def _verdict(file: ReceivedFile) -> str:
    return "taken_back" if file.state == "taken_back" else str(file.verdict.get("verdict")).lower()


def _number(told: Mapping[str, JsonValue], name: str) -> int:
    value = told.get(name)
    return value if isinstance(value, int) else 0


def _receipt(
    desk: Desk, office: Office, code: str, name: str, to: Path, items: int, *, again: bool
) -> Receipt | None:
    """The receipt of one township; None when it would say what the last one said."""
    scratch = desk.store.home / SCRATCH
    scratch.mkdir(parents=True, exist_ok=True)
    sweep(scratch)
    recipients = (*recipients_of(desk, code), reader_key(desk).recipient)
    with (
        closing(Load.empty(scratch)) as load,
        closing(Bundling(desk, scratch, desk_signer(desk), recipients)) as bundling,
    ):
        with desk.store.reading() as reading:
            last = _last(reading, code)
            now = _standing(
                reading, office.code, code, _number_after(last, desk.store.replica), desk.store.replica
            )
            if not again and _same(last, now):
                return None
            there = _there(reading, code)
            load.take_lines(lines_beyond(reading, list(now.reached), there))
            values = values_beyond(reading, list(now.reached), there)
            load.take_values(CarriedValue(each.entry, each.field, each.kept) for each in values)
            facts = _facts(desk, office, code, now, load, audit_head(reading, desk.store.replica))
        going = bundling.sealed(Kind.RECEIPT, load.parts(), facts)
        path = _written(desk, going, to, f"回执_{safe_segment(name)}_{now.number:04d}.zip")
    _keep_last(desk, code, now)
    digest = going.manifest_sha256
    return Receipt(path, code, name, now.number, hex_code(digest), spoken_code(digest), items)


def _same(last: _Last, now: _Last) -> bool:
    """Whether a receipt would say what the last one said."""
    further = (reached > last.reached.get(stream, 0) for stream, reached in now.reached.items())
    return now.vector == last.vector and not any(further)


def _number_after(last: _Last, replica: str) -> int:
    return last.number + (1 if last.replica in ("", replica) else _JUMP)


def _standing(reading: Reading, county: str, code: str, number: int, replica: str) -> _Last:
    """What is known of the township's streams, and how far those written for it go."""
    known, theirs = tips(reading), _writers(reading, code)
    vector = {
        stream: tip.counter
        for stream, tip in known.items()
        if org_of(stream) in theirs and audience_of(stream) == OFFICE
    }
    reached = {
        stream: tip.counter
        for stream, tip in known.items()
        if org_of(stream) == county and audience_of(stream) in (COMMON, f"{TO}-{code}")
    }
    return _Last(number, replica, vector, reached)


def _writers(reading: Reading, code: str) -> frozenset[str]:
    """The codes whose streams a township's computers write on: its own, and those it had before it was renamed.

    The computers of a unit that was merged or split are another office's; what it sent of theirs it does hold.
    """
    former = codes_of(reading, code) - {code}
    if not former:
        return frozenset([code])
    files = received_files(reading.connection, "accepted", org=code)
    carried = {org_of(stream) for each in files for stream in each.ranges}
    renamed = {each.former for each in code_changes(reading) if each.change == "renamed"}
    return frozenset([code]) | (former & (carried | renamed))


def _facts(
    desk: Desk, office: Office, code: str, standing: _Last, load: Load, head: str | None
) -> SendingFacts:
    now = desk.store.now()
    return SendingFacts(
        bundle_id=new_uid(now, desk.store.random),
        period=f"{now.year}-{now.month:02d}",
        org_code=office.code,
        org_name=office.name,
        replica=standing.replica,
        seq=standing.number,
        created_at=now,
        generator=Generator("lianxin", __version__),
        schema=SCHEMA,
        audience=code,
        prepared_by=office.clerk or "",
        audit_head=head,
        counts=exact_counts(load.by_kind, len(load.parts())),
        entries=load.ranges,
        acknowledges=standing.vector,
        receipt_no=standing.number,
    )


def _written(desk: Desk, going: Outgoing, to: Path, file_name: str) -> Path:
    if going.file_name.endswith(_SEALED):
        file_name += _SEALED
    part = part_of(to, desk.store.replica, going.manifest_sha256)
    try:
        to.mkdir(parents=True, exist_ok=True)
        write_part(part, going.size, going.fill, silent)
        return named(part, to / file_name, takes=lambda other: False)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@dataclass(frozen=True)
class _Last:
    """What the last receipt of a township said."""

    number: int
    replica: str
    vector: dict[str, int]
    reached: dict[str, int]


def _last(reading: Reading, code: str) -> _Last:
    told = reading.setting(f"receipt:{code}")
    if not isinstance(told, dict):
        return _Last(0, "", {}, {})
    vector, reached = told.get("vector"), told.get("reached")
    return _Last(int(str(told["number"])), str(told["replica"]), _counters(vector), _counters(reached))


def _counters(told: JsonValue) -> dict[str, int]:
    return {name: int(str(value)) for name, value in told.items()} if isinstance(told, Mapping) else {}


def _keep_last(desk: Desk, code: str, last: _Last) -> None:
    told: dict[str, JsonValue] = {
        "number": last.number,
        "replica": last.replica,
        "vector": {**last.vector},
        "reached": {**last.reached},
    }
    desk.store.set_setting(f"receipt:{code}", told)


def _there(reading: Reading, code: str) -> dict[str, int]:
    """How far every desk of a township has our entries: what one of them lacks is sent to all."""
    found = [
        acknowledged(reading.connection, reader).counters
        for reader in readers_beginning(reading.connection, code)
    ]
    if not found:
        return {}
    streams = {stream for each in found for stream in each}
    return {stream: min(each.get(stream, 0) for each in found) for stream in streams}
