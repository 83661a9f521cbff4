"""Townships that send and a county that receives, for tests: what travels lies in folders as sticks carry it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from lianxin.domain.records import Contact, Visitor
from lianxin.office.desk import Desk
from lianxin.office.figuring import period_of
from lianxin.office.receiving.receive import receive
from lianxin.office.receiving.verdict import FileVerdict
from lianxin.office.sending.report import send
from lianxin.store.check import check
from tests.county.offices import Offices, offices_in

WORDS = "长坪村三组饮水管破损，26户断水4天"


@dataclass
class Posts:
    """An enrolled township (and another), and their county."""

    offices: Offices
    sent: list[Path] = field(default_factory=list)

    @property
    def county(self) -> Desk:
        return self.offices.county

    @property
    def town(self) -> Desk:
        return self.offices.town

    def visit(self, desk: Desk, words: str = WORDS, name: str = "单志明", day: int = 3) -> str:
        """One visit written down; the contact's uid."""
        with desk.store.writing(reason="登记") as writing:
            contact = Contact(
                uid=writing.new_uid(), channel="visit", day=date(2026, 11, day), words=words, persons=1
            )
            writing.put(contact)
            writing.put(Visitor(uid=writing.new_uid(), contact=contact.uid, name=name, phone="13912342217"))
        return contact.uid

    def reword(self, desk: Desk, uid: str, words: str) -> None:
        """The words of a visit are changed."""
        with desk.store.reading() as reading:
            found = reading.get(Contact, uid)
        assert found is not None
        with desk.store.writing(reason="改") as writing:
            writing.put(replace(found, words=words))

    def send(self, desk: Desk, *, plain: bool = False, folder: str = "stick") -> Path:
        """The month's report on the stick."""
        to = self.offices.folder / folder
        return send(desk, period=period_of(desk, "2026-11"), to=to, plain=plain).path

    def receive(self, *paths: Path, at: Desk | None = None, preview: bool = False) -> list[FileVerdict]:
        """The county (or another desk) takes files in."""
        return list(receive(at or self.county, paths, preview=preview))

    def hash_of(self, desk: Desk | None = None) -> str:
        """The content hash; the ledger must be sound."""
        found = check((desk or self.county).store)
        assert found.problems == ()
        return found.content_hash


@contextmanager
def posts_in(folder: Path) -> Iterator[Posts]:
    """Both townships enrolled, nothing sent yet."""
    with offices_in(folder, enrolled=True) as offices:
        yield Posts(offices)
