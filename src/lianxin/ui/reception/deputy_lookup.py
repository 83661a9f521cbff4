"""People of a pick field of the reception pages: the serving deputies, with their level."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.office.desk import Desk as Office
from lianxin.office.reception import on_duty
from lianxin.ui.lookups import StoreLookup

_MOST = 40


class DeputyLookup:
    """Finds people among the serving deputies only; everything else as the ledger has it."""

    def __init__(self, office: Office) -> None:
        self._office, self._all = office, StoreLookup(office)

    def candidates(self, kind: str, words: str) -> Sequence[tuple[str, str]]:
        """(uid, label); deputies with their level."""
        if kind == "person":
            return on_duty.deputies_to_choose(self._office, words)[:_MOST]
        return self._all.candidates(kind, words)

    def name_of(self, kind: str, uid: str) -> str:
        """The label of one record."""
        return self._all.name_of(kind, uid)
