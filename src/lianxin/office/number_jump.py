"""After a copied or restored ledger its numbers jump; the window says so once, and why."""

from __future__ import annotations

import json

from lianxin.office.desk import Desk
from lianxin.store.reading import Reading
from lianxin.store.record_store import NEW_REPLICA, NUMBER_JUMP
from lianxin.store.statements import run

_TOLD = "number-jump-told"


def jump_to_tell(desk: Desk) -> str:
    """The sentence about the latest jump, "" when there was none or the clerk has read it (`jump_told`)."""
    with desk.store.reading() as reading:
        at = _latest(reading)
        told = reading.setting(_TOLD)
    if at is None or told == at[0]:
        return ""
    return (
        f"这份台账是从备份恢复的，或是复制、搬到这里的。为了不和原来那份编出同样的号，从现在起新编号跳过{at[1]}个"
        f"（例如0037之后是{38 + at[1]:04d}）。已有的编号和内容都没有变；中间空出的号作废留号，不是少了记录。"
    )


def jump_told(desk: Desk) -> None:
    """The clerk has read it: it is not said again until the next jump."""
    with desk.store.reading() as reading:
        at = _latest(reading)
    if at is not None:
        desk.store.set_setting(_TOLD, at[0])


def _latest(reading: Reading) -> tuple[str, int] | None:
    """The id that was begun last, and by how much the numbers jumped."""
    found = run(
        reading.connection,
        "SELECT detail FROM local_log WHERE what = ? ORDER BY rowid DESC LIMIT 1",
        (NEW_REPLICA,),
    ).fetchone()
    if found is None:
        return None
    told = json.loads(str(found[0]))
    return str(told["begun"]), int(told.get("jump", NUMBER_JUMP))
