"""Every file of every township by the return it belongs to: booked, refused, or entered on its behalf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from lianxin.bundle.checkcode import spoken_code
from lianxin.county.returns.states import Sent
from lianxin.county.townships.roster import Town
from lianxin.domain.records import BehalfSource, ReceiptItem, ReceptionDecision
from lianxin.domain.records import ReceivedFile as LoggedFile
from lianxin.store.booked_reports import BookedReport, booked_reports
from lianxin.store.reading import Condition, Reading

Returns = Mapping[str, Mapping[str, Sequence[Sent]]]
"""Code of the township as it is called today → code of the period → the files of that return."""
_Placed = tuple[str, str, Sent]
"""Code of the office as the file says it, period, the file."""


def sent_files(reading: Reading, towns: Sequence[Town], zone: tzinfo | None) -> Returns:
    """Every return of every township, read in one walk; an office in no register stands under its own code.

    Days are those of `zone`.
    """
    code_now = {old: town.code for town in towns for old in town.codes}
    booked, behalf = list(_booked(reading)), list(_on_behalf(reading, zone))
    lying_in = {sent.place: sent for _, _, sent in behalf if sent.place}
    found: dict[str, dict[str, list[Sent]]] = {}
    for org, period, sent in (*booked, *_refused(reading, zone), *_loose(behalf, booked)):
        read = lying_in.get(sent.place) if sent.way == "plain" else None
        told = replace(sent, brought=read.brought, merged=True) if read is not None else sent
        found.setdefault(code_now.get(org, org), {}).setdefault(period, []).append(told)
    return found


def _booked(reading: Reading) -> Iterator[_Placed]:
    receipts = {(each.bundle_id, each.check_code): each.verdict for each in reading.all(ReceiptItem)}
    decisions = sorted(reading.all(ReceptionDecision), key=lambda each: each.uid)
    decided = {(each.bundle_id, each.check_code): each.result for each in decisions}
    for file in booked_reports(reading.connection):
        key = (file.bundle_id, spoken_code(file.digest))
        yield file.org, file.period, _sent(file, key[1], receipts.get(key), decided.get(key, ""))


def _sent(file: BookedReport, check_code: str, told: str | None, decision: str) -> Sent:
    now = "taken_back" if file.state == "taken_back" else file.verdict
    return Sent(
        "plain" if file.plain else "signed",
        file.seq,
        file.state,
        file.came,
        file.code,
        check_code,
        file.brought,
        file.conflicts,
        merged=not file.plain and file.state == "accepted",
        receipt=told == now,
        decision=decision,
        place=file.place,
        replica=file.replica,
    )


def _refused(reading: Reading, zone: tzinfo | None) -> Iterator[_Placed]:
    """What stands only in the log: nothing of a refused file is kept."""
    for log in reading.all(LoggedFile, Condition("verdict", "=", "reject")):
        if log.org_code and log.period:
            way = "plain" if log.sealed_kind == "plain" else "signed"
            code = log.check_code or ""
            yield (
                log.org_code,
                log.period,
                Sent(way, log.seq or 0, "refused", _moment(log.uid, zone), log.code, code),
            )


def _on_behalf(reading: Reading, zone: tzinfo | None) -> Iterator[_Placed]:
    """What was read on behalf of a township, one for each reading; `place` is that of the 普通报送 it lay in."""
    read: dict[tuple[str, str, str], list[BehalfSource]] = {}
    for each in reading.all(BehalfSource):
        if each.withdrawn is None:
            read.setdefault((each.code, each.period, each.batch), []).append(each)
    for (code, period, _), tables in read.items():
        rows = sum(len((each.rows or "").splitlines()) for each in tables)
        place = next((each.bundle for each in tables if each.bundle), "")
        came = _moment(min(each.uid for each in tables), zone)
        yield code, period, Sent("behalf", 0, "accepted", came, brought=(rows, 0), merged=True, place=place)


def _loose(behalf: Iterable[_Placed], booked: Iterable[_Placed]) -> Iterator[_Placed]:
    """What was entered from a table that lay in no file that is booked."""
    known = {sent.place for _, _, sent in booked}
    return (each for each in behalf if each[2].place not in known)


def _moment(uid: str, zone: tzinfo | None) -> datetime:
    """When a record was made, which its uid tells (UUIDv7: milliseconds in the first 48 bits), to the second as files are booked."""
    return datetime.fromtimestamp(int(uid.replace("-", "")[:12], 16) // 1000, tz=UTC).astimezone(zone)
