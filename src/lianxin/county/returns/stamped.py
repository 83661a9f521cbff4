"""盖章件已收: that the signed and stamped paper of a return lies at the county, as an own record of the county."""

from __future__ import annotations

from lianxin.county.certificates.register import county_office
from lianxin.county.returns.states import Return
from lianxin.domain.records import StampedPaper
from lianxin.office.desk import Desk
from lianxin.store.writing import Change


def tick_stamped(desk: Desk, told: Return) -> tuple[Change, ...]:
    """Notes that the paper of this return was seen today, by the county's clerk, and of which 期 it is.

    One that is ticked already is ticked anew for the number that counts now. Raises NotThisOffice at a township.
    """
    office, last = county_office(desk), told.last
    with desk.store.writing(reason="盖章件已收") as writing:
        writing.put(
            StampedPaper(
                uid=told.stamped.uid if told.stamped is not None else writing.new_uid(),
                code=told.code,
                period=told.period.code,
                day=desk.today(),
                seen_by=office.clerk,
                seq=last.seq or None if last is not None else None,
                check_code=last.check_code or None if last is not None else None,
            )
        )
        return tuple(writing.changes)


def untick_stamped(desk: Desk, told: Return) -> tuple[Change, ...]:
    """Takes the tick back: it was the paper of another month. The record stays in the journal."""
    if told.stamped is None:
        return ()
    with desk.store.writing(reason="取消盖章件已收") as writing:
        writing.remove(StampedPaper, told.stamped.uid)
        return tuple(writing.changes)
