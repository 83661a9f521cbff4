"""Really signed, by somebody who may not: wrong issuer, role, office, time, revoked, unregistered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from lianxin.bundle.manifest import Role, moment_text
from lianxin.keys.issuing import issue
from lianxin.keys.signing import SigningIdentity
from tests.corpus.cases import Case, signed
from tests.corpus.drafts import Draft, Held, receipt
from tests.corpus.valid import attachments, book_of, enrolment, profile
from tests.corpus.world import (
    COUNTY,
    ISSUED,
    OTHER,
    REPLICAS,
    SHIPAI,
    STRANGER,
    county,
    desk,
    issued,
    leaked,
    revocations,
    root,
    unenrolled,
    unregistered,
)


def cases() -> Iterator[Case]:
    """Every file of the kind."""
    yield from _issuers()
    yield from _roles()
    yield from _offices()
    yield from _times()
    yield from _lists()


def _issuers() -> Iterator[Case]:
    yield signed("self-issued", Draft(signer=unenrolled()), "E304", "an office that was never enrolled")
    foreign = issued(SHIPAI, by=STRANGER)
    yield signed("another-county", Draft(signer=foreign), "E304", "issued by the root of another county")
    yield signed(
        "by-a-desk", Draft(signer=_issued_by_a_desk()), "E304", "issued by a desk, which may not issue"
    )
    yield signed(
        "namesake-root", Draft(signer=_namesake()), "E304", "issued by a root of the same name, another key"
    )
    yield signed("unregistered", Draft(signer=unregistered()), "E304", "issued by the root, in no register")
    yield signed("unregistered", Draft(signer=unregistered()), "E000", "the same where no register is held",
                 "township as reader")  # fmt: skip
    yield signed("registered-elsewhere", Draft(), "E306", "registered as another office", "muddled register")
    yield signed("revoked", Draft(signer=leaked(), bundle=41), "E308", "the key was lost and revoked")
    yield signed("profile-of-stranger", profile(signer=root(STRANGER), org=STRANGER), "E304",
                 "the answer of another county", "township")  # fmt: skip


def _issued_by_a_desk() -> SigningIdentity:
    from cryptography import x509

    key = unenrolled().key
    pem = issue(
        desk(), key.private.public_key(), org_code=SHIPAI, org_name="石牌镇", role="desk", device="假",
        not_before=ISSUED,
    )  # fmt: skip
    return SigningIdentity(key, x509.load_pem_x509_certificate(pem))


def _namesake() -> SigningIdentity:
    from cryptography import x509

    from lianxin.keys.county_root import make_root
    from tests.corpus.world import NAMES, START
    from tests.keys.fixed_keys import key_from_number

    false = make_root(key_from_number(4711), org_code=COUNTY, org_name=NAMES[COUNTY], not_before=START)
    key = unenrolled().key
    pem = issue(
        false, key.private.public_key(), org_code=SHIPAI, org_name="石牌镇", role="desk", device="假",
        not_before=ISSUED,
    )  # fmt: skip
    return SigningIdentity(key, x509.load_pem_x509_certificate(pem))


def _roles() -> Iterator[Case]:
    for name, draft, setting, why in (
        ("report-by-county-key", Draft(signer=issued(SHIPAI, "county")), "county", "a report signed as county"),
        ("report-by-root", Draft(signer=root(), org=COUNTY, books=()), "county", "a report signed by the root"),
        ("receipt-by-desk", receipt(signer=desk(), org=SHIPAI), "township", "a receipt a desk gave itself"),
        ("receipt-by-other-desk", receipt(signer=desk(OTHER), org=OTHER), "township", "a receipt by a neighbour"),
        ("receipt-by-root", receipt(signer=root()), "township", "a receipt signed by the root"),
        ("receipt-by-false-county", receipt(signer=issued(OTHER, "county"), org=OTHER), "township",
         "a county key in the name of a township"),
        ("profile-by-county-key", profile(signer=county()), "township", "an answer by the operating key"),
        ("profile-by-desk", profile(signer=desk(), org=SHIPAI), "township", "an answer by a desk"),
        ("attachments-by-county", attachments(signer=county(), org=COUNTY), "county", "attachments by the county"),
        ("handover-by-county", Draft(kind="handover", signer=county(), org=COUNTY, books=()), "county",
         "a handover by the operating key"),
        ("enrolment-by-desk", enrolment(signer=desk()), "county, issuing", "a request that was certified already"),
        ("enrolment-at-township", enrolment(), "township", "a request at a township"),
    ):  # fmt: skip
        yield signed(name, draft, "E312", why, setting)


def _offices() -> Iterator[Case]:
    yield signed(
        "in-the-name-of-another", Draft(signer=desk(OTHER)), "E306", "a neighbour signs as this township"
    )
    yield signed("certificate-unnamed", Draft(told={"signer": {"cert_sha256": "0" * 64, "key_id": "0" * 64,
                 "prepared_by": "01"}}), "E305", "the manifest names another certificate")  # fmt: skip
    yield signed(
        "replica-of-another", Draft(told={"replica": REPLICAS[OTHER]}), "E313", "counts as another office"
    )
    yield signed("for-another-county", Draft(audience=STRANGER), "E501", "addressed to another county")
    yield signed("for-nobody", Draft(audience=""), "E501", "addressed to nobody")
    neighbour = Draft(signer=desk(OTHER), org=OTHER, books=(book_of(OTHER),))
    yield signed("neighbour", neighbour, "E000", "a neighbour in its own name")
    yield signed("code-of-the-county", Draft(signer=issued(COUNTY), org=COUNTY, books=()), "E304",
                 "a desk certificate for the county's own code that nobody registered")  # fmt: skip


def _times() -> Iterator[Case]:
    early = moment_text(ISSUED - timedelta(seconds=1))
    yield signed(
        "before-certificate", Draft(told={"created_at": early}), "E307", "made before its certificate"
    )
    late = moment_text(desk().certificate.not_valid_after_utc + timedelta(days=1))
    yield signed(
        "after-certificate", Draft(told={"created_at": late}), "E307", "made after its certificate ended"
    )


def _lists() -> Iterator[Case]:
    older, forged = revocations(1), revocations(5, by=STRANGER)
    yield signed("list-rolled-back", profile(crl=older), "E310", "brings an older list", "township")
    yield signed("list-forged", profile(crl=forged), "E309", "brings a list of another root", "township")
    cut = Held("trust/revoked.crl", Role.TRUST, revocations(3)[:-80])
    yield signed("list-cut", profile(files=(cut,)), "E309", "brings a list that is cut off", "township")
    carried = receipt(files=(Held("trust/revoked.crl", Role.TRUST, older),))
    yield signed("list-in-a-receipt", carried, "E310", "a receipt that brings an older list", "township")
