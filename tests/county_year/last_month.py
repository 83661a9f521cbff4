"""The month a sample county is left in, as a clerk finds it one afternoon: every face of the county's pages.

One is missing since months, one sent late, one wrote on two computers, one waits behind a gap, one was put aside, one
was copied; what has come today lies on a stick, with what people put on sticks by mistake.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from lianxin.county.certificates.root_key import make_county_keys
from lianxin.domain.records import Contact
from lianxin.office.desk import Desk
from lianxin.office.figuring import period_of
from lianxin.office.receiving.taking_back import undo_receive
from lianxin.office.safekeeping.setting_up import Beginning
from lianxin.office.sending.report import send
from tests.county.made_bundles import entries_of, made
from tests.county_year.homes import copy_home, make_home, open_home
from tests.county_year.invented import COUNTY_CODE, COUNTY_NAME
from tests.county_year.sample_county import (
    DUE_DAY,
    POSTED,
    STICK,
    SampleCounty,
    Wanted,
    code_of,
)
from tests.county_year.town_year import TownYear
from tests.keys.light_key_files import few_rounds
from tests.office.township import TZ, Clock


def make_county(folder: Path, asked: Wanted) -> datetime:
    """Makes it; answers the moment at which it is left."""
    clock = Clock(datetime.combine(asked.until, datetime.min.time(), TZ))
    with few_rounds():
        clock.at(asked.first - timedelta(days=30))
        beginning = Beginning(role="county", code=COUNTY_CODE, name=COUNTY_NAME, county_uses="yes", term=19)
        county = make_home(folder / "county", beginning, clock, Random(f"{asked.seed}"))
        make_county_keys(county)
        sample = SampleCounty(folder, asked, clock, Random(asked.seed), county)
        try:
            LastMonth(sample, sample.run()).make()
        finally:
            sample.close()
    return clock.now


@dataclass
class LastMonth:
    """The month that is being received: what is in, what lies on the stick, what does not come."""

    year: SampleCounty
    month: date

    def make(self) -> None:
        """Townships by their place: the first ones have a story, the others sent in time."""
        year, clock = self.year, self.year.clock
        clock.at(self.month.replace(day=DUE_DAY), 9)
        (year.folder / STICK).mkdir(exist_ok=True)
        stories = (
            self._conflict,
            self._gap,
            self._aside,
            self._late,
            self._tampered,
            self._silent,
            self._fork,
        )
        for story, town in zip(stories, year.tied, strict=False):
            story(town)
        rest = [*year.tied[len(stories) :], *year.towns[len(year.tied) :]]
        missing, stick = rest[-1:], rest[: len(rest) // 3]
        sent = [self.year.post(town, self.month) for town in rest if town not in missing]
        on_stick = sent[: len(stick)]
        for file in on_stick:
            self._lay(file, file.name)
        year.take(*sent[len(stick) :])
        for place, book in enumerate(year.books):
            if place % 3 == 0:
                year.read(book, self.month)
            elif place % 3 == 1:
                book.ledger(year.folder / STICK, self.month)
        year.answer(rest[len(stick) : len(rest) * 2 // 3], self.month)
        self._mistakes(on_stick)
        clock.at(self.month.replace(day=DUE_DAY + 1), 17)

    def _lay(self, file: Path, name: str) -> Path:
        return Path(shutil.copy(file, self.year.folder / STICK / name))

    def _conflict(self, town: TownYear) -> None:
        """Two computers wrote the same visit differently; both are in."""
        year = self.year
        year.take(year.post(town, self.month))
        home = copy_home(town.desk.store.home, year.folder / "第二台电脑", same_computer=False)
        other = open_home(home, year.clock)
        reword(town.desk, -1, "主管破损两处，共26户断水")
        reword(other.desk, -1, "饮水管破损，全组34户断水四天")
        year.take(year.post(town, self.month))
        period = period_of(other.desk, f"{self.month:%Y-%m}")
        to = year.folder / POSTED / f"{self.month:%Y-%m}-第二台电脑"
        year.take(send(other.desk, period=period, to=to).path)
        other.desk.store.close()

    def _gap(self, town: TownYear) -> None:
        """Of three reports the county took the second back after the township had its receipt: the third waits."""
        year = self.year
        (told,) = year.take(year.post(town, self.month))
        year.answer([town], self.month)
        undo_receive(year.county, str(told.bundle_id))
        reword(town.desk, -1, "又有三户来反映同一件事")
        year.take(year.post(town, self.month))

    def _aside(self, town: TownYear) -> None:
        """A report that says it holds more than it does, and a good one on the stick."""
        year = self.year
        folder = year.folder / POSTED / f"{self.month:%Y-%m}-另一份"
        file = made(
            town.desk, folder / f"{code_of(town.desk)}_另一份.zip.age", entries_of(town.desk)[-40:],
            change=lambda facts: replace(facts, counts={**facts.counts, "contact": 99}),
        )  # fmt: skip
        year.take(file)
        self._lay(year.post(town, self.month), "报送件(1).zip.age")

    def _late(self, town: TownYear) -> None:
        """This month's report came, then one for the month before."""
        year = self.year
        year.take(year.post(town, self.month))
        reword(town.desk, 0, "补充：已经反映过两次")
        before = (self.month - timedelta(days=1)).replace(day=1)
        year.take(year.post(town, before))

    def _tampered(self, town: TownYear) -> None:
        """A file that was changed after it was signed, one cut short, one packed again; all on the stick."""
        year = self.year
        period = period_of(town.desk, f"{self.month:%Y-%m}")
        plain = send(town.desk, period=period, to=year.folder / POSTED / "不加密", plain=True).path
        stick = year.folder / STICK
        (stick / f"改过_{plain.name}").write_bytes(repacked(plain, change=True))
        (stick / f"重新压缩_{plain.name}").write_bytes(repacked(plain, change=False))
        sealed = year.post(town, self.month).read_bytes()
        (stick / "附件(3).zip.age").write_bytes(sealed[: len(sealed) // 2])

    def _fork(self, town: TownYear) -> None:
        """The data folder was copied to another computer with everything; both went on under one id."""
        year = self.year
        home = copy_home(town.desk.store.home, year.folder / "拷走的文件夹")
        reword(town.desk, -1, "本机改的：已经联系供电所")
        year.take(year.post(town, self.month))
        copy = open_home(home, year.clock, goes_on=True)
        reword(copy.desk, -1, "另一台改的：请尽快处理")
        period = period_of(copy.desk, f"{self.month:%Y-%m}")
        to = year.folder / POSTED / f"{self.month:%Y-%m}-拷走的文件夹"
        year.take(send(copy.desk, period=period, to=to).path)
        copy.desk.store.close()

    def _silent(self, town: TownYear) -> None:
        """Nothing came."""

    def _mistakes(self, files: list[Path]) -> None:
        stick = self.year.folder / STICK
        (stick / "会议照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(4000))
        (stick / "通知.docx").write_bytes(b"PK\x03\x04" + bytes(2000))
        if files:
            self._lay(files[0], f"副本_{files[0].name}")
            with zipfile.ZipFile(stick / "本月材料.zip", "w") as outer:
                outer.write(files[-1], files[-1].name)


def reword(desk: Desk, place: int, words: str) -> None:
    """The words of one visit, by its place, are changed."""
    with desk.store.reading() as reading:
        found = sorted(reading.all(Contact), key=lambda each: (each.day, each.uid))[place]
    with desk.store.writing(reason="更正") as writing:
        writing.put(replace(found, words=words), opened=found)


def repacked(file: Path, *, change: bool) -> bytes:
    """A bundle as an archiver packs it again; with `change` one workbook differs by a bit."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for info in archive.infolist():
            data = archive.read(info)
            if change and info.filename.endswith(".xlsx"):
                data = data[:-1] + bytes([data[-1] ^ 1])
            again.writestr(info.filename, data)
    return out.getvalue()
