"""A small real office for tests of pages: encrypted ledger in a folder, a clock that stands on one day."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from lianxin.bootstrap import profile_named
from lianxin.domain.records import Assignment, Contact, HandlingUnit, Opinion, Routing
from lianxin.office.desk import Desk
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.store.passphrase import Argon2Cost, create_keyring
from lianxin.store.record_store import RecordStore, Surroundings
from lianxin.ui.draft_keeper import DraftKeeper
from lianxin.ui.pages import Head, Page, PageEntry
from lianxin.ui.shell import MainWindow
from tests.store.kept_ledger import KeptLedger
from tests.ui.made_up import MadeUpSearch

NOW = datetime(2026, 11, 22, 10, 52, tzinfo=timezone(timedelta(hours=8)))
PASSPHRASE = "石牌镇人大2026"
BEGINNING = Beginning(
    role="township", code="439901102", name="清江县石牌镇人民代表大会主席团", station="石牌镇代表联络站"
)


def computer(folder: Path, now: datetime = NOW, *, ticking: bool = False) -> Surroundings:
    """A computer whose clock stands, or goes on by a second whenever it is looked at."""
    return _surroundings(folder, now, Random(5), ticking=ticking)


def _surroundings(folder: Path, now: datetime, random: Random, *, ticking: bool) -> Surroundings:
    seconds = count()

    def clock() -> datetime:
        return now + timedelta(seconds=next(seconds)) if ticking else now

    return Surroundings(clock, random.randbytes, "测试", folder / "witness")


def small_office(folder: Path, now: datetime = NOW, *, ticking: bool = False) -> Desk:
    """An office just set up, with nothing in it."""
    random = Random()
    around = _surroundings(folder, now, random, ticking=ticking)
    return Desk(_kept(now).lay_down(folder / "home", around, random), profile_named("national"))


@cache
def _kept(now: datetime) -> KeptLedger:
    """The office set up at that moment, under a passphrase; made once a run."""
    with TemporaryDirectory() as name:
        folder, random = Path(name), Random(5)
        home, around = folder / "home", _surroundings(folder, now, random, ticking=False)
        home.mkdir()
        key, _ = create_keyring(home, PASSPHRASE, random=Random(3).randbytes, cost=Argon2Cost(1, 1, 64))
        store = RecordStore.create(home, key, around, org_code=BEGINNING.code, actor="01")
        set_up(store, BEGINNING)
        return KeptLedger.of(store, around, random, actor="01")


def unit(office: Desk, name: str = "镇水务站") -> str:
    """A handling unit; its uid."""
    with office.store.writing(reason="准备") as writing:
        uid = writing.new_uid()
        writing.put(HandlingUnit(uid=uid, name=name))
    return uid


def matter(office: Desk, day: date, *, title: str = "三组饮水管破损", unit: str | None = None) -> str:
    """A contact with an opinion of one day, assigned on that day when a unit is given; the opinion's uid."""
    with office.store.writing(reason="准备") as writing:
        contact, opinion = writing.new_uid(), writing.new_uid()
        writing.put(Contact(uid=contact, channel="visit", day=day, words=title, persons=3))
        writing.put(
            Opinion(
                uid=opinion, title=title, words=title, category="02", channel="visit", contact=contact,
                registered=day,
            )
        )  # fmt: skip
        if unit is not None:
            writing.put(Routing(uid=writing.new_uid(), opinion=opinion, day=day, route="assigned"))
            writing.put(Assignment(uid=writing.new_uid(), opinion=opinion, day=day, unit=unit))
    return opinion


class Keeping:
    """Stands for the keeper of the window: remembers what pages asked of it."""

    def __init__(self, office: Desk) -> None:
        self._drafts = DraftKeeper(office, "w1")
        self.asked: list[tuple[str, object]] = []

    @property
    def drafts(self) -> DraftKeeper:
        return self._drafts

    def set_letters(self, scale: float) -> None:
        self.asked.append(("letters", scale))

    def set_profile(self, name: str) -> None:
        self.asked.append(("profile", name))

    def rename(self) -> None:
        self.asked.append(("rename", None))

    def restore(self, file: Path, passphrase: str) -> None:
        self.asked.append(("restore", (file, passphrase)))

    def put_back(self, aside: Path, passphrase: str) -> None:
        self.asked.append(("put back", (aside, passphrase)))

    def lock(self) -> None:
        self.asked.append(("lock", None))

    def lock_after(self, minutes: int) -> None:
        self.asked.append(("lock after", minutes))

    def practise(self) -> None:
        self.asked.append(("practise", None))


class OtherPage(Page):
    """Stands for another page: remembers what it was asked to show."""

    def __init__(self, window: MainWindow, key: str) -> None:
        super().__init__(window)
        self.key = key
        self.opened: list[tuple[str, str]] = []

    def head(self) -> Head:
        return Head(self.key)

    def open_record(self, kind: str, uid: str) -> None:
        self.opened.append((kind, uid))


def window_with(office: Desk, *entries: PageEntry) -> MainWindow:
    """The main window with these pages."""
    window = MainWindow(entries, office="石牌镇人大", search=MadeUpSearch(), clock=lambda: NOW)
    window.setMinimumSize(0, 0)
    window.resize(1366, 768)
    return window
