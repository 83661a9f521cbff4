"""What a received file does to records, each with a title people know; names of visitors are masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lianxin.domain.dictionary import kind_named
from lianxin.office.lists.record_titles import title_of
from lianxin.office.names import Names
from lianxin.store.reading import Reading
from lianxin.store.taking_in import Touched

MOST = 400
"""Named one by one; further ones are only counted."""
_RANK = {"conflict": 0, "changed": 1, "new": 2, "same": 3}


@dataclass(frozen=True)
class RecordTold:
    """One record: its kind in words, its title, and what happens to it (new, changed, same, conflict).

    `reason` is why the county returns it, "" where it does not.
    """

    kind: str
    uid: str
    label: str
    title: str
    outcome: str
    reason: str = ""


def records_told(reading: Reading, touched: Iterable[Touched]) -> tuple[RecordTold, ...]:
    """The records of a file: those in question first, then changed, new, and already there."""
    ranked = sorted(((_outcome(each), each) for each in touched), key=lambda each: _RANK[each[0]])[:MOST]
    by_kind: dict[str, list[str]] = {}
    for _, each in ranked:
        by_kind.setdefault(each.kind, []).append(each.uid)
    titles = {kind: _titles(reading, kind, uids) for kind, uids in by_kind.items()}
    return tuple(
        RecordTold(
            each.kind, each.uid, _label(each.kind), titles[each.kind].get(each.uid, "（已删除）"), outcome
        )
        for outcome, each in ranked
    )


def _titles(reading: Reading, kind: str, uids: Sequence[str]) -> dict[str, str]:
    try:
        cls = kind_named(kind)
    except KeyError:
        return dict.fromkeys(uids, "（本程序还看不懂的内容）")
    names = Names(reading)
    return {uid: title_of(names, record) for uid, record in reading.by_uid(cls, list(uids)).items()}


def _outcome(touched: Touched) -> str:
    return "conflict" if touched.asked else touched.outcome


def _label(kind: str) -> str:
    try:
        return kind_named(kind).LABEL
    except KeyError:
        return kind
