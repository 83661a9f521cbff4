"""The whole register of a kind as a workbook."""

from __future__ import annotations

from lianxin.domain.dictionary import Record
from lianxin.office.desk import Desk, office_of
from lianxin.office.names import Names
from lianxin.office.papers.catalogue import PAPERS, make_paper


def register_xlsx(desk: Desk, cls: type[Record]) -> bytes:
    """The whole register of a kind as a workbook: its own paper where there is one, else from the dictionary."""
    from lianxin.documents.workbooks.ledger import ledger_xlsx

    own = f"{cls.KIND}-ledger"
    if own in PAPERS:
        return make_paper(desk, own)
    with desk.store.reading() as reading:
        office = office_of(reading)
        return ledger_xlsx(
            cls,
            reading.all(cls),
            title=f"{office.short_name or office.name}{cls.LABEL}台账",
            office_name=office.name,
            redact=False,
            names=Names(reading).of,
        )
