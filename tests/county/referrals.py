"""A matter of a township that goes up to the county and what comes of it, for tests."""

from __future__ import annotations

from datetime import date, timedelta

from lianxin.county.outgoing.receipts import write_receipts
from lianxin.county.referrals.referred import Referred, ReferredBook
from lianxin.domain.casework.referral import CountyStep
from lianxin.domain.dictionary import Wire
from lianxin.domain.records import Opinion, Visitor
from lianxin.office.case_papers.case_file import CaseFile, case_file
from lianxin.office.cases.county_steps import take_county_step
from lianxin.office.cases.opinions import record_feedback, register_opinion, route
from lianxin.office.handover.accepting import Accepted, accept
from lianxin.office.records import new_uid
from lianxin.store.writing import Change
from tests.county.offices import TOWN
from tests.county.posts import Posts


class Course:
    """A matter of the township that goes up to the county and what comes of it."""

    def __init__(self, posts: Posts) -> None:
        self.posts, self.book = posts, ReferredBook(posts.county)
        self.uid = self.register("东干渠跨镇渗漏，三个村灌溉受影响")

    @property
    def today(self) -> date:
        return self.posts.county.today()

    def register(self, words: str) -> str:
        """A matter registered at the township and sent up."""
        uid = new_uid(self.posts.town)
        opinion = Opinion(uid=uid, title=words, words=words, registered=self.today)
        visitor = Visitor(uid=new_uid(self.posts.town), contact="", name="单志明", phone="13912342217")
        done = register_opinion(self.posts.town, opinion=opinion, visitor=visitor)
        self.send_up(done.opinion.uid)
        return done.opinion.uid

    def send_up(self, uid: str) -> None:
        route(self.posts.town, opinion=uid, way="to_county", day=self.today, reason="涉及两个镇，需县级协调")

    def up(self) -> None:
        """The month's report goes up."""
        self.days(1)
        (told,) = self.posts.receive(self.posts.send(self.posts.town, folder=f"up-{self.today}"))
        assert told.outcome.verdict.name in ("ACCEPT", "NOOP"), told

    def down(self) -> Accepted:
        """The receipt goes down."""
        self.days(1)
        to = self.posts.offices.folder / f"down-{self.today}"
        receipts = write_receipts(self.posts.county, to=to, codes=[TOWN])
        return accept(self.posts.town, [each.path for each in receipts])

    def step(self, cls: type[CountyStep], opinion: str, **told: Wire) -> tuple[Change, ...]:
        """The county takes a step today."""
        packed = {"opinion": opinion, "date": self.today.isoformat(), **told}
        return take_county_step(self.posts.county, cls.unpacked(packed))

    def days(self, count: int) -> None:
        self.posts.offices.clock.now += timedelta(days=count)

    def at_county(self) -> Referred:
        return next(each for each in self.book.look() if each.uid == self.uid)

    def at_town(self) -> CaseFile:
        found = case_file(self.posts.town, self.uid)
        assert found is not None
        return found

    def ask(self, overall: str) -> None:
        record_feedback(self.posts.town, opinion=self.uid, day=self.today, overall=overall)
