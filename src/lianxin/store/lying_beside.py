"""Which values lie beside their entry: as declared, as they lay before, or because they name somebody."""

from __future__ import annotations

from collections.abc import Mapping

from lianxin.domain.dictionary import Record, Wire
from lianxin.store.projection import Row

_beside_of: dict[type[Record], Mapping[str, bool]] = {}
_content_of: dict[type[Record], frozenset[str]] = {}


def content_fields(cls: type[Record]) -> frozenset[str]:
    """The fields whose texts travel openly unless they name somebody."""
    told = _content_of.get(cls)
    if told is None:
        told = _content_of[cls] = frozenset(spec.wire for spec in cls.specs() if spec.privacy == "content")
    return told


def _declared(cls: type[Record]) -> Mapping[str, bool]:
    told = _beside_of.get(cls)
    if told is None:
        told = _beside_of[cls] = {spec.wire: spec.withheld_able for spec in cls.specs()}
    return told


def declared_beside(cls: type[Record], row: Row | None, wire: str) -> bool:
    """Whether a value is kept beside its entry: as declared, and for an unknown field as it was before."""
    try:
        return _declared(cls)[wire]
    except KeyError:
        return row is not None and any(head.commitment is not None for head in row.state.heads.get(wire, ()))


def lies_beside(row: Row | None, wire: str, value: Wire) -> bool:
    """Whether this very value is what the field shows, and lies beside its entry."""
    return (
        row is not None
        and isinstance(value, str)
        and row.values.get(wire) == value
        and any(head.commitment is not None for head in row.state.heads.get(wire, ()))
    )
