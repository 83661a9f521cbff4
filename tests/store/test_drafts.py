"""Drafts: kept as typed, owned by one window, gone in the transaction that saves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from lianxin.domain.canonical import JsonValue
from lianxin.store.database import DATABASE_NAME, immediate, open_database, reading
from lianxin.store.drafts import (
    DraftElsewhere,
    adopt_draft,
    delete_draft,
    list_drafts,
    load_draft,
    save_draft,
)
from lianxin.store.migrate import prepare
from lianxin.store.passphrase import DatabaseKey

KEY = DatabaseKey(bytes(range(32)))
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = tmp_path_factory.mktemp("home") / DATABASE_NAME
    prepare(path, KEY, create=True)
    opened = open_database(path, KEY)
    yield opened
    opened.dispose()


@pytest.fixture(autouse=True)
def no_drafts(engine: Engine) -> None:
    with immediate(engine) as connection:
        for draft in list_drafts(connection):
            delete_draft(connection, kind=draft.kind, key=draft.key)


def keep(
    engine: Engine, key: str, text: str, *, window: str = "w1", minutes: int = 0, kind: str = "contact"
) -> None:
    with immediate(engine) as connection:
        save_draft(
            connection,
            kind=kind,
            key=key,
            window=window,
            payload={"反映内容": text},
            at=NOON + timedelta(minutes=minutes),
        )


def test_the_last_state_is_kept(engine: Engine) -> None:
    keep(engine, "d1", "水")
    keep(engine, "d1", "水渠漏水", minutes=1)
    with reading(engine) as connection:
        draft = load_draft(connection, kind="contact", key="d1")
        assert load_draft(connection, kind="opinion", key="d1") is None
    assert draft is not None
    assert (draft.payload, draft.window, draft.saved_at) == (
        {"反映内容": "水渠漏水"},
        "w1",
        NOON + timedelta(minutes=1),
    )


text = st.text(st.characters(exclude_categories=()))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=10,
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(text, json_values, max_size=4))
def test_whatever_was_typed_or_pasted_comes_back(engine: Engine, payload: dict[str, JsonValue]) -> None:
    with immediate(engine) as connection:
        save_draft(connection, kind="contact", key="any", window="w1", payload=payload, at=NOON)
        draft = load_draft(connection, kind="contact", key="any")
    assert draft is not None
    assert draft.payload == payload


def test_a_second_window_on_the_same_record_changes_nothing(engine: Engine) -> None:
    keep(engine, "u1", "第一个窗口")
    with pytest.raises(DraftElsewhere, match="另一个窗口") as caught:
        keep(engine, "u1", "第二个窗口", window="w2")
    assert caught.value.window == "w1"
    with reading(engine) as connection:
        draft = load_draft(connection, kind="contact", key="u1")
    assert draft is not None
    assert draft.payload == {"反映内容": "第一个窗口"}


def test_the_draft_goes_in_the_transaction_that_saves(engine: Engine) -> None:
    keep(engine, "u1", "x")
    with pytest.raises(ZeroDivisionError), immediate(engine) as connection:
        assert delete_draft(connection, kind="contact", key="u1")
        raise ZeroDivisionError
    with reading(engine) as connection:
        assert load_draft(connection, kind="contact", key="u1") is not None
    with immediate(engine) as connection:
        assert delete_draft(connection, kind="contact", key="u1")
        assert not delete_draft(connection, kind="contact", key="u1")
    with reading(engine) as connection:
        assert load_draft(connection, kind="contact", key="u1") is None


def test_lists_are_newest_first_and_by_kind_and_window(engine: Engine) -> None:
    keep(engine, "a", "1", minutes=2)
    keep(engine, "b", "2", minutes=3, kind="opinion")
    keep(engine, "c", "3", minutes=1, window="w2")
    with reading(engine) as connection:
        assert [draft.key for draft in list_drafts(connection)] == ["b", "a", "c"]
        assert [draft.key for draft in list_drafts(connection, kind="contact")] == ["a", "c"]
        assert [draft.key for draft in list_drafts(connection, kind="contact", window="w2")] == ["c"]


def test_two_windows_adopting_what_a_third_left_agree_on_one(engine: Engine) -> None:
    keep(engine, "d", "未保存", window="gone")
    with immediate(engine) as connection:
        mine = adopt_draft(connection, kind="contact", key="d", window="w2", left_by="gone")
    with immediate(engine) as connection:
        late = adopt_draft(connection, kind="contact", key="d", window="w3", left_by="gone")
    assert mine is not None
    assert (mine.window, mine.payload, late) == ("w2", {"反映内容": "未保存"}, None)
    keep(engine, "d", "接着写", window="w2")


_TYPING = """
import os, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from lianxin.store.database import open_database, immediate
from lianxin.store.drafts import save_draft
from lianxin.store.passphrase import DatabaseKey
engine = open_database(Path(sys.argv[1]), DatabaseKey(bytes(range(32))))
for number in range(100):
    with immediate(engine) as connection:
        save_draft(connection, kind="contact", key="typed", window="killed", payload={"n": number},
                   at=datetime(2026, 11, 3, tzinfo=UTC))
    print(number, flush=True)
    if number == 37:
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX word")
def test_a_draft_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME
    prepare(path, KEY, create=True)
    child = subprocess.run([sys.executable, "-c", _TYPING, str(path)], capture_output=True, text=True)
    assert child.returncode == -signal.SIGKILL, child.stderr
    engine = open_database(path, KEY)
    with reading(engine) as connection:
        draft = load_draft(connection, kind="contact", key="typed")
    engine.dispose()
    assert draft is not None
    assert draft.payload == {"n": int(child.stdout.split()[-1])}
    assert os.listdir(tmp_path)
