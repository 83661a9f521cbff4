"""Saving one visit against a bare INSERT with the same pragmas in an encrypted file of the same kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

from lianxin.bootstrap import profile_named
from lianxin.domain.records import HandlingUnit, Visitor
from lianxin.office.cases.registering import Raised, register_visit
from lianxin.office.desk import Desk
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.store.database import connect_keyed
from lianxin.store.record_store import RecordStore
from tests.bench.open_ledger import around
from tests.bench.table import Measured, side_by_side, typical
from tests.store.desks import KEY, ORG, contact, new_store, visit

ROUNDS, _QUICK_ROUNDS, _WARMING = 600, 60, 20
_HANDED_OVER = 30.0
"""Milliseconds; nobody waits that long knowingly."""
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
    yield _handed_over(folder / "office", rounds)


def _handed_over(folder: Path, rounds: int) -> Measured:
    """The whole use case: the visit, its matter and two steps, each through the checks every step goes through."""
    store = RecordStore.create(folder / "home", KEY, around(folder), org_code=ORG, actor="01")
    set_up(store, Beginning("township", ORG, "清江县石牌镇人民代表大会主席团", station="石牌镇", term=19))
    desk, numbers = Desk(store, profile_named("national")), count()
    with store.writing(reason="测") as door:
        unit = HandlingUnit(uid=door.new_uid(), name="镇水务站")
        door.put(unit)
    raised = Raised(category="02", route="assigned", unit=unit.uid)

    def save() -> None:
        words = f"长坪村三组饮水管破损断水四天，第{next(numbers)}件"
        who = Visitor(uid="", contact="", name="单志明", phone="13912342217")
        register_visit(desk, contact=contact("", words), visitors=[who], raised=raised)

    typical(save, _WARMING)
    took = typical(save, rounds)
    store.close()
    return Measured("register a visit and hand it over (5 records)", took, _HANDED_OVER)
