"""A Lookup that offers suggestions and bills, told apart by number and leading deputy."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.domain.casework.standing import DEPUTIES_TRACKS
from lianxin.domain.records import Opinion
from lianxin.office.desk import Desk
from lianxin.office.names import Names
from lianxin.office.numbers import short_number
from lianxin.store.reading import Condition, Order
from lianxin.ui.pick_editor import Lookup

_MOST = 13


class SuggestionLookup:
    """Leaves out the own matter, those already merged into another, and what the public raised."""

    def __init__(self, office: Desk, other: Lookup, own: str) -> None:
        self._office, self._other, self._own = office, other, own

    def candidates(self, kind: str, words: str) -> Sequence[tuple[str, str]]:
        """(uid, label), the best first."""
        if kind != Opinion.KIND:
            return self._other.candidates(kind, words)
        with self._office.store.reading() as reading:
            if words.strip():
                uids = [hit.uid for hit in reading.search(words, kinds=[Opinion.KIND], limit=200)]
            else:
                tracks = Condition("track", "in", DEPUTIES_TRACKS)
                uids = reading.keys(Opinion, tracks, order=Order("registered", descending=True), limit=40)
            names = Names(reading)
            found = [
                (uid, _label(names, each))
                for uid, each in reading.by_uid(Opinion, uids).items()
                if uid != self._own and each.track in DEPUTIES_TRACKS and not each.merged_into
            ]
        return found[:_MOST]

    def name_of(self, kind: str, uid: str) -> str:
        """The label of one record."""
        if kind != Opinion.KIND:
            return self._other.name_of(kind, uid)
        with self._office.store.reading() as reading:
            found = reading.get(Opinion, uid)
            return _label(Names(reading), found) if found is not None else ""


def _label(names: Names, matter: Opinion) -> str:
    lead = names.of("person", matter.person)
    return f"{short_number(matter.number or '')} {matter.title}" + (f"（{lead}）" if lead else "")
