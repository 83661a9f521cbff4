"""续发证书: certificates near their end, issued anew for keys the county knows, without another request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from lianxin.county.certificates.register import Applicant, certified, county_office, in_force, soon_over
from lianxin.county.certificates.root_key import open_root
from lianxin.county.enrolment.handed_trust import hand_certificates_down
from lianxin.domain.records import Enrolment
from lianxin.keys.certificates import read_certificate
from lianxin.keys.issuing import RootExpired
from lianxin.office.desk import Desk
from lianxin.office.enrolment.files import EnrolmentRefused
from lianxin.office.trust.trusting import enrolments


def soon_over_now(desk: Desk) -> tuple[Enrolment, ...]:
    """Certificates in force that end soon and have no successor of the same key yet, the first to end first."""
    county_office(desk)
    now = desk.store.now()
    with desk.store.reading() as reading:
        known = enrolments(reading)
    latest: dict[str, Enrolment] = {}
    for each in sorted(known, key=lambda one: one.until):
        latest[each.key_id] = each
    due = [each for each in latest.values() if in_force(each, now) and soon_over(each, now)]
    return tuple(sorted(due, key=lambda each: (each.until, each.code)))


def renew(
    desk: Desk, *, serials: Sequence[str], root_file: Path | None = None, passphrase: str = ""
) -> tuple[Enrolment, ...]:
    """Issues the next certificate of these keys and hands each down with the next receipt of its township.

    The old ones stay good until their end. The county's own key is renewed by opening the root. Raises
    NotThisOffice, EnrolmentRefused (K303, K307), KeyFileRefused.
    """
    due = {each.serial: each for each in soon_over_now(desk)}
    unknown = [serial for serial in serials if serial not in due]
    if unknown:
        raise EnrolmentRefused(f"证书 {unknown[0][:8]} 不在快到期的名单里，没有续发，没有改动。", "K307")
    root = open_root(desk, file=root_file, passphrase=passphrase)
    found = []
    for serial in serials:
        old = due[serial]
        if old.role != "desk":
            continue
        key = read_certificate(old.certificate.encode()).public_key()
        assert isinstance(key, ec.EllipticCurvePublicKey)
        try:
            found.append(certified(desk, root, key, _applicant(old)))
        except RootExpired as expired:
            raise EnrolmentRefused(str(expired), "K303") from expired
    if found:
        with desk.store.writing(reason="续发证书") as writing:
            for each in found:
                writing.put(each)
        hand_certificates_down(desk, found)
    return tuple(found)


def _applicant(old: Enrolment) -> Applicant:
    return Applicant(
        code=old.code,
        name=old.name,
        place=old.place or "",
        device=old.device or "",
        replica=old.replica or "",
        recipient=old.recipient or "",
        request_code=old.request_code or "",
        computer=old.computer,
    )
