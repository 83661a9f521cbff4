"""A year of 24 townships and their county as the post has it: out of order, twice, lost, changed, cut, restored, forked.

Townships write through the office's functions and send reports without papers (light_post); what becomes of each
file is drawn by seed. What must hold at the end is asked by the tests.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

from lianxin.county.certificates.root_key import make_county_keys
from lianxin.county.enrolment.enrolling import issue_certificate
from lianxin.county.outgoing.receipts import write_receipts
from lianxin.domain.records import Contact, Station
from lianxin.office.desk import Desk
from lianxin.office.enrolment.enrolling import accept_answer, request_enrolment
from lianxin.office.handover.accepting import accept
from lianxin.office.receiving.receive import receive
from lianxin.office.receiving.taking_back import undo_receive
from lianxin.store.received import received_files
from lianxin.store.record_store import RecordStore
from tests.county.offices import Computer
from tests.county_year import invented
from tests.county_year.invented import COUNTY_CODE, COUNTY_NAME
from tests.county_year.light_post import light_report
from tests.county_year.town_year import LAST_DAY, Size, TownYear
from tests.keys.light_key_files import few_rounds
from tests.office.township import Clock

SIGNING, UNSIGNED, YEAR = 18, 6, 2026
_SIZE = Size(deputies=4, villages=2, visits=2)
_FATES, _SHARES = (
    ("in time", "late", "lost", "twice", "changed", "cut", "packed again"),
    (50, 16, 10, 8, 6, 5, 5),
)
_BAD = frozenset({"changed", "cut", "packed again"})


@dataclass
class Sender:
    """A township with the program on one computer; `sent` are its files, in their order."""

    work: TownYear
    computer: Computer
    sent: list[Path] = field(default_factory=list)
    backup: Path | None = None

    @property
    def desk(self) -> Desk:
        return self.work.desk

    @property
    def code(self) -> str:
        return self.computer.code

    def report(self, month: int, *, sealed: bool = True) -> Path:
        """What the county has no receipt for, as a file."""
        name = f"{self.code}-{len(self.sent) + 1:02d}.zip{'.age' if sealed else ''}"
        path = self.computer.folder / "sent" / self.code / name
        light_report(self.desk, path, period=_period(month), seq=len(self.sent) + 1, sealed=sealed)
        self.sent.append(path)
        return path

    def put_by(self) -> None:
        """A backup: the data folder as it is now."""
        self.backup = self.computer.folder / f"backup {self.code}"
        shutil.copytree(self.computer.home, self.backup, ignore=shutil.ignore_patterns("*.lock"))

    def restore(self) -> None:
        """The backup in place of the data, on the same computer; then its own sent files are taken back in."""
        assert self.backup is not None
        key = self.desk.store.key
        self.desk.store.close()
        witness = self.computer.folder / f"witness {self.code}"
        shutil.move(self.computer.home / "witness", witness)
        shutil.rmtree(self.computer.home)
        shutil.copytree(self.backup, self.computer.home, ignore=shutil.ignore_patterns("witness"))
        shutil.move(witness, self.computer.home / "witness")
        store = RecordStore.open(self.computer.home, key, self.computer.around(), actor="01")
        self.work.desk = replace(self.desk, store=store)
        receive(self.desk, self.sent)


@dataclass
class Year:
    """The county, its townships, and the mail that is under way: (month of arrival, file)."""

    folder: Path
    clock: Clock
    random: Random
    county: Desk
    senders: Sequence[Sender]
    mail: list[tuple[int, Path]] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)
    fates: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        """Twelve months, then a last report of everybody until nothing waits."""
        draw = self.random.sample(self.senders, 6)
        restored, forked, undone = draw[:2], draw[2:4], draw[4:]
        for month in range(1, 13):
            self.clock.at(date(YEAR, month, LAST_DAY), 17)
            for sender in self.senders:
                sender.work.month(YEAR, month, share=0.5)
            self.clock.at(date(YEAR, month, LAST_DAY + 2))
            for sender in self.senders:
                self._send(sender, month)
            for at, sender in enumerate(restored):
                if month == 3 + 2 * at:
                    sender.put_by()
                if month == 6 + 2 * at:
                    sender.restore()
            for at, sender in enumerate(forked):
                if month == 4 + 3 * at:
                    self._fork(sender, month)
            self._deliver(month)
            for at, sender in enumerate(undone):
                if month == 5 + 2 * at:
                    self._undo(sender)
            if month % 3 == 0:
                self.answer(0.6)
        self._finish()

    def answer(self, share: float, codes: Sequence[str] = ()) -> None:
        """Receipts for all, or for these; so many of the townships take theirs in."""
        written = write_receipts(self.county, to=self.folder / "receipts", codes=codes)
        for receipt in written:
            (sender,) = (each for each in self.senders if each.code == receipt.code)
            if self.random.random() < share:
                accept(sender.desk, [receipt.path])

    def _send(self, sender: Sender, month: int) -> None:
        """One report and what becomes of it; who learns that a file was refused sends it again."""
        fate = self.random.choices(_FATES, _SHARES)[0]
        self.fates[fate] += 1
        file = sender.report(month, sealed=fate != "packed again")
        if fate in ("in time", "twice"):
            self.mail.append((month, file))
        if fate == "twice" or fate in _BAD:
            self.mail.append((month + 1, file))
        if fate == "late":
            self.mail.append((month + self.random.randint(1, 2), file))
        if fate in _BAD:
            self.mail.append((month, self._spoilt(file, fate)))

    def _spoilt(self, file: Path, fate: str) -> Path:
        """What arrives of it at first."""
        data = file.read_bytes()
        place = self.folder / "spoilt" / f"{len(self.mail)}-{file.name}"
        place.parent.mkdir(exist_ok=True)
        if fate == "cut":
            place.write_bytes(data[: len(data) * 2 // 3])
        elif fate == "changed":
            at = self.random.randrange(len(data) // 2, len(data))
            place.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        else:
            place.write_bytes(packed_again(data))
        return place

    def _deliver(self, month: int) -> None:
        due = [file for when, file in self.mail if when <= month]
        self.mail = [each for each in self.mail if each[0] > month]
        self.random.shuffle(due)
        # Some come on sticks, some by themselves.
        for part in (due[: len(due) // 2], due[len(due) // 2 : -2], due[-2:-1], due[-1:]):
            for told in receive(self.county, part):
                self.verdicts[told.outcome.code.value] += 1

    def _fork(self, sender: Sender, month: int) -> None:
        """The data folder copied with everything, so that both go on under one id; the copy's report comes later."""
        home = self.folder / f"fork {sender.code}"
        shutil.copytree(sender.computer.home, home, ignore=shutil.ignore_patterns("*.lock", "witness"))
        store = RecordStore.open(home, sender.desk.store.key, sender.computer.around(), actor="01")
        other = replace(sender.desk, store=store)
        same_id(store, sender)
        with store.writing(reason="登记") as writing:
            writing.put(
                Contact(uid=writing.new_uid(), channel="visit", day=date(YEAR, month, 1), words="另一份")
            )
        file = self.folder / "forks" / f"{sender.code}.zip.age"
        light_report(other, file, period=_period(month), seq=90, after={})
        store.close()
        self.mail.append((13, file))

    def _undo(self, sender: Sender) -> None:
        """One that the township has a receipt for: what it sends next stands behind a gap until the next receipt."""
        self.answer(1, [sender.code])
        with self.county.store.reading() as reading:
            files = [
                each for each in received_files(reading.connection, "accepted") if each.org == sender.code
            ]
        undo_receive(self.county, max(files, key=lambda each: each.seq).bundle_id)

    def _finish(self) -> None:
        """All that is under way comes, everybody sends once more; the forks come last."""
        forks = [each for each in self.mail if each[1].parent.name == "forks"]
        self.mail = [each for each in self.mail if each not in forks]
        for day in (22, 24):
            self.clock.at(date(YEAR, 12, day))
            self.mail += [(12, sender.report(12)) for sender in self.senders]
            self._deliver(99)
            self.answer(1)
        self.mail = forks
        self._deliver(99)


def same_id(store: RecordStore, sender: Sender) -> None:
    """Lets a copy go on under the id of the original, as a copied user profile does."""
    shutil.copytree(sender.computer.home / "witness", store.home / "witness")
    original = sender.desk.store
    store._place = original.place


def packed_again(data: bytes) -> bytes:
    """The same members as an archiver packs them."""
    import io
    import zipfile

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in archive.namelist():
            again.writestr(name, archive.read(name))
    return out.getvalue()


@contextmanager
def made_year(folder: Path, seed: int) -> Iterator[Year]:
    """County and townships on the last days of the year before, all enrolled, nothing written yet."""
    clock, random = Clock.__new__(Clock), Random(seed)
    clock.at(date(YEAR - 1, 12, 20))
    with few_rounds():
        county = Computer(folder, clock, COUNTY_CODE).make(COUNTY_NAME)
        make_county_keys(county)
        senders = [_sender(folder, clock, county, *each, seed) for each in islice(invented.towns(), SIGNING)]
        try:
            yield Year(folder, clock, random, county, senders)
        finally:
            for desk in (county, *(sender.desk for sender in senders)):
                desk.store.close()


def _sender(folder: Path, clock: Clock, county: Desk, code: str, name: str, seed: int) -> Sender:
    computer = Computer(folder, clock, code)
    desk = computer.make(invented.office_name(name))
    with desk.store.writing(reason="站点") as writing:
        writing.put(Station(uid=writing.new_uid(), name=f"{name}代表联络站"))
    asked = request_enrolment(desk, to=folder / "asked")
    issued = issue_certificate(county, file=asked.path, to=folder / "answers")
    accept_answer(desk, file=issued.file.path, root_code=issued.root_code)
    work = TownYear(desk, name, Random(f"{code}{seed}"), _SIZE, quick=True)
    work.found()
    return Sender(work, computer)


def _period(month: int) -> str:
    return f"{YEAR}-{month:02d}"
