"""What a receiver holds against strangers, and whether a certificate stands on it (step 4 of verification)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization

from lianxin.bundle.codes import Code
from lianxin.bundle.manifest import Profile
from lianxin.bundle.signatures import Leaf, check_self_issued, read_certificate
from lianxin.bundle.verdicts import Refused


@dataclass(frozen=True)
class Trust:
    """The pinned county root (PEM), the newest revocation list (PEM), and what the county knows of its offices.

    `registry`: org code → SHA-256 of its valid certificates (64 hex digits); None where no registry is held (a
    township, a stand-alone check). `required`: the signature slots the receiver asks for. `accepted`: bundle id →
    manifest digest of what was accepted before, which outlives its key. `former`: org code → codes that ended
    and for which this office goes on.
    """

    root_pem: bytes
    crl: bytes | None = None
    registry: Mapping[str, frozenset[str]] | None = None
    required: Profile = Profile.P256
    accepted: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class RevocationList:
    """A list of revoked serial numbers that the root signed; `number` rises from list to list."""

    number: int
    serials: frozenset[int]
    next_update: datetime | None


def read_root(trust: Trust) -> Leaf:
    """Parse the pinned root. Raises Refused (E304) when it is none: nothing can be issued by it."""
    try:
        root = read_certificate(trust.root_pem)
        if root.ca:
            check_self_issued(root)
            return root
    except Refused:
        pass
    raise Refused(Code.UNTRUSTED_ISSUER, "手里的县人大根证书不能用")


def check_issued(leaf: Leaf, root: Leaf) -> None:
    """The certificate is the pinned root itself or was issued by it. Raises Refused (E304)."""
    if leaf.cert_sha256 == root.cert_sha256:
        return
    if leaf.ca:
        raise Refused(Code.UNTRUSTED_ISSUER)
    try:
        leaf.certificate.verify_directly_issued_by(root.certificate)
    except (InvalidSignature, ValueError, TypeError):
        raise Refused(Code.UNTRUSTED_ISSUER) from None


def check_revoked(leaf: Leaf, root: Leaf, trust: Trust, *, digest: str, now: datetime) -> list[Code]:
    """Refuse a revoked certificate (E308) or a bad list (E309); return W503, W504 or W505."""
    if trust.crl is None:
        return [Code.NO_CRL]
    held = read_revocations(trust.crl, root)
    warnings = [Code.CRL_STALE] if held.next_update is None or held.next_update < now else []
    if leaf.certificate.serial_number in held.serials:
        if digest not in trust.accepted.values():
            raise Refused(Code.REVOKED)
        warnings.append(Code.REVOKED_LATER)
    return warnings


def read_revocations(pem: bytes, root: Leaf) -> RevocationList:
    """Parse a revocation list of this root. Raises Refused (E309)."""
    try:
        found = x509.load_pem_x509_crl(pem)
        signed = found.public_bytes(serialization.Encoding.PEM) == pem and found.is_signature_valid(root.key)
        if not signed or found.issuer != root.certificate.subject:
            raise Refused(Code.BAD_CRL)
        if not isinstance(found.signature_hash_algorithm, hashes.SHA256):
            raise Refused(Code.BAD_CRL)
        number = found.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
        serials = frozenset(each.serial_number for each in found)
        return RevocationList(number, serials, found.next_update_utc)
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.ExtensionNotFound, x509.DuplicateExtension):
        raise Refused(Code.BAD_CRL) from None


def check_carried_revocations(pem: bytes, root: Leaf, trust: Trust) -> None:
    """A list that comes with a bundle is the root's (E309) and not older than the one held (E310)."""
    carried = read_revocations(pem, root)
    if trust.crl is not None and carried.number < read_revocations(trust.crl, root).number:
        raise Refused(Code.CRL_ROLLBACK)


def check_registered(leaf: Leaf, trust: Trust) -> None:
    """The county knows this certificate (E304) and knows it as this office's (E306)."""
    if trust.registry is None or leaf.cert_sha256 in trust.registry.get(leaf.org_code, frozenset()):
        return
    if any(leaf.cert_sha256 in known for known in trust.registry.values()):
        raise Refused(Code.ORG_MISMATCH, f"证书 {leaf.org_code[:20]}")
    raise Refused(Code.UNTRUSTED_ISSUER, "这张证书没有在本县登记")
