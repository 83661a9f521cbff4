"""Wrong passphrases cost waiting, longer each time, and never for good; what was tried is kept beside the keyring.

The count lies in the data folder, so that starting the program anew does not end the waiting. A clock set back begins
it once more; one set forward ends it: this slows down somebody at the keyboard, it does not stop the owner of the
computer, against whom Argon2id and the passphrase itself hold.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from lianxin.store.errors import StoreProblem
from lianxin.store.files import write_atomic
from lianxin.store.passphrase import Opened, WrongPassphrase, unlock_as

ATTEMPTS_NAME = "unlock-attempts.json"
FREE = 3
"""Slips of the hand that cost nothing."""
WAITS = (5, 10, 30, 60, 120, 300)
"""Seconds to wait after the following ones; the last for every further one."""


class TooSoon(StoreProblem):
    """After several wrong passphrases the next one has to wait; `seconds` are left."""

    code = "D210"

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            f"口令连续输错多次，请等{seconds}秒再试，数据没有改动。想不起来就用信封里恢复单上的恢复码，不用等。"
        )


def unlock_patiently(home: Path, passphrase: str, *, now: datetime, who: str = "") -> Opened:
    """As `unlock_as`, but only when nothing has to be waited for. Raises TooSoon and what that raises."""
    left = wait_left(home, now=now)
    if left:
        raise TooSoon(left)
    try:
        opened = unlock_as(home, passphrase, who=who)
    except WrongPassphrase:
        _write(home, _read(home)[0] + 1, now)
        raise
    forget(home)
    return opened


def wait_left(home: Path, *, now: datetime) -> int:
    """Whole seconds until the next passphrase is tried; 0 when it may be now."""
    wrong, last = _read(home)
    if last is None or wrong <= FREE - 1:
        return 0
    wait = WAITS[min(wrong - FREE, len(WAITS) - 1)]
    passed = (now - last).total_seconds()
    if passed < 0:
        _write(home, wrong, now)
        passed = 0
    return max(0, -int(-(wait - passed) // 1))


def forget(home: Path) -> None:
    """A passphrase fitted: the next slip of the hand is the first again."""
    with suppress(OSError):
        (home / ATTEMPTS_NAME).unlink(missing_ok=True)


def _read(home: Path) -> tuple[int, datetime | None]:
    try:
        told = json.loads((home / ATTEMPTS_NAME).read_text("utf-8"))
        last = datetime.fromisoformat(str(told["last"])) if isinstance(told, dict) else None
        wrong = told["wrong"] if isinstance(told, dict) else 0
    except (OSError, ValueError, KeyError):
        return 0, None
    # A file somebody wrote into must neither lock for good nor stop the program.
    usable = last is not None and last.tzinfo is not None and isinstance(wrong, int) and wrong > 0
    return (min(wrong, FREE + len(WAITS)), last) if usable else (0, None)


def _write(home: Path, wrong: int, now: datetime) -> None:
    # A folder that cannot be written must not keep the right passphrase from opening.
    with suppress(OSError):
        told = {"wrong": wrong, "last": now.isoformat()}
        write_atomic(home / ATTEMPTS_NAME, json.dumps(told).encode())
