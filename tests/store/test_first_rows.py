"""A record's first row is written without making its state; it has to be the row that projecting gives."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.domain.dictionary import Record
from lianxin.domain.records import Contact, Visitor
from lianxin.store.record_store import RecordStore
from lianxin.store.tables import SEARCH, table_name
from tests.store.desks import DAY, new_store

TEXTS = st.one_of(st.none(), st.text(max_size=12), st.just("电话13912342217"))


def rows(store: RecordStore, cls: type[Record]) -> list[dict[str, object]]:
    with store.reading() as now:
        found = now.connection.exec_driver_sql(f'SELECT * FROM "{table_name(cls)}" ORDER BY uid').mappings()
        return [{name: row[name] for name in row if name != SEARCH} for row in found]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.text(max_size=12), TEXTS, TEXTS, st.booleans(), st.integers(0, 9)), min_size=1))
def test_first_rows_are_what_projecting_gives(
    told: list[tuple[str, str | None, str | None, bool, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(Path(folder))
        with store.writing(reason="登记") as door:
            door.names_people(["单志明"])
            for words, name, place, flag, number in told:
                here = door.new_uid()
                door.put(
                    Contact(
                        uid=here, channel="visit", day=DAY, words=f"{_kept(words)}单志明", place=_kept(place),
                        answered=flag, persons=number,
                    )
                )  # fmt: skip
                door.put(Visitor(uid=door.new_uid(), contact=here, name=_kept(name), anonymous=not flag))
        written = {cls: rows(store, cls) for cls in (Contact, Visitor)}
        store.project_anew()
        assert written == {cls: rows(store, cls) for cls in (Contact, Visitor)}
        store.close()


def _kept(text: str | None) -> str | None:
    """Without what the journal refuses."""
    return None if text is None else "".join(char for char in text if char != "\0") or None
