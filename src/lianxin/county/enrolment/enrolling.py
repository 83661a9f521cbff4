"""The county enrols desks: reads a request, issues a certificate, revokes one, and sends out list and rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from lianxin.bundle.checkcode import hex_code, spoken_code
from lianxin.bundle.checking import checked
from lianxin.bundle.manifest import Kind
from lianxin.bundle.manifest_fields import BadManifest, Fields
from lianxin.bundle.paths import safe_segment
from lianxin.bundle.trust import Trust
from lianxin.bundle.verdicts import Refused
from lianxin.county.certificates.register import (
    Applicant,
    certified,
    computer_of,
    county_office,
    in_force,
    soon_over,
)
from lianxin.county.certificates.root_key import certify_operating_key, open_root, renewed_list
from lianxin.county.enrolment.handed_trust import hand_list_down
from lianxin.domain.canonical import JsonValue, NotCanonical, parse_strict
from lianxin.domain.records import Enrolment, Office
from lianxin.keys.certificates import public_key_id
from lianxin.keys.issuing import RootExpired
from lianxin.keys.requests import BadRequest, read_request
from lianxin.keys.sealed_for import BadRecipient, require_recipient
from lianxin.keys.signing import SigningIdentity, generate_key
from lianxin.office.desk import Desk
from lianxin.office.enrolment.files import (
    CERTIFICATE,
    COUNTY,
    OFFICE,
    REQUEST,
    REVOKED,
    ROOT,
    RULES,
    EnrolmentRefused,
    SignedFile,
    in_words,
    json_part,
    trust_part,
    write_signed,
)
from lianxin.office.handed.rule_files import rules_text
from lianxin.office.receiving.taking_back import keep_copy
from lianxin.office.trust.trusting import enrolments, reader_key, recipients_of, root_code, trust_of

_TOWNSHIP = re.compile(r"[0-9]{9}")


@dataclass(frozen=True)
class Request:
    """A request as read: who asks, with which key, and 核对码 to compare by telephone."""

    applicant: Applicant
    public_key: ec.EllipticCurvePublicKey
    check_code: str
    spoken_code: str


@dataclass(frozen=True)
class Issued:
    """The answer to a request; `further` counts the other desks of this office, `again` says it was known.

    `replaced` are the certificates of this computer's former key that were revoked with it.
    """

    file: SignedFile
    record: Enrolment
    request: Request
    root_code: str
    again: bool
    further: int
    replaced: tuple[Enrolment, ...] = ()


@dataclass(frozen=True)
class Revoked:
    """What was revoked, and the file that tells the townships; `renewed`: the county signs with a new key."""

    file: SignedFile
    records: tuple[Enrolment, ...]
    renewed: bool


def request_in(desk: Desk, file: Path) -> Request:
    """Reads a request without changing anything, for the page. Raises NotThisOffice, EnrolmentRefused."""
    county_office(desk)
    trust = trust_of(desk)
    try:
        with checked(file, now=desk.store.now(), trust=trust, enrolment=True) as found:
            asked = read_request(found.trust_file(REQUEST))
            told = Fields.of(parse_strict(found.trust_file(OFFICE)), OFFICE)
            applicant = Applicant(
                code=told.org_code("code"),
                name=told.text("name", longest=60),
                place=told.text("place", longest=20),
                device=told.text("device", longest=60),
                replica=told.text("replica", longest=30),
                recipient=require_recipient(told.text("recipient", longest=120)),
                request_code=spoken_code(found.digest),
            )
            told.done()
            same_key = public_key_id(asked.public_key) == found.leaf.key_id
            codes = {asked.org_code, applicant.code, found.manifest.org_code}
            same_desk = applicant.replica == found.manifest.replica
            code = found.digest
    except Refused as finding:
        raise in_words(file, finding) from finding
    except BadRequest as refused:
        raise EnrolmentRefused(f"{file.name}：{refused}") from refused
    except (BadManifest, NotCanonical, BadRecipient) as wrong:
        raise EnrolmentRefused(
            f"{file.name} 里的登记申请不完整或写法不对，没有签发，没有改动。请让对方重新生成一份。"
        ) from wrong
    if not same_key or not same_desk or len(codes) != 1:
        raise EnrolmentRefused(
            f"{file.name} 里的密钥或区划代码前后不一致，像是拼凑的，没有签发，没有改动。请打电话问对方。"
        )
    if not _TOWNSHIP.fullmatch(applicant.code):
        raise EnrolmentRefused(f"{file.name} 不是乡镇的登记申请（{applicant.code}），没有签发，没有改动。")
    return Request(applicant, asked.public_key, hex_code(code), spoken_code(code))


def former_of(desk: Desk, request: Request) -> tuple[Enrolment, ...]:
    """Certificates in force of another key of the computer that asks: it asks with a new one (a handover, a leak)."""
    now, asked, key = desk.store.now(), request.applicant, public_key_id(request.public_key)
    with desk.store.reading() as reading:
        known = [each for each in enrolments(reading) if each.code == asked.code and each.key_id != key]
    return tuple(each for each in known if each.replica == asked.replica and in_force(each, now))


def issue_certificate(
    desk: Desk,
    *,
    file: Path,
    to: Path,
    root_file: Path | None = None,
    passphrase: str = "",
    instead: bool = False,
) -> Issued:
    """Answers a request: certificate, root, list and rules in one signed file; registers the desk.

    A request of a key that is in force gets its certificate again, near its end a new one. Another key is a
    further desk of its office; `instead` revokes the certificates of this computer's former key (`former_of`) in the
    same answer. Raises NotThisOffice, EnrolmentRefused, KeyFileRefused.
    """
    request = request_in(desk, file)
    root = open_root(desk, file=root_file, passphrase=passphrase)
    now = desk.store.now()
    with desk.store.reading() as reading:
        of_office = [each for each in enrolments(reading) if each.code == request.applicant.code]
    key = public_key_id(request.public_key)
    own = [each for each in of_office if each.key_id == key]
    if any(each.revoked_at for each in own):
        raise EnrolmentRefused(
            f"{request.applicant.name}这台电脑的密钥已经作废，没有签发，没有改动。"
            "请让对方换新密钥再申请（申请时选“换新密钥”，命令行加 --new-key）。",
            "K309",
        )
    asks = replace(
        request.applicant, computer=computer_of(of_office, key_id=key, replica=request.applicant.replica)
    )
    current = next((each for each in own if in_force(each, now) and not soon_over(each, now)), None)
    try:
        record = current or certified(desk, root, request.public_key, asks)
    except RootExpired as expired:
        raise EnrolmentRefused(str(expired), "K303") from expired
    replaced = former_of(desk, request) if instead else ()
    if replaced:
        at = _moment(desk)
        with desk.store.writing(reason="作废原来的证书") as writing:
            for each in replaced:
                writing.put(replace(each, revoked_at=at))
    # The answer carries the list of now, so that the one who asked sees the old key revoked.
    written = _answer(desk, root, record, to)
    if replaced:
        hand_list_down(desk)
    # A recipient may have changed with a copy of the data folder; the latest request is right.
    latest = replace(record, recipient=request.applicant.recipient, replica=request.applicant.replica)
    with desk.store.writing(reason="签发证书") as writing:
        writing.put(latest)
    others = {each.key_id for each in of_office if in_force(each, now)} - {key, *(e.key_id for e in replaced)}
    return Issued(
        file=written,
        record=latest,
        request=request,
        root_code=root_code(root.certificate_pem),
        again=current is not None,
        further=len(others),
        replaced=replaced,
    )


def revoke(
    desk: Desk, *, code: str, to: Path, root_file: Path | None = None, passphrase: str = ""
) -> Revoked:
    """Revokes the certificates of an office, or the one whose number begins so, and writes the new list.

    The county's own code revokes its operating key and makes another at once. Said again it writes the list
    again. Raises NotThisOffice, EnrolmentRefused, KeyFileRefused.
    """
    office = county_office(desk)
    with desk.store.reading() as reading:
        named = [each for each in enrolments(reading) if _is_named(each, code.strip().lower())]
    if not named:
        raise EnrolmentRefused(
            f"登记里没有“{code}”，没有改动。请写乡镇的区划代码，或 enrol list 里的证书编号。", "K307"
        )
    root = open_root(desk, file=root_file, passphrase=passphrase)
    at = _moment(desk)
    fresh = [each for each in named if not each.revoked_at]
    with desk.store.writing(reason="作废证书") as writing:
        for each in fresh:
            writing.put(replace(each, revoked_at=at))
    renewed = any(each.role == "county" for each in fresh)
    if renewed:
        certify_operating_key(desk, root, generate_key())
    written = _to_all(desk, office, root, to)
    hand_list_down(desk)
    return Revoked(written, tuple(replace(each, revoked_at=each.revoked_at or at) for each in named), renewed)


def write_profile(desk: Desk, *, to: Path, root_file: Path | None = None, passphrase: str = "") -> SignedFile:
    """Writes list, rules and the county's names for every township. Raises as `issue_certificate`."""
    office = county_office(desk)
    return _to_all(desk, office, open_root(desk, file=root_file, passphrase=passphrase), to)


def _moment(desk: Desk) -> str:
    return desk.store.now().astimezone(UTC).replace(microsecond=0).isoformat()


def _is_named(record: Enrolment, told: str) -> bool:
    # Nine digits are an office, never the beginning of a number.
    return record.code == told or (len(told) >= 8 and len(told) != 9 and record.serial.startswith(told))


def _answer(desk: Desk, root: SigningIdentity, record: Enrolment, to: Path) -> SignedFile:
    office = county_office(desk)
    place = safe_segment(record.place or record.name)
    return _profile(
        desk, office, root, to, f"登记答复_{record.code}_{place}.zip",
        audience=record.code, certificate=record.certificate.encode(), computer=record.computer or 1,
        desks=tuple(dict.fromkeys((*recipients_of(desk, record.code), record.recipient or ""))),
    )  # fmt: skip


def _to_all(desk: Desk, office: Office, root: SigningIdentity, to: Path) -> SignedFile:
    name = f"县人大证书与规则_{office.code}_{desk.today().isoformat()}.zip"
    return _profile(desk, office, root, to, name)


def _profile(
    desk: Desk,
    office: Office,
    root: SigningIdentity,
    to: Path,
    name: str,
    *,
    audience: str = "",
    certificate: bytes | None = None,
    computer: int | None = None,
    desks: tuple[str, ...] = (),
) -> SignedFile:
    """A file of the kind profile, signed by the root, with a list made now."""
    held = renewed_list(desk, root)
    told: dict[str, JsonValue] = {
        "code": office.code,
        "name": office.name,
        "recipient": reader_key(desk).recipient,
        "crl_number": held.crl_number,
    }
    if computer is not None:
        told |= {"computer": computer, "desks": [each for each in desks if each]}
    county = json_part(COUNTY, told)
    parts = [trust_part(ROOT, held.root_pem), county, trust_part(REVOKED, held.crl)]
    if certificate is not None:
        parts.append(trust_part(CERTIFICATE, certificate))
    with desk.store.reading() as reading:
        rules = rules_text(reading)
    if rules:
        parts.append(trust_part(RULES, rules.encode()))
    # The copy beside the bundles must know the list before anybody is handed it: a restore takes it from there.
    keep_copy(desk)
    return write_signed(
        desk, office, kind=Kind.PROFILE, parts=parts, signer=root, to=to, name=name, audience=audience,
        trust=Trust(held.root_pem, held.crl),
    )  # fmt: skip
