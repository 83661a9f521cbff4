"""A county with its townships, run for so many months and left as a clerk finds it one afternoon.

Most sent and were taken in; one is missing since months, one sent late, one wrote on two computers, one waits behind a
gap, one was put aside; what has come today lies on a stick, with what people put on sticks by mistake.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from lianxin.county.enrolling import issue_certificate
from lianxin.county.receipts import write_receipts
from lianxin.county.root_key import make_county_keys
from lianxin.domain.records import Contact
from lianxin.office.accepting import accept
from lianxin.office.desk import Desk
from lianxin.office.enrolling import accept_answer, request_enrolment
from lianxin.office.figuring import period_of
from lianxin.office.receiving.receive import receive
from lianxin.office.receiving.taking_back import undo_receive
from lianxin.office.receiving.verdict import FileVerdict
from lianxin.office.sending.report import send
from lianxin.office.setting_up import Beginning
from tests.county.made_bundles import entries_of, made
from tests.county_year import invented
from tests.county_year.homes import copy_home, make_home, open_home
from tests.county_year.invented import COUNTY_CODE, COUNTY_NAME
from tests.county_year.town_year import LAST_DAY, ORDINARY, Size, TownYear
from tests.keys.light_key_files import few_rounds
from tests.office.township import TZ, Clock

DUE_DAY, LATE_DAY = 20, 27
POSTED, RECEIPTS, STICK = "posted", "回执", "U盘"
_PLAIN_SHARE = 12
"""One township in so many sends 普通报送 and keeps no tie to the county."""


@dataclass(frozen=True)
class Asked:
    """What is to be made: so many townships, months until `until` (a first of a month), of this size each."""

    townships: int
    months: int
    until: date
    seed: int = 1
    size: Size = ORDINARY


@dataclass
class SampleCounty:
    """The offices while their year goes on."""

    folder: Path
    asked: Asked
    clock: Clock
    random: Random
    county: Desk
    towns: list[TownYear] = field(default_factory=list)

    def run(self) -> None:
        """Every month, then the last one with all its faces."""
        months = list(_months(self.asked))
        self._begin(months[0])
        for month in months[:-1]:
            self._work(month)
            self._ordinary(month, last=month is months[-2])
        self._work(months[-1])
        LastMonth(self, months[-1]).make()

    def close(self) -> None:
        """Lets go of every office."""
        for desk in (self.county, *(town.desk for town in self.towns)):
            desk.store.close()

    @property
    def tied(self) -> list[TownYear]:
        """Those enrolled at the county."""
        return self.towns[: len(self.towns) - len(self.towns) // _PLAIN_SHARE]

    def post(self, town: TownYear, month: date, to: Path | None = None) -> Path:
        """The month's report of a township, as a file."""
        period = period_of(town.desk, f"{month:%Y-%m}")
        return send(town.desk, period=period, to=to or self.folder / POSTED / f"{month:%Y-%m}").path

    def take(self, *files: Path) -> list[FileVerdict]:
        """The county takes files in."""
        return list(receive(self.county, files))

    def answer(self, towns: Sequence[TownYear], month: date) -> None:
        """Receipts for all; these townships take theirs in."""
        to = self.folder / POSTED / RECEIPTS / f"{month:%Y-%m}"
        written = {each.code: each.path for each in write_receipts(self.county, to=to)}
        for town in towns:
            if (path := written.get(code_of(town.desk))) is not None:
                accept(town.desk, [path])

    def _begin(self, first: date) -> None:
        self.clock.at(first.replace(day=1) - timedelta(days=20))
        for code, name in islice(invented.towns(), self.asked.townships):
            beginning = Beginning(
                role="township", code=code, name=invented.office_name(name), county_uses="yes",
                county_name=COUNTY_NAME, station=f"{name}代表联络站", term=19,
            )  # fmt: skip
            desk = make_home(
                self.folder / "townships" / code, beginning, self.clock, Random(f"{self.asked.seed}{code}")
            )
            town = TownYear(desk, name, Random(f"{code}{self.asked.seed}"), self.asked.size)
            town.found()
            self.towns.append(town)
        for town in self.tied:
            enrol(town.desk, self.county, self.folder / POSTED / "登记")

    def _work(self, month: date) -> None:
        self.clock.at(month.replace(day=LAST_DAY), 17)
        for place, town in enumerate(self.towns):
            town.month(month.year, month.month, share=0.4 + place % 5 * 0.15)

    def _ordinary(self, month: date, *, last: bool) -> None:
        """Nearly all in time, in any order; one late; the one before the last has not been heard of for months."""
        self.clock.at(month.replace(day=DUE_DAY), 10)
        silent = {id(self.towns[5 % len(self.towns)])} if month > self._quiet_since() else set()
        senders = [town for town in self.towns if id(town) not in silent]
        slow = self.random.sample(senders, max(1, len(senders) // 10))
        files = [self.post(town, month) for town in senders if town not in slow]
        self.random.shuffle(files)
        self.take(*files)
        self.clock.at(month.replace(day=LATE_DAY), 15)
        self.take(*(self.post(town, month) for town in slow))
        heard = [town for town in self.tied if self.random.random() < 0.8]
        self.answer(heard, month)

    def _quiet_since(self) -> date:
        return (self.asked.until - timedelta(days=90)).replace(day=1)


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
        stories = (self._conflict, self._gap, self._aside, self._late, self._tampered, self._silent)
        for story, town in zip(stories, year.tied, strict=False):
            story(town)
        rest = [*year.tied[len(stories) :], *year.towns[len(year.tied) :]]
        missing, stick = rest[-1:], rest[: len(rest) // 3]
        sent = [self.year.post(town, self.month) for town in rest if town not in missing]
        on_stick = sent[: len(stick)]
        for file in on_stick:
            self._lay(file, file.name)
        year.take(*sent[len(stick) :])
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


def make_county(folder: Path, asked: Asked) -> datetime:
    """Makes it; answers the moment at which it is left."""
    clock = Clock(datetime.combine(asked.until, datetime.min.time(), TZ))
    with few_rounds():
        first = next(_months(asked))
        clock.at(first - timedelta(days=30))
        beginning = Beginning(role="county", code=COUNTY_CODE, name=COUNTY_NAME, county_uses="yes", term=19)
        county = make_home(folder / "county", beginning, clock, Random(f"{asked.seed}"))
        make_county_keys(county)
        sample = SampleCounty(folder, asked, clock, Random(asked.seed), county)
        try:
            sample.run()
        finally:
            sample.close()
    return clock.now


def enrol(town: Desk, county: Desk, folder: Path) -> None:
    """Request, answer, and the answer taken in."""
    asked = request_enrolment(town, to=folder / "申请")
    issued = issue_certificate(county, file=asked.path, to=folder / "答复")
    accept_answer(town, file=issued.file.path, root_code=issued.root_code)


def code_of(desk: Desk) -> str:
    """The division code of an office."""
    return desk.store.replica.partition("-")[0]


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


def _months(asked: Asked) -> Iterator[date]:
    """First days, oldest first."""
    last = asked.until.year * 12 + asked.until.month - 1
    for at in range(last - asked.months + 1, last + 1):
        yield date(at // 12, at % 12 + 1, 1)
