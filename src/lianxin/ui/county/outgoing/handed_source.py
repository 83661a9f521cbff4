"""下发资料 as a list: what stands, for whom, in which version, and how far it came."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.county.outgoing.handed_down import HandedThing
from lianxin.domain.dates import show_day_numeric
from lianxin.ui.table import Column


class HandedSource:
    """A ListSource over the things that were handed down."""

    def __init__(self, found: Sequence[HandedThing] = ()) -> None:
        self._found = {each.key: each for each in found}

    @property
    def columns(self) -> Sequence[Column]:
        """Kind, name, version, for whom, day, how far."""
        return (
            Column("subject", "种类", width=104, sortable=False),
            Column("title", "名称", width=150, stretch=True, sortable=False),
            Column("version", "版本", width=70, sortable=False, drop=2),
            Column("to", "下发给", width=104, sortable=False, drop=1),
            Column("day", "日期", width=100, sortable=False, drop=3),
            Column("spread", "到哪里了", width=212, sortable=False, look="badge"),
        )

    def keys(self, sort: str, descending: bool, words: str) -> Sequence[str]:
        """By kind."""
        return [
            key for key, each in self._found.items() if not words or words in each.title + each.subject_label
        ]

    def rows(self, keys: Sequence[str]) -> Sequence[Sequence[str]]:
        """The cells of these things."""
        return [_cells(self._found[key]) for key in keys]

    def thing(self, key: str) -> HandedThing | None:
        """One thing."""
        return self._found.get(key)


def to_words(thing: HandedThing) -> str:
    """全部乡镇, 石牌镇, 3个乡镇."""
    if not thing.to:
        return "全部乡镇"
    return thing.to[0] if len(thing.to) == 1 else f"{len(thing.to)}个乡镇"


def _cells(thing: HandedThing) -> Sequence[str]:
    spread = "有变化，待重新下发" if thing.stale else thing.spread
    return (
        thing.subject_label, thing.title, thing.version, to_words(thing), show_day_numeric(thing.day), spread,
    )  # fmt: skip
