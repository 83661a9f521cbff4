"""Searching, listing and opening with 100,000 opinions in the encrypted database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

from lianxin.domain.dictionary import Wire
from lianxin.domain.records import Opinion
from lianxin.store import search
from lianxin.store.reading import Order
from lianxin.store.record_store import RecordStore
from lianxin.store.statements import run
from lianxin.store.tables import SEARCH, STATE, UID, table_name
from tests.bench.table import Measured, middle, timed, typical, worst
from tests.store.desks import new_store, reopened

COUNT, MILLION = 100_000, 1_000_000
_ROUNDS, _SCANS = 7, 3
_TYPICAL, _SLOWEST, _LARGE = 10.0, 30.0, 50.0
"""Milliseconds a search may take: most words, the slowest, any of them among a million."""
_SPOKEN = (
    "饮水水管破损断水路灯不亮村道硬化塌方桥梁维修危房改造低保评定医保报销学校食堂校车接送垃圾"
    "清运污水排放噪音扰民土地征收补偿款项拖欠工资河道清淤山林纠纷电压不稳网络信号快递进村农田"
    "灌溉水渠堵塞养老服务卫生室药品少公厕修建停车困难红绿灯坏牛羊防疫疫苗接种户口迁移身份证件"
    "办理"
)
WORDS = [_SPOKEN[at : at + 2] for at in range(0, len(_SPOKEN), 2)]


def measure(folder: Path, quick: bool) -> Iterator[Measured]:
    """Fills a ledger, then asks it what the window asks."""
    store = new_store(folder)
    fill(store, COUNT)
    store.close()
    rounds = 1 if quick else _ROUNDS
    yield Measured("open the ledger (100k)", typical(lambda: reopened(folder).close(), rounds), 100)
    store = reopened(folder)
    yield from _searching(store, COUNT, _TYPICAL, _SLOWEST)
    yield from _listing(store, rounds)
    store.close()


def measure_million(folder: Path, _quick: bool) -> Iterator[Measured]:
    """Ten times as many; only searching has a bar there."""
    store = new_store(folder)
    fill(store, MILLION)
    yield from _searching(store, MILLION, _LARGE, _LARGE)
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


def _searching(store: RecordStore, size: int, bar: float, slowest: float) -> Iterator[Measured]:
    asked = [*WORDS, *(one[-1] + other[0] for one, other in pairwise(WORDS))]
    with store.reading() as reading:

        def rows(word: str) -> None:
            hits = reading.search(word, kinds=["opinion"], limit=50)
            reading.by_uid(Opinion, [hit.uid for hit in hits])

        def scan(word: str) -> None:
            sql = f"SELECT count(*) FROM {table_name(Opinion)} WHERE words LIKE ?"
            reading.connection.exec_driver_sql(sql, (f"%{word}%",)).scalar_one()

        times = [timed(partial(rows, word)) for word in asked]
        scans = typical(partial(scan, WORDS[0]), _SCANS)
        yield Measured(f"search a 2-character word, 50 rows, {size:,}", middle(times), bar)
        yield Measured(f"  the slowest of {len(asked)}", worst(times), slowest)
        yield Measured("  held against LIKE", middle(times), 0.2, "LIKE count scan", scans)


def _listing(store: RecordStore, rounds: int) -> Iterator[Measured]:
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

        yield Measured("keys of 100k by day, and the first page", typical(first_paint, rounds), 300)
        yield Measured("keys of 100k by uid", typical(lambda: reading.keys(Opinion), rounds), 300)
        yield Measured("  a page of 200 anywhere", typical(jump, 60), 50)
        yield Measured("count 100k", typical(lambda: reading.count(Opinion), rounds), 300)
