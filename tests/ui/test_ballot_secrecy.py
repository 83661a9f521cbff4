"""Nobody finds out who voted what: after a ballot-by-ballot tally everything that was ever written is looked through.

Every state the write-ahead log holds, the drafts, the journal, the projection, the local log and a backup are opened
with the key and searched for an order of ballots, a time of a ballot, or two states fewer than ten ballots apart.
"""

from __future__ import annotations

import itertools
import json
import shutil
import struct
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lianxin.domain.canonical import JsonValue
from lianxin.domain.records import Evaluation, TallyRow
from lianxin.domain.tally.batches import LEAST_KEPT
from lianxin.office.evaluations.evaluation import COUNTING
from lianxin.store.backup import backup, never, quiet
from lianxin.store.backup_file import unpack
from lianxin.store.database import DATABASE_NAME, connect_keyed
from lianxin.store.passphrase import KEYRING_NAME, DatabaseKey
from tests.office.township import Township, new_township
from tests.ui.clerk import Clerk
from tests.ui.test_tally_section import open_section, set_up, type_counts

KEYS = {"1": "first", "2": "second", "3": "third", "4": "unknown", "0": "abstained", "9": "void"}
WHOLE = 43
KEPT_AT = (10, 20, 30)
"""43 ballots: after 40 only three are left, so nothing is kept there any more."""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    found = new_township(tmp_path)
    yield found
    found.desk.store.close()


def sequence() -> list[str]:
    """A known order of ballots on two rows, no two neighbours alike where it matters."""
    random = Random(19)
    return ["".join(random.choices(list(KEYS), k=2)) for _ in range(WHOLE)]


def states_of_the_log(home: Path, scratch: Path) -> Iterator[Path]:
    """The database as it stood after every transaction that the write-ahead log still holds."""
    log = (home / f"{DATABASE_NAME}-wal").read_bytes()
    page = struct.unpack(">I", log[8:12])[0]
    frame = 24 + page
    for end in range(32 + frame, len(log) + 1, frame):
        if struct.unpack(">I", log[end - frame + 4 : end - frame + 8])[0]:
            folder = scratch / str(end)
            folder.mkdir(parents=True)
            shutil.copyfile(home / DATABASE_NAME, folder / DATABASE_NAME)
            (folder / f"{DATABASE_NAME}-wal").write_bytes(log[:end])
            yield folder / DATABASE_NAME


def dump(database: Path, key: DatabaseKey) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, decrypted; what a table of the index cannot tell is left out."""
    raw = connect_keyed(database, key, journal="as found")
    try:
        names = [
            str(row[0])
            for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        ]
        return {
            name: [tuple(row) for row in raw.execute(f'SELECT * FROM "{name}"').fetchall()] for name in names
        }
    finally:
        raw.close()


def words_of(dumped: Mapping[str, list[tuple[object, ...]]]) -> str:
    """Everything in one text."""
    told = [
        value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
        for rows in dumped.values()
        for row in rows
        for value in row
    ]
    return "\n".join(told)


def drafted(dumped: Mapping[str, list[tuple[object, ...]]]) -> list[JsonValue]:
    """The payloads of the drafts of counts."""
    return [json.loads(str(row[3])) for row in dumped["draft"] if row[0] == COUNTING]


def ballots_in(payload: JsonValue) -> int:
    """How many ballots a kept state holds: the sum of its first row."""
    assert isinstance(payload, dict)
    batches = payload["batches"]
    assert isinstance(batches, list) and isinstance(batches[0], dict)
    first = batches[0]["first"]
    assert isinstance(first, dict)
    sums = set()
    for counts in first.values():
        assert isinstance(counts, dict)
        sums.add(sum(count for count in counts.values() if isinstance(count, int)))
    assert len(sums) <= 1, "every ballot is in every row"
    return sums.pop() if sums else 0


def test_nothing_that_was_ever_written_tells_of_a_single_ballot(
    qtbot: QtBot, town: Township, tmp_path: Path
) -> None:
    window, section = open_section(qtbot, town)
    clerk, ballots = Clerk(qtbot, window), sequence()
    set_up(clerk, section, "龙志明、向光明")
    clerk.press(Qt.Key.Key_Space)
    type_counts(clerk, 60, 50, 50, WHOLE, WHOLE, 0)
    section.board.modes.choose("ballots")
    home, key = town.desk.store.home, town.desk.store.key
    log = home / f"{DATABASE_NAME}-wal"
    before = log.stat().st_size
    town.clock.at(date(2026, 11, 20), 10)
    grown = []
    times = []
    for place, ballot in enumerate(ballots, 1):
        times += tally_one(clerk, town, place, ballot)
        if log.stat().st_size != before:
            grown.append(place)
            before = log.stat().st_size
    assert tuple(grown) == KEPT_AT, "between them not a byte is written"
    assert section.board.ballots.may_take_back()
    clerk.press(Qt.Key.Key_Z, held=Qt.KeyboardModifier.ControlModifier).type(ballots[-1]).enter()
    town.clock.at(date(2026, 11, 20), 12)
    section.board.act()
    with town.desk.store.reading() as reading:
        (vote,) = reading.all(Evaluation)
        rows = sorted(reading.all(TallyRow), key=lambda row: row.place)
        entries = [
            (line.entry.at, line.entry.op) for row in rows for line in reading.history("tally-row", row.uid)
        ]
    assert vote.state == "confirmed"
    for place, row in enumerate(rows):
        expected = [ballot[place] for ballot in ballots]
        assert row.first == expected.count("1") and row.void == expected.count("9")
    assert len(entries) == 4 and len({at for at, _ in entries[1::2]}) == 1, (
        "set up, and one act of confirming"
    )
    states = [dump(state, key) for state in states_of_the_log(home, tmp_path / "log")]
    look_through(states, times, ballots)
    (home / KEYRING_NAME).write_bytes(b"{}")
    packed = backup(
        town.desk.store.engine, key, home, tmp_path / "stick", now=town.clock().replace(tzinfo=None)
    )
    (tmp_path / "opened").mkdir()
    unpack(packed, tmp_path / "opened", quiet, never)
    copied = dump(tmp_path / "opened" / DATABASE_NAME, key)
    assert not drafted(copied), "the draft went with the confirmation"
    look_through([copied], times, ballots)


def tally_one(clerk: Clerk, town: Township, place: int, ballot: str) -> list[str]:
    """Key in one ballot at a minute of its own; the minute, when nothing may be kept of it."""
    town.clock.at(date(2026, 11, 20), 10, place)
    clerk.type(ballot).enter()
    return [] if place in KEPT_AT else [town.clock().isoformat()[:16]]


def look_through(
    states: list[dict[str, list[tuple[object, ...]]]], times: list[str], ballots: list[str]
) -> None:
    """No order, no time, no two kept states fewer than ten ballots apart."""
    kept: list[int] = [0]
    for state in states:
        told = words_of(state)
        assert not [at for at in times if at in told], "the time of a ballot was written"
        orders = (ballots, [KEYS[ballot[0]] for ballot in ballots], [KEYS[ballot[1]] for ballot in ballots])
        for order, between in itertools.product(orders, (",", '","', '", "', "、", "\n", " ")):
            for first in range(len(order) - 3):
                assert between.join(order[first : first + 4]) not in told, "the order of ballots was written"
        for payload in drafted(state):
            assert isinstance(payload, dict)
            assert set(payload) == {"sheets", "batches", "by_ballot"}, "counters and nothing else"
            counted = ballots_in(payload)
            if counted != kept[-1]:
                kept.append(counted)
        assert {ballots_in(payload) for payload in drafted(state)} <= {0, *KEPT_AT}
    assert all(later - earlier >= LEAST_KEPT for earlier, later in itertools.pairwise(kept))
    assert WHOLE - kept[-1] >= LEAST_KEPT, "what is confirmed at last is as far away"


def test_leaving_before_ten_ballots_writes_none_of_them(qtbot: QtBot, town: Township) -> None:
    window, section = open_section(qtbot, town)
    clerk = Clerk(qtbot, window)
    set_up(clerk, section, "龙志明")
    clerk.press(Qt.Key.Key_Space)
    type_counts(clerk, 60, 50, 50, 40, 40, 0)
    section.board.modes.choose("ballots")
    for place in range(1, 14):
        tally_one(clerk, town, place, "1")
    section.close_down()
    with town.desk.store.reading() as reading:
        (vote,) = reading.all(Evaluation)
        draft = reading.draft(COUNTING, vote.uid)
    assert draft is not None and ballots_in(dict(draft.payload)) == 10
    section.count(vote.uid)
    section.board.modes.choose("ballots")
    assert "第11张" in section.board.ballots._head.text(), "from the eleventh on they are counted again"
