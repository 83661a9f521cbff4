"""A township's report without its papers: what a county merges, made in a tenth of the time."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from lianxin.bundle.journal_file import CarriedValue, exact_counts
from lianxin.bundle.manifest import Generator, Kind
from lianxin.bundle.sealing import SendingFacts
from lianxin.domain.identity import new_uid
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.bundling import Bundling
from lianxin.office.sending.load import Load
from lianxin.office.sending.personal_texts import office_streams
from lianxin.office.sending.receipted import entries_there
from lianxin.office.sending.report import heard_from
from lianxin.office.trust.trusting import Enrolled, desk_signer, enrolled, reader_key
from lianxin.store.carrying import lines_beyond, values_beyond


@dataclass(frozen=True)
class Light:
    """One report as sent: its file, and stream → last entry it brings the county to."""

    path: Path
    reaches: Mapping[str, int]


def light_report(
    desk: Desk,
    path: Path,
    *,
    period: str,
    seq: int,
    after: Mapping[str, int] | None = None,
    sealed: bool = True,
) -> Light:
    """Everything beyond the county's last receipt, or beyond `after`; unsealed it carries no personal values."""
    held = enrolled(desk)
    assert held is not None
    recipients = (held.recipient, reader_key(desk).recipient) if sealed else ()
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(Load.empty(desk.store.home)) as load,
        closing(Bundling(desk, desk.store.home, desk_signer(desk), recipients)) as bundling,
    ):
        with desk.store.reading() as reading:
            streams = office_streams(reading)
            there = entries_there(reading, held.county_code) if after is None else dict(after)
            load.take_lines(lines_beyond(reading, streams, there))
            if sealed:
                known = values_beyond(reading, streams, there)
                load.take_values(CarriedValue(each.entry, each.field, each.kept) for each in known)
            acknowledges = heard_from(reading, held.county_code, office_of(reading).code)
        parts = load.parts()
        facts = _facts(desk, held, load, period=period, seq=seq, acknowledges=acknowledges)
        going = bundling.sealed(Kind.REPORT, parts, facts)
        with path.open("wb") as out:
            going.fill(out)
        reaches = {**there, **{stream: found.last for stream, found in load.ranges.items()}}
    return Light(path, reaches)


def _facts(
    desk: Desk, held: Enrolled, load: Load, *, period: str, seq: int, acknowledges: Mapping[str, int]
) -> SendingFacts:
    with desk.store.reading() as reading:
        office = office_of(reading)
    return SendingFacts(
        bundle_id=new_uid(desk.store.now(), desk.store.random),
        period=period,
        org_code=office.code,
        org_name=office.name,
        replica=desk.store.replica,
        seq=seq,
        created_at=desk.store.now(),
        generator=Generator("lianxin", "test"),
        schema=1,
        audience=held.county_code,
        entries=load.ranges,
        acknowledges=acknowledges,
        counts=exact_counts(load.by_kind, len(load.parts())),
    )
