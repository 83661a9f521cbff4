"""Which pages of a paper are printed, as a clerk writes it: 1-3，5."""

from __future__ import annotations

import re
import unicodedata

_PARTS = re.compile(r"[,，、;；\s]+")
_PART = re.compile(r"第?(\d{1,6})页?(?:([-–—~〜～至到]+)第?(\d{1,6})?页?)?$")


class BadRange(ValueError):
    """The words name no pages of this paper; the message says what to write."""


def places_named(words: str, pages: int) -> list[int]:
    """The places from 0 that words such as 2、4-6 or 3- name, each once and in order; all for empty words.

    Raises BadRange for what is no page, and for a page the paper does not have.
    """
    named: set[int] = set()
    plain = unicodedata.normalize("NFKC", words)
    for part in filter(None, _PARTS.split(plain)):
        found = _PART.match(part)
        if found is None:
            raise BadRange(f"“{part}”不是页码，没有打印。请写如 1-3 或 2，5；不写就是全部。")
        first = int(found[1])
        last = int(found[3] or pages) if found[2] else first
        first, last = min(first, last), max(first, last)
        if first < 1 or last > pages:
            raise BadRange(f"只有{pages}页，没有“{part}”，没有打印。请写1到{pages}之间的页码。")
        named.update(range(first - 1, last))
    return sorted(named) or list(range(pages))
