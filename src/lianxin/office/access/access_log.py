"""查看记录: who saw personal data in full, exported or printed them, and when; it never leaves this computer."""

from __future__ import annotations

from typing import Literal

from lianxin.domain.dictionary import Record
from lianxin.domain.records import AccessNote
from lianxin.office.access.users import name_of
from lianxin.office.desk import Desk
from lianxin.store.reading import Order, Reading

Sort = Literal["shown", "exported", "printed"]
_LONGEST = 200
_WORKBOOKS = frozenset({"xlsx", "csv", "zip"})


def note_access(desk: Desk, what: str, *, sort: Sort = "shown", records: int | None = None) -> None:
    """Notes that personal data left the mask. Raises NotAllowed when the role of who sits here may not see them.

    Said before they are shown, so that a refusal shows nothing.
    """
    desk.require("reveal")
    with desk.store.reading() as reading:
        note = access_note(desk, reading, what, sort=sort, records=records)
    with desk.store.writing(reason="查看记录") as writing:
        writing.put(note)


def access_note(
    desk: Desk, reading: Reading, what: str, *, sort: Sort, records: int | None = None
) -> AccessNote:
    """The note itself, for what is written in one transaction with the deed."""
    who = name_of(reading, desk.acting.code)
    return AccessNote(
        uid=desk.store.new_uid(),
        at=desk.store.now().strftime("%Y-%m-%d %H:%M:%S"),
        actor=desk.acting.code,
        who=who or f"代号{desk.acting.code}",
        sort=sort,
        what=what[:_LONGEST],
        records=records,
    )


def note_paper(desk: Desk, name: str) -> None:
    """Notes that a paper or workbook with personal data leaves the program under this name. Raises NotAllowed.

    The one place for everything that is shown as it prints or written into a folder.
    """
    stem, _, ending = name.rpartition(".")
    note_access(desk, stem or name, sort="exported" if ending in _WORKBOOKS else "printed")


def is_personal(cls: type[Record]) -> bool:
    """Whether records of this kind hold what lists mask."""
    return any(spec.withheld_able for spec in cls.specs())


def access_notes(reading: Reading) -> list[AccessNote]:
    """Everything noted, latest first."""
    return reading.all(AccessNote, order=Order(descending=True))


def note_field(desk: Desk, cls: type[Record], uid: str, *fields: str, sort: Sort = "shown") -> None:
    """The same for fields of one record, named as people name it: 接访记录 LF0012 联系电话. Raises NotAllowed."""
    with desk.store.reading() as reading:
        found = reading.get(cls, uid)
    packed = found.packed() if found is not None else {}
    called = next((str(packed[each]) for each in _CALLED_BY if packed.get(each)), uid)
    names = {spec.wire: spec.label for spec in cls.specs()}
    what = " ".join([cls.LABEL, called, *(names.get(each, each) for each in fields)])
    note_access(desk, what, sort=sort)


_CALLED_BY = ("number", "short_name")
"""What a record is called by in the log; never by a name or telephone number, which would lie open there again."""
