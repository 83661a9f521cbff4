"""Whom this office trusts and how it proves itself: pinned root, own certificate, register, reader key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.domain.canonical import JsonValue
from lianxin.domain.records import CodeChange, Enrolment, OfficeComputer
from lianxin.domain.rules import RuleProfile, load_profile
from lianxin.domain.streams import OFFICE, org_of
from lianxin.office.desk import Desk, office_of
from lianxin.office.trust.key_files import SIGNING, load_key, self_issued_signer
from lianxin.store.reading import Reading

# Certificates and encryption are loaded when they are needed: looking at a setting must stay quick.
if TYPE_CHECKING:
    from lianxin.bundle.trust import Trust
    from lianxin.keys.sealed_for import ReaderKey
    from lianxin.keys.signing import SigningIdentity

ENROLMENT_SETTING, READER_SETTING, COUNTY_SETTING = "enrolment", "reader-key", "county-trust"
UNCONFIRMED = "根证书未核对"
"""What window and cover sheet say until somebody compared the root's code with the county."""


class NotThisOffice(Exception):
    """A county's step was asked of a township, or the other way round."""

    code = "K301"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Enrolled:
    """What a township holds since its county enrolled it; certificates and list are PEM.

    `recipient` is the county's age recipient, `rules` its rule profile as JSON text, `confirmed` whether the
    root's code was compared with the county, `desks` the age recipients of this office's computers.
    """

    root_pem: bytes
    county_code: str
    county_name: str
    recipient: str
    certificate: bytes
    crl: bytes
    crl_number: int
    rules: str
    confirmed: bool
    desks: tuple[str, ...] = ()

    @property
    def root_code(self) -> str:
        """The code of the root for the telephone: 20 digits in groups of five."""
        return root_code(self.root_pem)

    @property
    def rule_profile(self) -> RuleProfile | None:
        """The county's rules; None when it sent none this program can read."""
        return load_profile(self.rules) if self.rules else None


@dataclass(frozen=True)
class CountyTrust:
    """What a county keeps of its root besides the key: certificate and newest list, both PEM."""

    root_pem: bytes
    crl: bytes
    crl_number: int


def root_code(root_pem: bytes) -> str:
    """The code of a root certificate, in the grouping of 核对码. Raises BadCertificate."""
    from lianxin.bundle.checkcode import spoken_code
    from lianxin.keys.certificates import fingerprint, read_certificate

    return spoken_code(fingerprint(read_certificate(root_pem)))


def same_code(told: str, code: str) -> bool:
    """Whether a code somebody typed is this one; spaces and dashes do not count, full-width digits do."""
    return _digits(told) == _digits(code) != ""


def _digits(text: str) -> str:
    kept = [each for each in text if not each.isspace() and each not in "-－—·"]
    if not all(each.isdecimal() for each in kept):
        return ""
    return "".join(str(int(each)) for each in kept)


def is_county(office_type: str) -> bool:
    """Whether an office of this type receives what townships send."""
    return office_type.startswith("county")


def enrolled(desk: Desk) -> Enrolled | None:
    """What the county's answer brought; None before it, and at the county itself."""
    with desk.store.reading() as reading:
        return enrolled_in(reading)


def enrolled_in(reading: Reading) -> Enrolled | None:
    """The same in a snapshot at hand."""
    told = reading.setting(ENROLMENT_SETTING)
    if not isinstance(told, dict):
        return None
    return Enrolled(
        root_pem=str(told["root"]).encode(),
        county_code=str(told["county_code"]),
        county_name=str(told["county_name"]),
        recipient=str(told["recipient"]),
        certificate=str(told["certificate"]).encode(),
        crl=str(told["crl"]).encode(),
        crl_number=int(str(told["crl_number"])),
        rules=str(told["rules"]),
        confirmed=told["confirmed"] is True,
        desks=tuple(str(each) for each in desks) if isinstance(desks := told.get("desks"), list) else (),
    )


def keep_enrolled(desk: Desk, held: Enrolled) -> None:
    """Stores what the county's answer brought."""
    told: dict[str, JsonValue] = {
        "root": held.root_pem.decode(),
        "county_code": held.county_code,
        "county_name": held.county_name,
        "recipient": held.recipient,
        "certificate": held.certificate.decode(),
        "crl": held.crl.decode(),
        "crl_number": held.crl_number,
        "rules": held.rules,
        "confirmed": held.confirmed,
        "desks": [*held.desks],
    }
    desk.store.set_setting(ENROLMENT_SETTING, told)


def own_revoked(held: Enrolled) -> bool:
    """Whether the newest list names this desk's own certificate: what it sends now is refused (E308)."""
    from lianxin.keys.certificates import read_certificate
    from lianxin.keys.revocation import read_list

    listed = read_list(held.crl, read_certificate(held.root_pem))
    return read_certificate(held.certificate).serial_number in listed.revoked


def county_trust_in(reading: Reading) -> CountyTrust | None:
    """The root and list of this county; None at a township and before the keys were made."""
    told = reading.setting(COUNTY_SETTING)
    if not isinstance(told, dict):
        return None
    return CountyTrust(str(told["root"]).encode(), str(told["crl"]).encode(), int(str(told["crl_number"])))


def keep_county_trust(desk: Desk, held: CountyTrust) -> None:
    """Stores the root certificate and the newest list."""
    told: dict[str, JsonValue] = {
        "root": held.root_pem.decode(),
        "crl": held.crl.decode(),
        "crl_number": held.crl_number,
    }
    desk.store.set_setting(COUNTY_SETTING, told)


def trust_of(desk: Desk) -> Trust | None:
    """What received files are held against; None before enrolment.

    A township holds the pinned root and the newest list, a county also the register of certificates. A caller
    that remembers accepted bundles adds them with `dataclasses.replace`.
    """
    from lianxin.bundle.trust import Trust

    with desk.store.reading() as reading:
        county = county_trust_in(reading)
        if county is not None:
            register = _register(reading, county)
            return Trust(county.root_pem, county.crl, registry=register, former=former_codes(reading))
        held, own = enrolled_in(reading), office_of(reading).code
    return Trust(held.root_pem, held.crl, former=own_former(desk, own)) if held is not None else None


def own_former(desk: Desk, code: str) -> dict[str, frozenset[str]]:
    """The code under which this desk began to write, when its office was renamed since."""
    began = org_of(f"{desk.store.replica}/{OFFICE}")
    return {code: frozenset([began])} if began != code else {}


def enrolments(reading: Reading) -> list[Enrolment]:
    """The certificates this county issued, oldest first.

    What a township wrote under this kind in its own journal is no entry of the register.
    """
    return list(_own(reading, reading.all(Enrolment)))


def code_changes(reading: Reading) -> list[CodeChange]:
    """Which codes ended and who goes on for them, oldest day first; of this county's own making only."""
    own = office_of(reading).code
    found = [each for each in reading.all(CodeChange) if _owner(reading, CodeChange.KIND, each.uid) == own]
    return sorted(found, key=lambda each: each.day)


def former_codes(reading: Reading) -> dict[str, frozenset[str]]:
    """Office code → every former code it goes on for, through several changes too."""
    changes = code_changes(reading)
    found: dict[str, frozenset[str]] = {}
    for start in {each.code for each in changes}:
        behind: set[str] = set()
        while more := {each.former for each in changes if each.code in behind | {start}} - behind:
            behind |= more
        found[start] = frozenset(behind)
    return found


def codes_of(reading: Reading, code: str) -> frozenset[str]:
    """The code of an office with every former one it goes on for, so that old records keep their reader."""
    return former_codes(reading).get(code, frozenset()) | {code}


def recipients_of(desk: Desk, code: str) -> tuple[str, ...]:
    """The age recipients of an office's desks whose certificate was not revoked; for what goes down to it."""
    with desk.store.reading() as reading:
        found = [each for each in enrolments(reading) if each.code == code and not each.revoked_at]
    return tuple(dict.fromkeys(each.recipient for each in found if each.recipient))


def beside_recipients(desk: Desk) -> tuple[str, ...]:
    """The age recipients of this office's other computers, as its county told: what is sent opens there too.

    A receipt tells of them and of those that ended, the answer to a request only of the former.
    """
    with desk.store.reading() as reading:
        held = enrolled_in(reading)
        if held is None:
            return ()
        told = [
            each
            for each in reading.all(OfficeComputer)
            if _owner(reading, OfficeComputer.KIND, each.uid) == held.county_code
        ]
    ended = {each.recipient for each in told if each.ended} | {reader_key(desk).recipient}
    named = (*held.desks, *(each.recipient for each in told))
    return tuple(dict.fromkeys(each for each in named if each not in ended))


def reader_key(desk: Desk) -> ReaderKey:
    """This desk's key for reading what was encrypted for it; made at the first call."""
    from lianxin.keys.sealed_for import ReaderKey, new_reader

    with desk.store.reading() as reading:
        told = reading.setting(READER_SETTING)
    if isinstance(told, dict):
        return ReaderKey(str(told["secret"]), str(told["recipient"]))
    made = new_reader()
    desk.store.set_setting(READER_SETTING, {"secret": made.secret, "recipient": made.recipient})
    return made


def reader_secret(desk: Desk) -> str:
    """The secret that opens what was encrypted for this desk."""
    return reader_key(desk).secret


def desk_signer(desk: Desk) -> SigningIdentity:
    """The key this desk signs with: the certificate the county issued, or before that the self-issued one.

    At the county it is the operating key. Raises KeyFileRefused, OSError.
    """
    desk.require("sign")
    kept = load_key(desk, SIGNING)
    if kept is not None:
        return kept
    with desk.store.reading() as reading:
        office = office_of(reading)
    return self_issued_signer(desk, office)


def _register(reading: Reading, county: CountyTrust) -> dict[str, frozenset[str]]:
    """Office code → certificates it may sign with. A revoked one stays while the list held names it, so that
    what was accepted before can still be told from what a stranger made.
    """
    from lianxin.keys.certificates import read_certificate
    from lianxin.keys.revocation import read_list

    listed = read_list(county.crl, read_certificate(county.root_pem)).revoked
    found: dict[str, set[str]] = {}
    for each in enrolments(reading):
        if not each.revoked_at or int(each.serial, 16) in listed:
            found.setdefault(each.code, set()).add(each.certificate_digest)
    return {code: frozenset(digests) for code, digests in found.items()}


def _own(reading: Reading, found: list[Enrolment]) -> Iterator[Enrolment]:
    own = office_of(reading).code
    return (each for each in found if _owner(reading, Enrolment.KIND, each.uid) == own)


def _owner(reading: Reading, kind: str, uid: str) -> str:
    """Who wrote a record first."""
    return org_of(reading.history(kind, uid)[0].entry.stream)
