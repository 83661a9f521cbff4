"""县人大登记 as the pages show it: whether the county enrolled this desk, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.office.desk import Desk, office_of
from lianxin.office.trust.trusting import Enrolled, enrolled_in, own_revoked
from lianxin.store.reading import Reading

RENEW_BEFORE = timedelta(days=90)
"""So long before its end a certificate is asked for again."""


@dataclass(frozen=True)
class CountyLink:
    """What an enrolled desk has; days are local. `soon_over` when a new certificate should be asked for."""

    county_name: str
    confirmed: bool
    root_code: str
    since: date
    until: date
    revoked: bool
    over: bool
    soon_over: bool

    @property
    def in_force(self) -> bool:
        """Whether the county accepts what is signed here now."""
        return not (self.revoked or self.over)


def county_link(desk: Desk) -> CountyLink | None:
    """How this desk stands with its county; None before enrolment."""
    with desk.store.reading() as reading:
        held = enrolled_in(reading)
    return _link(desk, held) if held is not None else None


def county_name(reading: Reading) -> str:
    """The county people's congress this office reports to: as the office has it, else as the county calls itself."""
    told = office_of(reading).county_name
    if told:
        return told
    held = enrolled_in(reading)
    return held.county_name if held is not None else ""


def _link(desk: Desk, held: Enrolled) -> CountyLink:
    from lianxin.keys.certificates import read_certificate

    now = desk.store.now()
    certificate = read_certificate(held.certificate)
    end = certificate.not_valid_after_utc.astimezone(now.tzinfo)
    return CountyLink(
        county_name=held.county_name,
        confirmed=held.confirmed,
        root_code=held.root_code,
        since=certificate.not_valid_before_utc.astimezone(now.tzinfo).date(),
        until=end.date(),
        revoked=own_revoked(held),
        over=now > end,
        soon_over=now > end - RENEW_BEFORE,
    )
