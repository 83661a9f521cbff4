"""An encrypted ledger of 100,000 matters with their contacts, visitors and steps, made once and kept in the temp folder.

Rows are copies of one written through the door but for what differs; no journal stands behind them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

from sqlalchemy import Connection

from lianxin.bootstrap import profile_named
from lianxin.domain.dictionary import Record, Wire, kinds
from lianxin.domain.records import (
    Assignment,
    Contact,
    HandlingUnit,
    Opinion,
    Region,
    Reply,
    Routing,
    Satisfaction,
    Visitor,
)
from lianxin.office.desk import Desk
from lianxin.office.safekeeping.keeping import note_sheet_kept
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.store import search
from lianxin.store.record_store import RecordStore
from lianxin.store.statements import run
from lianxin.store.tables import SEARCH, UID, shape_digest, table_name
from tests.bench.lists import WORDS
from tests.bench.open_ledger import NOW, around
from tests.store.desks import KEY, ORG

COUNT = 100_000
_DAYS = 3_650
_OPEN_SHARE = 0.02
_LATEST_DAYS = 60
_FORM = 3
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华建国志红春梅小龙玉珍文辉秀云金凤德海"

Row = dict[str, Wire]


def big_home() -> Path:
    """The folder of the kept ledger for this shape of the dictionary; made now when it is not there."""
    shape = sha256("".join(shape_digest(cls) for cls in kinds()).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"lianxin-bench-{COUNT}-{_FORM}-{shape}"
    if not (folder / "whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _make(folder)
        (folder / "whole").touch()
    return folder


def _make(folder: Path) -> None:
    store = RecordStore.create(folder / "home", KEY, around(folder), org_code=ORG, actor="01")
    name = "清江县石牌镇人民代表大会主席团"
    set_up(store, Beginning("township", ORG, name, station="石牌镇代表联络站", term=19))
    note_sheet_kept(Desk(store, profile_named("national")))
    templates = _templates(store)
    random = Random(11)
    with store.bookkeeping() as connection:
        inserts = {cls: _Insert(connection, cls, row) for cls, row in templates.items()}
        for place in range(COUNT):
            for cls, changed in _matter(place, random):
                inserts[cls].put(changed)
    store.close()


def _templates(store: RecordStore) -> Mapping[type[Record], Row]:
    """One stored row of each kind, written as the program writes it and then taken away."""
    day = NOW.date()
    with store.writing(reason="测") as door:
        village = Region(uid=door.new_uid(), name="长坪村", code="439901102201", level="village")
        unit = HandlingUnit(uid=door.new_uid(), name="镇水务站")
        door.put(village)
        door.put(unit)
        here = Contact(
            uid=door.new_uid(), channel="visit", day=day, words="样", number="439901102-2026-JF000001"
        )
        matter = Opinion(
            uid=door.new_uid(), title="样", words="样", registered=day, contact=here.uid, village=village.uid,
            category="02", number="439901102-2026-YJ000001",
        )  # fmt: skip
        made: list[Record] = [
            here,
            Visitor(
                uid=door.new_uid(), contact=here.uid, name="单志明", phone="13912342217", village=village.uid
            ),
            matter,
            Routing(uid=door.new_uid(), opinion=matter.uid, day=day, route="assigned"),
            Assignment(uid=door.new_uid(), opinion=matter.uid, day=day, unit=unit.uid),
            Reply(uid=door.new_uid(), opinion=matter.uid, day=day, result="A", words="已解决", unit=unit.uid),
            Satisfaction(uid=door.new_uid(), opinion=matter.uid, day=day, overall="satisfied"),
        ]
        for record in made:
            door.put(replace(record))
    found: dict[type[Record], Row] = {}
    with store.bookkeeping() as connection:
        for record in made:
            cls, table = type(record), table_name(type(record))
            row = connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE uid = ?', (record.uid,))
            found[cls] = dict(row.mappings().one())
            run(connection, f'DELETE FROM "{table}"')
            search.drop_kind(connection, cls.KIND)
    return found


class _Insert:
    """Puts rows of one kind, each a copy of the template but for what differs."""

    def __init__(self, connection: Connection, cls: type[Record], template: Row) -> None:
        self._connection, self._cls, self._template = connection, cls, template
        named = ", ".join(f'"{name}"' for name in template)
        marks = ", ".join("?" * len(template))
        self._sql = f'INSERT INTO "{table_name(cls)}"({named}) VALUES({marks})'

    def put(self, changed: Row) -> None:
        values = {**self._template, **changed}
        text = search.words_of(self._cls, values)
        uid = str(values[UID])
        values[SEARCH] = search.put(self._connection, self._cls.KIND, uid, text, None) if text else None
        run(self._connection, self._sql, tuple(values.values()))


def _matter(place: int, random: Random) -> Iterator[tuple[type[Record], Row]]:
    """One matter as it comes in life: a contact, who came, the matter, its steps; nearly all are closed."""
    latest = NOW.date() - timedelta(days=1)
    day = latest - timedelta(days=_DAYS - place * _DAYS // COUNT)
    words = "".join(random.choices(WORDS, k=random.randint(8, 40)))
    name = random.choice(_SURNAMES) + "".join(random.choices(_GIVEN, k=random.randint(1, 2)))
    here, who, matter = (_uid(place, kind) for kind in (1, 2, 3))
    is_open = random.random() < _OPEN_SHARE or (latest - day).days < random.randrange(_LATEST_DAYS)
    done = random.randrange(4) if is_open else 4
    yield Contact, {
        UID: here, "date": day.isoformat(), "words": words, "persons": random.choice((1, 1, 1, 2, 3)),
        "number": f"{ORG}-{day.year}-JF{place:06d}",
    }  # fmt: skip
    yield Visitor, {UID: who, "contact": here, "name": name, "phone": f"139{random.randrange(10**8):08d}"}
    yield Opinion, {
        UID: matter, "contact": here, "registered": day.isoformat(), "title": words[:14], "words": words,
        "number": f"{ORG}-{day.year}-YJ{place:06d}", "category": f"{random.randint(1, 18):02d}",
    }  # fmt: skip
    steps: tuple[tuple[type[Record], int], ...] = (
        (Routing, 1),
        (Assignment, 2),
        (Reply, 9),
        (Satisfaction, 12),
    )
    for kind, (cls, after) in enumerate(steps[:done], 4):
        then = min(day + timedelta(days=after), latest)
        yield (
            cls,
            {UID: _uid(place, kind), "opinion": matter, "date": then.isoformat(), "number": None}
            if (cls is Assignment)
            else {UID: _uid(place, kind), "opinion": matter, "date": then.isoformat()},
        )


def _uid(place: int, kind: int) -> str:
    """Grows with time, as the program's own do."""
    return f"{place:08x}-{kind:04x}-7000-8000-000000000000"
