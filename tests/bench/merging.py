"""A county takes in 200 verified bundles with 20,000 records, against bare inserts of the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from lianxin.county.figures.town_figures import figures_by_town
from lianxin.county.returns.overview import overview, period_shown
from lianxin.domain.dictionary import kinds
from lianxin.domain.periods import Period
from lianxin.domain.records import Township, Visitor
from lianxin.office.desk import Desk
from lianxin.office.receiving.receive import receive
from lianxin.store.check import check
from lianxin.store.database import connect_keyed
from lianxin.store.statements import run
from lianxin.store.tables import table_name
from tests.bench.memory import MostMemory
from tests.bench.table import Measured, Took, Watch, middle, timed, typical
from tests.county.offices import Offices, new_desk, offices_in
from tests.county_year.light_post import light_report
from tests.office.township import Clock
from tests.store.desks import KEY, contact

TOWNS, BUNDLES, RECORDS = 4, 50, 100
_WORDS = "长坪村三组饮水管破损断水四天，第{}件"
_ENDS = 40
"""So many bundles are the first ones, and the last ones."""
_ROUNDS = 3
_MOST_MIB = 50.0
_LISTED = 200
_PERIOD = "2026-11"
_PAGE = 300.0
"""A page that is opened may take so long, milliseconds."""


def measure(folder: Path, quick: bool) -> Iterator[Measured]:
    """A stick with all of them, each taken in in its own transaction; the county's memory meanwhile."""
    with offices_in(folder / "offices") as offices:
        files = _files(offices, folder / "stick")
        most = MostMemory()
        watch = Watch()
        each = _taken(offices.county, files)
        whole = watch.took()
        memory = most.mib()
        assert check(offices.county.store).ok
        rounds = [
            _bare(offices.county, folder / f"bare-{at}.db", len(files))
            for at in range(1 if quick else _ROUNDS)
        ]
        pages = list(_pages(offices.county))
    size = TOWNS * BUNDLES
    yield Measured(f"take in {size} bundles, {size * RECORDS:,} records, verified", whole, 15_000)
    yield Measured("  held against", whole, 3, "bare executemany, one commit a bundle", middle(rounds))
    first, last = middle(each[:_ENDS]), middle(each[-_ENDS:])
    yield Measured(f"  the last {_ENDS} bundles, each", last, 1.2, "the first", first)
    yield Measured("  most memory it took", Took(memory, 0), _MOST_MIB, unit="MiB")
    yield from pages


def _pages(county: Desk) -> Iterator[Measured]:
    """What the county's first pages ask, once it has 200 townships in its list."""
    with county.store.writing(reason="登记乡镇") as door:
        for number in range(_LISTED - TOWNS):
            code = f"4399013{number:02d}" if number < 100 else f"4399014{number - 100:02d}"
            door.put(Township(uid=door.new_uid(), code=code, name=f"清江县第{number + TOWNS + 1}乡"))
    told = typical(lambda: overview(county, period_shown(county, _PERIOD)), _ROUNDS)
    yield Measured(f"county: overview of {_LISTED} townships", told, _PAGE)
    counted = typical(lambda: figures_by_town(county, Period.parse(_PERIOD)), _ROUNDS)
    yield Measured("county: figures of a month by township", counted, 5 * _PAGE)


def _taken(county: Desk, files: list[Path]) -> list[Took]:
    """Of every bundle its verification and its transaction, in the order they were taken in."""
    watch = Watch()
    ticks = [watch.took()]
    verdicts = receive(county, files, progress=lambda done, total: ticks.append(watch.took()))
    assert all(told.ok for told in verdicts)
    count = len(files)
    steps = [after - before for before, after in pairwise(ticks)]
    return [verified + merged for verified, merged in zip(steps[:count], steps[count:], strict=False)]


def _files(offices: Offices, folder: Path) -> list[Path]:
    """Reports that begin where the one before ended, as receipts between them make them."""
    towns = []
    for number in range(TOWNS):
        town = new_desk(
            offices.folder, offices.clock, f"4399012{number:02d}", f"清江县第{number}镇人大主席团"
        )
        offices.enrol(town)
        towns.append(town)
    files = []
    there: dict[str, Mapping[str, int]] = {}
    for bundle in range(BUNDLES):
        for town in towns:
            _fill(town, bundle, offices.clock)
            replica = town.store.replica
            path = folder / f"{bundle + 1:03d}-{replica}.zip.age"
            after = there.get(replica, {})
            sent = light_report(town, path, period="2026-11", seq=bundle + 1, after=after)
            there[replica] = sent.reaches
            files.append(sent.path)
    for town in towns:
        town.store.close()
    return files


def _fill(town: Desk, bundle: int, clock: Clock) -> None:
    """Two records every five minutes: ids grow with time as those of clerks do, and scatter over no whole table."""
    with town.store.writing(reason="测") as door:
        for place in range(RECORDS // 2):
            clock.now += timedelta(minutes=5)
            here = door.new_uid()
            door.put(contact(here, _WORDS.format(bundle * RECORDS + place)))
            door.put(Visitor(uid=door.new_uid(), contact=here, name="单志明", phone="13912342217"))


def _bare(county: Desk, path: Path, commits: int) -> Took:
    """The same rows of journal, values, records and index, straight into a file of the same kind."""
    tables = ["entry", "value", *(table_name(cls) for cls in kinds())]
    rows: dict[str, list[tuple[object, ...]]] = {}
    with county.store.reading() as reading:
        for table in tables:
            rows[table] = list(run(reading.connection, f'SELECT * FROM "{table}"'))
        shapes = [
            str(row[0])
            for row in run(
                reading.connection, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
            ).fetchall()
            if "words_" not in str(row[0])
        ]
        rows["words"] = list(run(reading.connection, "SELECT kind, uid, text FROM words"))
    raw = connect_keyed(path, KEY, create=True)
    for shape in shapes:
        raw.execute(shape)

    def insert() -> None:
        for number in range(commits):
            raw.execute("BEGIN IMMEDIATE")
            for table, every in rows.items():
                part = every[number * len(every) // commits : (number + 1) * len(every) // commits]
                if part:
                    names = "(kind, uid, text)" if table == "words" else ""
                    marks = ", ".join("?" * len(part[0]))
                    raw.executemany(f'INSERT INTO "{table}"{names} VALUES({marks})', part)
            raw.execute("COMMIT")

    took = timed(insert)
    raw.close()
    return took
