"""A county's morning with a stick of everything: good, repeated, behind a gap, in conflict, changed, cut, unsigned."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from lianxin.county.outgoing.receipts import write_receipts
from lianxin.office.desk import Desk
from lianxin.office.handover.accepting import accept
from lianxin.office.receiving.taking_back import undo_receive
from lianxin.store.record_store import RecordStore, Surroundings
from tests.county.made_bundles import entries_of, made
from tests.county.offices import COUNTY, NAMES, laid_down, made_offices
from tests.county.posts import Posts
from tests.store.kept_ledger import KeptLedger

FURTHER = {
    "439901104": "清江县云溪乡人大主席团",
    "439901105": "清江县白水镇人大主席团",
    "439901106": "清江县大坪乡人大主席团",
    "439901107": "清江县龙潭镇人大主席团",
    "439901108": "清江县双溪乡人大主席团",
}


@dataclass
class Morning:
    """The posts, the further townships by code, and the stick that lies on the table."""

    posts: Posts
    towns: dict[str, Desk]
    stick: Path

    @property
    def county(self) -> Desk:
        return self.posts.county


@dataclass(frozen=True)
class KeptMorning:
    """The ledgers by code, and what lies on the stick by name."""

    ledgers: Mapping[str, KeptLedger]
    stick: Mapping[str, bytes]


@contextmanager
def busy_morning(folder: Path) -> Iterator[Morning]:
    """Seven townships; last month's files are in, this month's lie on the stick."""
    kept, stick = _kept(), folder / "U盘"
    stick.mkdir()
    for name, held in kept.stick.items():
        (stick / name).write_bytes(held)
    with laid_down(kept.ledgers, folder) as (offices, desks):
        yield Morning(Posts(offices), {code: desks[code] for code in FURTHER}, stick)


@cache
def _kept() -> KeptMorning:
    """That morning, made once a run."""
    with made_offices({**NAMES, **FURTHER}) as made:
        stick = made.offices.folder / "U盘"
        stick.mkdir()
        for code, desk in made.desks.items():
            if code != COUNTY:
                made.offices.enrol(desk)
        _fill(Morning(Posts(made.offices), {code: made.desks[code] for code in FURTHER}, stick))
        return KeptMorning(made.keep(), {file.name: file.read_bytes() for file in stick.iterdir()})


def _fill(morning: Morning) -> None:
    """What is in already, and what lies on the stick."""
    stick = morning.stick
    _good(morning, "439901104", 5)
    _good(morning, "439901108", 3)
    _repeated(morning)
    _gap(morning)
    _conflict(morning)
    _aside(morning)
    _changed(morning)
    _report(morning, morning.posts.town, 6)
    (stick / "附件(3).zip").write_bytes((stick / "439901102.zip.age").read_bytes()[:900])
    (stick / "会议照片.jpg").write_bytes(b"\xff\xd8\xff" + bytes(400))


def copied(desk: Desk, folder: Path) -> Desk:
    """The data folder as it is now, opened elsewhere."""
    shutil.copytree(desk.store.home, folder, ignore=shutil.ignore_patterns("*.lock"))
    around = Surroundings(desk.store.now, desk.store.random, "主席办公室电脑", folder / "witness")
    return replace(desk, store=RecordStore.open(folder, desk.store.key, around, actor="01"))


WORDS = (
    "长坪村三组饮水管破损，26户断水4天", "卧龙村二组机耕道被水冲断，车子进不去", "集镇路灯不亮，晚上出门不方便",
    "合作医疗报销手续多，跑了三趟", "村口垃圾一周没有清运", "小学门口上下学时间堵车",
)  # fmt: skip


def _report(morning: Morning, desk: Desk, visits: int) -> Path:
    for number in range(visits):
        morning.posts.visit(desk, WORDS[number % len(WORDS)], day=2 + number)
    file = morning.posts.send(desk, folder=f"from {desk.store.replica}")
    code = desk.store.replica.partition("-")[0]
    return Path(shutil.copy(file, morning.stick / f"{code}.zip.age"))


def _good(morning: Morning, code: str, visits: int) -> None:
    _report(morning, morning.towns[code], visits)


def _repeated(morning: Morning) -> None:
    file = _report(morning, morning.towns["439901105"], 2)
    morning.posts.receive(file)


def _gap(morning: Morning) -> None:
    """The second of three is missing: it was taken back after the township had its receipt."""
    posts, town = morning.posts, morning.towns["439901106"]
    ids = []
    for number in range(2):
        posts.visit(town, WORDS[number])
        (told,) = posts.receive(posts.send(town, folder=f"gap {number}"))
        ids.append(str(told.bundle_id))
        (receipt,) = write_receipts(
            posts.county, to=posts.offices.folder / f"gap down {number}", codes=["439901106"]
        )
        accept(town, [receipt.path])
    undo_receive(posts.county, ids[1])
    _report(morning, town, 1)


def _conflict(morning: Morning) -> None:
    """Two computers of 响水乡 wrote the same visit differently."""
    posts, town = morning.posts, morning.posts.offices.other
    uid = posts.visit(town, WORDS[2])
    posts.receive(posts.send(town, folder="conflict one"))
    other = copied(town, posts.offices.folder / "second")
    try:
        posts.reword(town, uid, "集镇路灯不亮，共有11盏")
        posts.reword(other, uid, "集镇到中学一段路灯不亮")
        posts.receive(posts.send(town, folder="conflict two"))
        file = posts.send(other, folder="conflict three")
        shutil.copy(file, morning.stick / "439901103_乙.zip.age")
    finally:
        other.store.close()


def _aside(morning: Morning) -> None:
    """A report that says it holds more than it does."""
    town = morning.towns["439901107"]
    morning.posts.visit(town, WORDS[4])
    entries = entries_of(town)
    made(
        town,
        morning.stick / "439901107_另一份.zip.age",
        entries,
        change=lambda facts: replace(facts, counts={**facts.counts, "contact": 99}),
    )


def _changed(morning: Morning) -> None:
    """An unencrypted one with a document changed after it was signed, and its unchanged twin."""
    town = morning.towns["439901107"]
    morning.posts.visit(town, WORDS[3])
    plain = morning.posts.send(town, plain=True, folder="plain")
    shutil.copy(plain, morning.stick / plain.name)
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(out, "w") as changed:
        for info in archive.infolist():
            data = archive.read(info)
            if info.filename.endswith(".xlsx"):
                data = data[:-1] + bytes([data[-1] ^ 1])
            copy = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            copy.compress_type = info.compress_type
            copy.flag_bits |= 0x800
            changed.writestr(copy, data)
    (morning.stick / "龙潭镇改过.zip").write_bytes(out.getvalue())
