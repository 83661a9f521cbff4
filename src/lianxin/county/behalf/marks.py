"""How records that nobody signed are marked wherever they show: 代录, or 普通报送."""

from __future__ import annotations

from collections.abc import Mapping

from lianxin.domain.dictionary import Record
from lianxin.domain.on_behalf import rows_read
from lianxin.domain.records import BehalfSource
from lianxin.store.owners import marked_on_behalf
from lianxin.store.reading import Condition, Reading

BEHALF, PLAIN = "代录", "普通报送"


def marks(reading: Reading, cls: type[Record]) -> Mapping[str, str]:
    """uid → mark, for the records of a kind that were read from a table; signed ones have none."""
    found = dict.fromkeys(marked_on_behalf(reading.connection, cls.KIND), BEHALF)
    if found:
        for source in reading.all(BehalfSource, Condition("source", "=", "plain")):
            found |= {row.key[1]: PLAIN for row in rows_read(source.rows) if row.key[0] == cls.KIND}
    return found
