"""The log lies plainly on the disk: it tells where something went wrong, never what a visitor said."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from lianxin.installed import log_to
from lianxin.store.record_store import RecordStore
from lianxin.store.statements import run
from tests.store.conftest import store as store

NAME = "单志明"


def test_what_a_failed_statement_was_given_stands_in_no_message(store: RecordStore) -> None:
    with store.reading() as reading:
        for fails in (
            lambda: run(reading.connection, "SELECT ? FROM nowhere", (NAME,)),
            lambda: reading.connection.exec_driver_sql("SELECT ? FROM nowhere", (NAME,)),
        ):
            with pytest.raises(DBAPIError) as raised:
                fails()
            assert NAME not in str(raised.value)


def test_the_log_names_type_and_place_of_a_failure_and_not_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    log_to(tmp_path)
    try:
        try:
            raise KeyError(NAME)
        except KeyError as first:
            raise ValueError(f"{NAME} 13912342217") from first
    except ValueError:
        logging.getLogger("lianxin.test").exception("it failed")
    for handler in logging.root.handlers:
        handler.close()
    told = (tmp_path / "lianxin.log").read_text("utf-8")
    assert "it failed" in told and "ValueError" in told and "KeyError" in told and "test_log.py" in told
    assert NAME not in told and "139" not in told.replace("test_log.py", "")


def test_where_nothing_can_be_written_there_is_no_log_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    log_to(in_the_way / "home")
    logging.getLogger("lianxin.test").warning("unheard")
    assert in_the_way.read_bytes() == b""
