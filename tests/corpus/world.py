"""The people of the corpus: one county, two of its townships, a stranger; their keys, certificates and lists."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509

from lianxin.bundle.trust import Trust
from lianxin.domain.canonical import canonical
from lianxin.keys.certificates import self_issued
from lianxin.keys.county_root import make_root
from lianxin.keys.issuing import Role, issue
from lianxin.keys.revocation import make_list
from lianxin.keys.signing import SigningIdentity
from tests.keys.fixed_keys import key_from_number

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ISSUED = datetime(2026, 1, 20, 2, 0, tzinfo=UTC)
SENT = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
NOW = SENT + timedelta(days=1)

COUNTY, SHIPAI, OTHER, STRANGER = "439901", "439901102", "439901103", "439999"
NAMES = {
    COUNTY: "清江县人民代表大会常务委员会",
    SHIPAI: "清江县石牌镇人民代表大会主席团",
    OTHER: "清江县龙潭镇人民代表大会主席团",
    STRANGER: "别县人民代表大会常务委员会",
}
REPLICAS = {
    COUNTY: f"{COUNTY}-00c0ffee0001",
    SHIPAI: f"{SHIPAI}-00a1b2c3d401",
    OTHER: f"{OTHER}-00a1b2c3d402",
    STRANGER: f"{STRANGER}-00a1b2c3d403",
}
OFFICE_STREAM = f"{REPLICAS[SHIPAI]}/office"
SECOND_DESK = f"{SHIPAI}-00a1b2c3d4ff"
COMMON_STREAM, TO_STREAM = f"{REPLICAS[COUNTY]}/common", f"{REPLICAS[COUNTY]}/to-{SHIPAI}"


@cache
def root(org_code: str = COUNTY) -> SigningIdentity:
    """The root of a county, always the same."""
    key = key_from_number(int(org_code) * 1_000 + 1)
    return make_root(key, org_code=org_code, org_name=NAMES[org_code], not_before=START)


@cache
def issued(
    org_code: str,
    role: Role = "desk",
    *,
    by: str = COUNTY,
    device: str = "一号机",
    not_before: datetime = ISSUED,
    years: int = 3,
    secret: int = 0,
) -> SigningIdentity:
    """A key with the certificate a county issued for it."""
    number = secret or int(org_code) * 1_000 + (2 if role == "desk" else 3)
    key = key_from_number(number)
    pem = issue(
        root(by),
        key.private.public_key(),
        org_code=org_code,
        org_name=NAMES.get(org_code, "某单位"),
        role=role,
        device=device,
        not_before=not_before,
        years=years,
    )
    return SigningIdentity(key, x509.load_pem_x509_certificate(pem))


def desk(org_code: str = SHIPAI) -> SigningIdentity:
    """The enrolled desk of a township."""
    return issued(org_code)


def county() -> SigningIdentity:
    """The operating key of the county."""
    return issued(COUNTY, "county")


@cache
def unenrolled(org_code: str = SHIPAI) -> SigningIdentity:
    """The same office with a certificate it gave itself."""
    key = key_from_number(int(org_code) * 1_000 + 9)
    return self_issued(key, org_code=org_code, org_name=NAMES[org_code], not_before=START)


def leaked() -> SigningIdentity:
    """A desk whose key was lost; `county` revokes it in list 2."""
    return issued(SHIPAI, device="丢失的机器", secret=439901102077)


def unregistered() -> SigningIdentity:
    """Issued by the root, but in no register: made with a copy of the root key."""
    return issued(SHIPAI, device="没登记的机器", secret=439901102088)


def revocations(
    number: int = 2, *, by: str = COUNTY, revoked: Sequence[SigningIdentity] = (), update_days: int = 400
) -> bytes:
    """A list signed by a root."""
    serials = [(each.certificate.serial_number, SENT) for each in revoked]
    return make_list(
        root(by), serials, number=number, this_update=ISSUED, next_update=ISSUED + timedelta(days=update_days)
    )


def fingerprint(who: SigningIdentity) -> str:
    """SHA-256 of a certificate, as a registry holds it."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return hashlib.sha256(who.certificate.public_bytes(Encoding.DER)).hexdigest()


@dataclass(frozen=True)
class Setting:
    """Who receives, and what he holds; `opens` says that he has the reader key of the county."""

    trust: Trust | None
    us: frozenset[str] | None = None
    now: datetime = NOW
    opens: bool = False
    enrolment: bool = False


def _register() -> dict[str, frozenset[str]]:
    return {
        SHIPAI: frozenset([fingerprint(desk()), fingerprint(leaked())]),
        OTHER: frozenset([fingerprint(desk(OTHER))]),
    }


def accepted_before() -> dict[str, str]:
    """What the county took in before the key of `leaked` was lost."""
    from tests.corpus.drafts import Draft

    draft = Draft(signer=leaked(), bundle=40, seq=3)
    return {
        str(draft.manifest()["bundle_id"]): hashlib.sha256(canonical(draft.manifest()) + b"\n").hexdigest()
    }


@cache
def settings() -> dict[str, Setting]:
    """Every place at which a file of the corpus is received, by the name the index uses."""
    pinned = root().certificate_pem
    newest = revocations(2, revoked=[leaked()])
    at_county = Trust(pinned, newest, _register())
    alone = Trust(pinned)
    return {
        "county": Setting(at_county, frozenset([COUNTY]), opens=True),
        "county that cannot read": Setting(at_county, frozenset([COUNTY])),
        "county, issuing": Setting(at_county, frozenset([COUNTY]), enrolment=True),
        "township": Setting(Trust(pinned, newest), frozenset([SHIPAI])),
        "other township": Setting(Trust(pinned, newest), frozenset([OTHER])),
        "stand-alone": Setting(alone),
        "nothing held": Setting(None),
        "other county": Setting(Trust(root(STRANGER).certificate_pem)),
        "false root": Setting(Trust(desk().certificate_pem)),
        "accepted before": Setting(
            Trust(pinned, newest, _register(), accepted=accepted_before()), frozenset([COUNTY])
        ),
        "township as reader": Setting(Trust(pinned, newest)),
        "muddled register": Setting(
            Trust(pinned, newest, {OTHER: frozenset([fingerprint(desk())])}), frozenset([COUNTY])
        ),
        "stale list": Setting(
            Trust(pinned, revocations(2, update_days=30), _register()), frozenset([COUNTY])
        ),
        "forged list": Setting(Trust(pinned, revocations(3, by=STRANGER), _register()), frozenset([COUNTY])),
        "years later": Setting(at_county, frozenset([COUNTY]), now=SENT + timedelta(days=1500)),
        "slow clock": Setting(at_county, frozenset([COUNTY]), now=SENT - timedelta(days=3)),
    }
