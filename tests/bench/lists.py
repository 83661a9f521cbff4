"""Searching, listing and opening with 100,000 opinions in the encrypted database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median

from lianxin.domain.dictionary import Wire
from lianxin.domain.records import Opinion
from lianxin.store import search
from lianxin.store.reading import Order
from lianxin.store.record_store import RecordStore
from lianxin.store.statements import run
from lianxin.store.tables import SEARCH, STATE, UID, table_name
from tests.bench.table import Measured, timed, typical
from tests.store.desks import new_store, reopened

COUNT = 100_000
_SPOKEN = (
    "饮水水管破损断水路灯不亮村道硬化塌方桥梁维修危房改造低保评定医保报销学校食堂校车接送垃圾"
    "清运污水排放噪音扰民土地征收补偿款项拖欠工资河道清淤山林纠纷电压不稳网络信号快递进村农田"
    "灌溉水渠堵塞养老服务卫生室药品少公厕修建停车困难红绿灯坏牛羊防疫疫苗接种户口迁移身份证件"
    "办理"
)
WORDS = [_SPOKEN[at : at + 2] for at in range(0, len(_SPOKEN), 2)]


def measure(folder: Path) -> Iterator[Measured]:
    """Fills a ledger, then asks it what the window asks."""
    store = new_store(folder)
    fill(store, COUNT)
    store.close()
    yield Measured("open the ledger (100k)", typical(lambda: reopened(folder).close(), 9), 100)
    store = reopened(folder)
    yield from _searching(store)
    yield from _listing(store)
    store.close()


def fill(store: RecordStore, number: int) -> None:
    """Rows and index of so many opinions, all copies of one but for words and days; no journal behind them."""
    random = Random(3)
    with store.writing(reason="测") as door:
        first = door.new_uid()
        door.put(Opinion(uid=first, title="样", words="样", registered=date(2026, 1, 1)))
    with store.bookkeeping() as connection:
        sql = f'SELECT * FROM "{table_name(Opinion)}"'
        row = connection.exec_driver_sql(sql).mappings().one()
        template: dict[str, Wire] = {name: row[name] for name in row}
        named = ", ".join(f'"{name}"' for name in template)
        insert = f'INSERT INTO "{table_name(Opinion)}"({named}) VALUES({", ".join("?" * len(template))})'
        for place in range(number):
            words = "".join(random.choices(WORDS, k=random.randint(8, 40)))
            day = date(2020, 1, 1) + timedelta(days=random.randrange(2200))
            values = {
                **template,
                UID: f"{place:08d}-0000-7000-8000-000000000000",
                "registered": day.isoformat(),
            }
            values |= {"title": words[:14], "words": words, "number": f"439901102-{day.year}-YJ{place:06d}"}
            text = search.words_of(Opinion, values)
            values[SEARCH] = search.put(connection, Opinion.KIND, str(values[UID]), text, None)
            values[STATE] = str(template[STATE])
            run(connection, insert, tuple(values.values()))


def _searching(store: RecordStore) -> Iterator[Measured]:
    asked = [*WORDS, *(one[-1] + other[0] for one, other in pairwise(WORDS))]
    with store.reading() as reading:

        def rows(word: str) -> None:
            hits = reading.search(word, kinds=["opinion"], limit=50)
            reading.by_uid(Opinion, [hit.uid for hit in hits])

        def scan(word: str) -> None:
            sql = f"SELECT count(*) FROM {table_name(Opinion)} WHERE words LIKE ?"
            reading.connection.exec_driver_sql(sql, (f"%{word}%",)).scalar_one()

        times = [timed(partial(rows, word)) for word in asked]
        scans = median(timed(partial(scan, word)) for word in WORDS[:9])
        yield Measured("search a 2-character word, first 50 rows", median(times), 10)
        yield Measured("  the slowest of them", max(times), 30)
        yield Measured("  held against LIKE", median(times), 0.2, "LIKE count scan", scans)


def _listing(store: RecordStore) -> Iterator[Measured]:
    random = Random(5)
    with store.reading() as reading:
        order = Order("registered", descending=True)
        keys = reading.keys(Opinion, order=order)

        def first_paint() -> None:
            listed = reading.keys(Opinion, order=order)
            reading.by_uid(Opinion, listed[:200])

        def jump() -> None:
            place = random.randrange(len(keys) - 200)
            reading.by_uid(Opinion, keys[place : place + 200])

        yield Measured("keys of 100k by day, and the first page", typical(first_paint, 7), 300)
        yield Measured("keys of 100k by uid", typical(lambda: reading.keys(Opinion), 7), 300)
        yield Measured("  a page of 200 anywhere", typical(jump, 60), 50)
        yield Measured("count 100k", typical(lambda: reading.count(Opinion), 7), 300)
