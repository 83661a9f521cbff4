"""Which township a merged record counts for: who sent it, or for whom the county wrote it down."""

from __future__ import annotations

from collections.abc import Mapping

from lianxin.domain.dictionary import Record
from lianxin.store.owners import owners_of_kind
from lianxin.store.reading import Reading


def belonging(reading: Reading, cls: type[Record]) -> Mapping[str, str]:
    """uid → code of the township (or of this county) a record counts for, read in one walk, removed ones too.

    What was entered on behalf of a township counts for it; rows that a signed file replaced are removed records
    and stand in no list.
    """
    return owners_of_kind(reading.connection, cls.KIND)
