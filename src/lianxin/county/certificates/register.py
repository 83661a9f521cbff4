"""The county's register: what was issued to whom, the operating key among it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from lianxin.domain.identity import new_uid
from lianxin.domain.records import Enrolment, Office
from lianxin.keys.certificates import covers, fingerprint, public_key_id, read_certificate
from lianxin.keys.issuing import Role, issue
from lianxin.keys.signing import SigningIdentity
from lianxin.office.desk import Desk, office_of
from lianxin.office.trust.trusting import NotThisOffice, enrolments, is_county

BACKDATED = timedelta(days=1)
"""Certificates begin a day early: the clock of a township's computer may be behind the county's."""
RENEWED_BEFORE = timedelta(days=180)
"""A certificate with less than this left is issued anew when its desk asks, or when the root is at hand."""


@dataclass(frozen=True)
class Applicant:
    """Whom a certificate is for: an office and one of its computers."""

    code: str
    name: str
    role: Role = "desk"
    place: str = ""
    device: str = ""
    replica: str = ""
    recipient: str = ""
    request_code: str = ""
    computer: int | None = None


@dataclass(frozen=True)
class Registered:
    """One line of the register: the record, and how it stands today in words."""

    record: Enrolment
    state: str

    @property
    def short_number(self) -> str:
        """The first digits of the certificate's number, enough to name it when revoking."""
        return self.record.serial[:8]


def county_office(desk: Desk) -> Office:
    """The county whose data folder this is. Raises NotThisOffice at a township."""
    with desk.store.reading() as reading:
        office = office_of(reading)
    if not is_county(office.office_type):
        raise NotThisOffice("这里是乡镇的数据文件夹，签发、作废和导出根密钥是县人大的事，没有改动。")
    return office


def registered(desk: Desk) -> list[Registered]:
    """Every certificate that was issued, by office, the latest first."""
    county_office(desk)
    now = desk.store.now()
    with desk.store.reading() as reading:
        found = enrolments(reading)
    found.sort(key=lambda each: each.uid, reverse=True)
    found.sort(key=lambda each: each.code)
    return [Registered(each, _state(each, now)) for each in found]


def certified(
    desk: Desk, root: SigningIdentity, public_key: ec.EllipticCurvePublicKey, applicant: Applicant
) -> Enrolment:
    """Issues a certificate and answers its record, not stored yet. Raises RootExpired."""
    now = desk.store.now()
    pem = issue(
        root,
        public_key,
        org_code=applicant.code,
        org_name=applicant.name,
        role=applicant.role,
        device=applicant.device,
        not_before=max(now - BACKDATED, root.certificate.not_valid_before_utc),
    )
    certificate = read_certificate(pem)
    return Enrolment(
        uid=new_uid(now, desk.store.random),
        code=applicant.code,
        name=applicant.name,
        place=applicant.place or None,
        device=applicant.device or None,
        role=applicant.role,
        issued=now.date(),
        until=certificate.not_valid_after_utc.astimezone(now.tzinfo).date(),
        replica=applicant.replica or None,
        serial=f"{certificate.serial_number:040x}",
        certificate_digest=fingerprint(certificate),
        key_id=public_key_id(public_key),
        certificate=pem.decode(),
        recipient=applicant.recipient or None,
        request_code=applicant.request_code or None,
        computer=applicant.computer,
    )


def computer_of(known: Sequence[Enrolment], *, key_id: str, replica: str) -> int:
    """Which computer of its office asks, counted from 1: the one that had this key or replica id, or the next one.

    Each gives its human numbers from a block of its own, so no number ever counts down or is given again.
    """
    same = [each for each in known if each.key_id == key_id or (replica and each.replica == replica)]
    if same:
        return min(each.computer or 1 for each in same)
    return 1 + max((each.computer or 1 for each in known), default=0)


def in_force(record: Enrolment, now: datetime) -> bool:
    """Whether a certificate is neither revoked nor outside its days."""
    return not record.revoked_at and covers(read_certificate(record.certificate.encode()), now)


def soon_over(record: Enrolment, now: datetime) -> bool:
    """Whether it is time to issue the next certificate."""
    return record.until <= (now + RENEWED_BEFORE).date()


def _state(record: Enrolment, now: datetime) -> str:
    if record.revoked_at:
        return f"已作废（{record.revoked_at[:10]}）"
    if not in_force(record, now):
        return "已过期"
    return "快到期" if soon_over(record, now) else "有效"
