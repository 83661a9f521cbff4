"""How far the streams of this office had travelled with a sending, as its record keeps it."""

from __future__ import annotations

from collections.abc import Mapping

from lianxin.domain.canonical import parse_strict
from lianxin.domain.records import SentFile


def ranges_of(sent: SentFile) -> dict[str, int]:
    """Stream → the last entry that had travelled with this bundle or before it."""
    told = parse_strict((sent.ranges or "{}").encode())
    return {name: int(str(last)) for name, last in told.items()} if isinstance(told, Mapping) else {}
