"""One file as the county clerk reviews it: hints with their records, what it brought, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lianxin.county.received.deciding import Decided, decided, may_decide
from lianxin.county.received.hints.hint import Hint
from lianxin.county.received.hints.looking import hints_of_file
from lianxin.county.received.records_told import RecordTold, records_told
from lianxin.office.desk import Desk
from lianxin.store.reading import Reading
from lianxin.store.received import brought_by, received_file
from lianxin.store.taking_in import Touched

NOTHING_DECIDED = Decided(None, {})


@dataclass(frozen=True)
class HintTold:
    """One hint, with the records behind it as a list shows them."""

    hint: Hint
    records: tuple[RecordTold, ...] = ()


@dataclass(frozen=True)
class FileReview:
    """Everything beside a file that was looked at or taken in; `open` says whether it may be decided on."""

    hints: tuple[HintTold, ...] = ()
    records: tuple[RecordTold, ...] = ()
    decided: Decided = NOTHING_DECIDED
    open: bool = False


def review_of(desk: Desk, place: str) -> FileReview:
    """The review of the file kept at this place; nothing for one that is not taken in."""
    hints = hints_of_file(desk, place)
    with desk.store.reading() as reading:
        file = received_file(reading.connection, place)
        if file is None or file.state != "accepted":
            return FileReview()
        brought = brought_by(reading.connection, place)
        records = records_told(
            reading, (Touched(each.kind, each.uid, "new" if each.new else "changed") for each in brought)
        )
        told = decided(reading, place)
        marked = tuple(replace(each, reason=told.reasons.get((each.kind, each.uid), "")) for each in records)
        return FileReview(hints_told(reading, hints, marked), marked, told, may_decide(file))


def hints_told(
    reading: Reading, hints: Sequence[Hint], records: Iterable[RecordTold]
) -> tuple[HintTold, ...]:
    """Hints with the records behind them; those of the file itself as they stand in its list."""
    known = {(each.kind, each.uid): each for each in records}
    missing = dict.fromkeys(about for hint in hints for about in hint.records if about not in known)
    further = records_told(reading, (Touched(kind, uid, "same") for kind, uid in missing))
    known |= {(each.kind, each.uid): each for each in further}
    return tuple(
        HintTold(hint, tuple(known[about] for about in hint.records if about in known)) for hint in hints
    )
