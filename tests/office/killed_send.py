"""Sends again and again and dies at every step: python -m tests.office.killed_send HOME WITNESS FOLDER PERIOD.

The papers are made once, since making them takes no step. For each step a child opens the ledger, sends, and kills itself there with SIGKILL; then another child sends again
and is left to finish. One JSON line a step: its name, what lies in the folder after the kill, and after the second
sending. Ends when a sending has no such step any more. What is sent depends on the ledger: 普通报送 before enrolment.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

from lianxin.bootstrap import profile_named
from lianxin.office.desk import Desk
from lianxin.office.figuring import period_of
from lianxin.office.sending.final import papers_for
from lianxin.office.sending.report import send
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.record_store import RecordStore, Surroundings
from tests.keys.light_key_files import few_rounds

LOADED_BY_SENDING = (
    "docx",
    "openpyxl",
    "pypinyin",
    "cryptography.x509",
    "pyrage",
    "lianxin.office.sending.papers",
)
NOW = datetime(2026, 12, 5, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def reopened(home: Path, witness: Path) -> Desk:
    """The township's ledger opened anew, as after a restart, on the day of reporting."""
    around = Surroundings(lambda: NOW, os.urandom, "甲", witness)
    store = RecordStore.open(home, DatabaseKey(bytes(range(32))), around, actor="01")
    return Desk(store, profile_named("national"))


def main() -> int:
    home, witness, folder, period = (*map(Path, sys.argv[1:4]), sys.argv[4])
    # Once for all children, of which there are two a step.
    for name in LOADED_BY_SENDING:
        import_module(name)
    desk = reopened(home, witness)
    papers = papers_for(desk, period_of(desk, period))
    desk.store.close()
    with patch("lianxin.office.sending.send.papers_on", lambda *_: papers):
        return _killed_at_every_step(home, witness, folder, period)


def _killed_at_every_step(home: Path, witness: Path, folder: Path, period: str) -> int:
    read, write = os.pipe()
    at = 0
    while True:
        at += 1
        killed = _in_child(home, witness, folder, period, at, write)
        if not os.WIFSIGNALED(killed):
            return os.waitstatus_to_exitcode(killed)
        name = os.read(read, 200).decode().strip()
        after = _names(folder)
        finished = _in_child(home, witness, folder, period, 0, write)
        told = {"step": name, "after_kill": after, "finished": os.waitstatus_to_exitcode(finished)}
        print(json.dumps({**told, "after_sending": _names(folder)}, ensure_ascii=False), flush=True)


def _in_child(home: Path, witness: Path, folder: Path, period: str, at: int, write: int) -> int:
    """Sends in a process of its own that dies at step `at` (0: never); the status it ended with."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    seen = 0

    def step(name: str) -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            os.write(write, f"{name}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        desk = reopened(home, witness)
        send(desk, period=period_of(desk, period), to=folder, step=step)
    except BaseException as wrong:
        print(wrong, file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


if __name__ == "__main__":
    with few_rounds():
        sys.exit(main())
