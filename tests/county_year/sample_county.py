"""A county with its townships, run for so many months.

Most townships sign what they send; some send 普通报送, some only their ledger. Nearly all are in time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from lianxin.county.behalf.entering import Asked, read_on_behalf
from lianxin.county.enrolment.enrolling import issue_certificate
from lianxin.county.outgoing.receipts import write_receipts
from lianxin.county.received.plain_reports import with_plain_read
from lianxin.domain.records import Township
from lianxin.office.desk import Desk
from lianxin.office.enrolment.enrolling import accept_answer, request_enrolment
from lianxin.office.figuring import period_of
from lianxin.office.handover.accepting import accept
from lianxin.office.receiving.receive import receive
from lianxin.office.receiving.verdict import FileVerdict
from lianxin.office.safekeeping.setting_up import Beginning
from lianxin.office.sending.report import send
from tests.county_year import invented
from tests.county_year.book_town import BookTown
from tests.county_year.homes import make_home
from tests.county_year.invented import COUNTY_NAME
from tests.county_year.town_year import LAST_DAY, ORDINARY, Size, TownYear
from tests.office.township import Clock

DUE_DAY, LATE_DAY = 20, 27
POSTED, RECEIPTS, STICK = "posted", "回执", "U盘"
_PLAIN_SHARE, _BOOK_SHARE = 12, 6
"""One township in so many sends 普通报送 and has no tie to the county; one in so many sends its ledger alone."""


@dataclass(frozen=True)
class Wanted:
    """What is to be made: so many townships, months until `until` (a first of a month), of this size each."""

    townships: int
    months: int
    until: date
    seed: int = 1
    size: Size = ORDINARY

    @property
    def span(self) -> tuple[date, ...]:
        """The first days of the months, oldest first."""
        last = self.until.year * 12 + self.until.month - 1
        return tuple(date(at // 12, at % 12 + 1, 1) for at in range(last - self.months + 1, last + 1))

    @property
    def first(self) -> date:
        """The first day of all."""
        return self.span[0]


@dataclass
class SampleCounty:
    """The offices while their year goes on."""

    folder: Path
    asked: Wanted
    clock: Clock
    random: Random
    county: Desk
    towns: list[TownYear] = field(default_factory=list)
    books: list[BookTown] = field(default_factory=list)

    def run(self) -> date:
        """Every month but the last, in which only the townships have worked; answers that one."""
        self._begin(self.asked.first)
        *months, last = self.asked.span
        for month in months:
            self._work(month)
            self._ordinary(month)
        self._work(last)
        return last

    def close(self) -> None:
        """Lets go of every office."""
        for desk in (self.county, *(town.desk for town in self.towns)):
            desk.store.close()

    @property
    def tied(self) -> list[TownYear]:
        """Those enrolled at the county."""
        return self.towns[: len(self.towns) - self.asked.townships // _PLAIN_SHARE]

    def post(self, town: TownYear, month: date, to: Path | None = None) -> Path:
        """The month's report of a township, as a file."""
        period = period_of(town.desk, f"{month:%Y-%m}")
        return send(town.desk, period=period, to=to or self.folder / POSTED / f"{month:%Y-%m}").path

    def take(self, *files: Path) -> list[FileVerdict]:
        """The county takes files in."""
        return list(with_plain_read(self.county, receive(self.county, files)))

    def read(self, book: BookTown, month: date) -> None:
        """The county reads a township's ledger of a month on its behalf."""
        path = book.ledger(self.folder / POSTED / f"{month:%Y-%m}", month)
        read_on_behalf(self.county, Asked(path, book.code, "contact", f"{month:%Y-%m}"))

    def answer(self, towns: Sequence[TownYear], month: date) -> None:
        """Receipts for all; these townships take theirs in."""
        to = self.folder / POSTED / RECEIPTS / f"{month:%Y-%m}"
        written = {each.code: each.path for each in write_receipts(self.county, to=to)}
        for town in towns:
            if (path := written.get(code_of(town.desk))) is not None:
                accept(town.desk, [path])

    def _begin(self, first: date) -> None:
        self.clock.at(first.replace(day=1) - timedelta(days=20))
        count = self.asked.townships
        (*programs,) = islice(invented.towns(), count)
        programs, without = programs[: count - count // _BOOK_SHARE], programs[count - count // _BOOK_SHARE :]
        self.books = [
            BookTown(code, name, at, Random(f"{code}{self.asked.seed}"))
            for at, (code, name) in enumerate(without)
        ]
        for code, name in programs:
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
        self._list_towns()

    def _list_towns(self) -> None:
        """The county's own list: everybody in the order of the county's documents, with whom to call."""
        tied = {code_of(town.desk) for town in self.tied}
        books = {book.code for book in self.books}
        with self.county.store.writing(reason="乡镇名单") as writing:
            for place, (code, name) in enumerate(islice(invented.towns(), self.asked.townships), 1):
                way = "signed" if code in tied else "behalf" if code in books else "plain"
                writing.put(
                    Township(
                        uid=writing.new_uid(), code=code, name=name, way=way, position=place,
                        contact=invented.person(self.random), phone=invented.phone(self.random),
                    )
                )  # fmt: skip

    def _work(self, month: date) -> None:
        self.clock.at(month.replace(day=LAST_DAY), 17)
        for place, town in enumerate(self.towns):
            town.month(month.year, month.month, share=0.4 + place % 5 * 0.15)

    def _ordinary(self, month: date) -> None:
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
        for book in self.books:
            self.read(book, month)
        heard = [town for town in self.tied if self.random.random() < 0.8]
        self.answer(heard, month)

    def _quiet_since(self) -> date:
        return (self.asked.until - timedelta(days=90)).replace(day=1)


def enrol(town: Desk, county: Desk, folder: Path) -> None:
    """Request, answer, and the answer taken in."""
    asked = request_enrolment(town, to=folder / "申请")
    issued = issue_certificate(county, file=asked.path, to=folder / "答复")
    accept_answer(town, file=issued.file.path, root_code=issued.root_code)


def code_of(desk: Desk) -> str:
    """The division code of an office."""
    return desk.store.replica.partition("-")[0]
