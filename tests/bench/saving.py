"""Saving one visit against a bare INSERT with the same pragmas in an encrypted file of the same kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

from lianxin.store.database import connect_keyed
from tests.bench.table import Measured, side_by_side
from tests.store.desks import KEY, contact, new_store, visit

ROUNDS, _QUICK_ROUNDS = 600, 60
_SIGNS = "村组路灯水管饮用破损断电桥梁修理道补助低保医疗教师学校田地界纠纷噪音垃圾"


def measure(folder: Path, quick: bool) -> Iterator[Measured]:
    """One visit: contact and visitor, each with entry, row, index; encrypted, forced to the disk."""
    store = new_store(folder)
    random = Random(7)
    names = ["单志明", "曾小燕", "欧阳建国", "刘青山", "查良友"]

    def save() -> None:
        visit(store, "".join(random.choices(_SIGNS, k=30)), random.choice(names))

    raw = connect_keyed(folder / "bare.db", KEY, create=True)
    raw.execute("CREATE TABLE t(uid TEXT PRIMARY KEY, day TEXT, words TEXT, rest TEXT)")
    numbers = count()

    def bare() -> None:
        raw.execute("BEGIN IMMEDIATE")
        row = (f"{next(numbers):036d}", "2026-11-02", "".join(random.choices(_SIGNS, k=30)), "x" * 300)
        raw.execute("INSERT INTO t VALUES(?, ?, ?, ?)", row)
        raw.execute("COMMIT")

    def one() -> None:
        with store.writing(reason="登记") as door:
            door.put(contact(door.new_uid(), "".join(random.choices(_SIGNS, k=30))))

    rounds = _QUICK_ROUNDS if quick else ROUNDS
    side_by_side(save, bare, 50)
    ours, base = side_by_side(save, bare, rounds)
    yield Measured("save one visit (contact and visitor)", ours, 3, "bare INSERT + commit", base)
    ours, base = side_by_side(one, bare, rounds)
    yield Measured("save one contact", ours, 3, "bare INSERT + commit", base)
    raw.close()
    store.close()
