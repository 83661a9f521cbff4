"""The desk: the open ledger with the rules in force, which every use case of the office is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lianxin.domain.records import Office, Station, Term
from lianxin.domain.roles import Act, Acting
from lianxin.domain.rules import RuleProfile
from lianxin.store.acting import require
from lianxin.store.reading import Reading
from lianxin.store.record_store import RecordStore


class NotSetUp(Exception):
    """The ledger holds no office yet: set-up was not finished."""

    message = "这里还没有建立机构。请先完成“开始使用”，已有的数据没有改动。"


@dataclass(frozen=True)
class Desk:
    """What a use case needs: the store, the rules, and through the store the clock and randomness."""

    store: RecordStore
    profile: RuleProfile

    def today(self) -> date:
        """The local civil date; legal dates are local (architecture.md)."""
        return self.store.now().date()

    @property
    def acting(self) -> Acting:
        """Who sits at this desk, and with which role."""
        return self.store.acting

    def may(self, act: Act) -> bool:
        """Whether the role of who sits here does this."""
        return self.acting.may(act)

    def require(self, act: Act) -> None:
        """Raises NotAllowed with the sentence why not; the window asks `acting.refusal` beforehand."""
        require(self.acting, act)


def office_of(reading: Reading) -> Office:
    """The office that keeps this ledger: the one its replica is named after. Raises NotSetUp."""
    offices = reading.all(Office)
    if not offices:
        raise NotSetUp
    # A county also holds the offices of its townships, as they describe themselves.
    own = (each for each in offices if len(offices) == 1 or reading.is_own(Office, each.uid))
    return next(own, offices[0])


def current_term(reading: Reading, level: str, on: date) -> Term | None:
    """The term of this level that runs on a day; while two are open, the one already begun last.

    Only this office's own: a county holds the terms its townships sent, too.
    """
    begun = [
        term
        for term in reading.all(Term)
        if term.level == level
        and (term.start is None or term.start <= on)
        and (term.end is None or on < term.end)
        and reading.is_own(Term, term.uid)
    ]
    return max(begun, key=lambda term: term.ordinal, default=None)


def main_station(reading: Reading) -> Station | None:
    """The station new entries start with: the oldest of this office's own that runs."""
    running = (each for each in reading.all(Station) if each.state == "running")
    return next((each for each in running if reading.is_own(Station, each.uid)), None)
