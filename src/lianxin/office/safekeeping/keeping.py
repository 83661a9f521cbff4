"""Keeping the office's data safe: passphrase, recovery sheet, proving that all is well."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime

from lianxin.domain.dates import show_moment
from lianxin.office.desk import Desk
from lianxin.store import passphrase as keyring
from lianxin.store.errors import StoreProblem
from lianxin.store.passphrase import RecoveryCode
from lianxin.store.reading import Reading

_SHEET_KEPT = "recovery-sheet-kept"


def change_passphrase(desk: Desk, *, old: str, new: str) -> None:
    """Another passphrase of one's own for the same data. Raises WrongPassphrase, EmptyPassphrase."""
    home, actor = desk.store.home, desk.acting.code
    key = keyring.unlock_as(home, old, who=actor).key
    keyring.change_passphrase(home, key, new, actor=actor, random=desk.store.random)
    desk.store.note("更换口令", desk.acting.name)


def new_recovery_code(desk: Desk) -> RecoveryCode:
    """A fresh recovery code; the sheet printed before no longer opens these data."""
    desk.require("keys")
    code = keyring.renew_recovery_code(desk.store.home, desk.store.key, random=desk.store.random)
    # What was put away is void from now on; nobody has said yet that the new one is.
    desk.store.set_setting(_SHEET_KEPT, None)
    desk.store.note("更换恢复单", "")
    return code


def ways_into_backups(reading: Reading) -> tuple[str, ...]:
    """Which passphrase opens which backup, latest first: a backup opens by what was valid on the day it was made."""
    found = []
    for at, what, whose in reading.logged(tuple(_CHANGES), limit=_CHANGES_SHOWN):
        moment = datetime.fromisoformat(at)
        who = f"（{whose}）" if whose else ""
        found.append(f"{show_moment(moment)} {what}{who}：在这以前做的备份，{_CHANGES[what]}")
    return tuple(found)


_CHANGES = {
    "更换口令": "用换之前的口令打开。",
    "重设口令": "这个人仍用重设之前的口令打开。",
    "更换恢复单": "用换之前那张恢复单打开。",
    "交接": "用移交人当时的口令，或当时的恢复单打开；接收人的口令打不开。",
}
_CHANGES_SHOWN = 20


def note_sheet_kept(desk: Desk) -> None:
    """Remembers that somebody said the recovery sheet is printed and put away."""
    desk.store.set_setting(_SHEET_KEPT, desk.today().isoformat())


def sheet_kept(reading: Reading) -> str:
    """The day on which the recovery sheet was put away as ISO text; empty when nobody said so."""
    told = reading.setting(_SHEET_KEPT)
    return told if isinstance(told, str) else ""


def check_data(desk: Desk, *, tell: Callable[[str], None] = lambda words: None) -> tuple[str, ...]:
    """What is wrong with the data, in Chinese sentences; empty when all is well."""
    # Checking reads everything a ledger may hold; the first page only asks for the recovery sheet.
    from lianxin.store.check import check, file_damage

    tell("核对数据文件")
    damage = file_damage(desk.store)
    if damage is not None:
        return (f"数据文件有损坏：{damage}",)
    tell("核对流水、台账与附件")
    put_in_order(desk)
    return check(desk.store).problems


def kept_for_later(desk: Desk) -> str:
    """A sentence on what a newer program wrote and this one cannot show; empty when there is nothing of it."""
    with desk.store.reading() as reading:
        count = sum(reading.not_understood().values())
    return (
        f"有{count}条记录是别的电脑用更新的版本写的，本机版本看不全；都留着，升级以后就能看到。"
        if count
        else ""
    )


def put_in_order(desk: Desk) -> None:
    """Puts the attachments in order: received ones in, what a power cut left away.

    Neither stops what follows: another window may be saving now, a received file may be damaged.
    """
    from lianxin.office.attaching import bring_received
    from lianxin.store.blobs import sweep

    with contextlib.suppress(StoreProblem, OSError):
        bring_received(desk)
    with contextlib.suppress(StoreProblem, OSError):
        sweep(desk.store)
