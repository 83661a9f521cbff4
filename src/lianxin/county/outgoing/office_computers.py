"""The computers of an office, told to each other: what one of them sends, its others can then open too.

The county knows the age recipient of every desk it registered; records written for the office carry them down in
its receipts, the answer to a request carries them to a further desk at once.
"""

from __future__ import annotations

from dataclasses import replace

from lianxin.domain.records import Enrolment, OfficeComputer
from lianxin.office.desk import Desk
from lianxin.office.trust.trusting import enrolments
from lianxin.store.reading import Condition, Reading


def untold(reading: Reading, code: str) -> list[OfficeComputer]:
    """What the computers of an office have to be told of each other; a new one has no uid yet.

    Nothing while there is one alone.
    """
    known = {
        each.recipient: each
        for each in reading.all(OfficeComputer, Condition("addressee", "=", code))
        if reading.is_own(OfficeComputer, each.uid)
    }
    registered = _registered(reading, code)
    if len(registered) < 2 and not known:
        return []
    found = [
        replace(told, ended=True)
        for recipient, told in known.items()
        if recipient not in registered and not told.ended
    ]
    for recipient, enrolment in registered.items():
        told = known.get(recipient)
        wanted = OfficeComputer(
            uid=told.uid if told else "",
            addressee=code,
            replica=enrolment.replica or "",
            recipient=recipient,
            device=enrolment.device,
        )
        if wanted != told:
            found.append(wanted)
    return found


def tell_each_other(desk: Desk, code: str) -> None:
    """Writes down for an office what its computers have to know of each other; the next receipt carries it."""
    with desk.store.reading() as reading:
        wanted = untold(reading, code)
    if wanted:
        with desk.store.writing(reason="本单位的电脑") as writing:
            for each in wanted:
                writing.put(each if each.uid else replace(each, uid=writing.new_uid()))


def _registered(reading: Reading, code: str) -> dict[str, Enrolment]:
    """Recipient → the latest certificate of it in force; what a revoked one could read it reads no more."""
    return {
        each.recipient: each
        for each in enrolments(reading)
        if each.code == code and each.role == "desk" and not each.revoked_at and each.recipient
    }
