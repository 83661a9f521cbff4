"""What each kind of bundle is: who may sign it, and what it may hold."""

from __future__ import annotations

from lianxin.bundle.codes import Code
from lianxin.bundle.limits import Limits
from lianxin.bundle.manifest import Kind, Manifest, Role
from lianxin.bundle.signatures import Leaf, SignerRole
from lianxin.bundle.verdicts import Refused
from lianxin.domain.canonical import NotCanonical, parse_strict

_SIGNERS = {
    Kind.REPORT: SignerRole.DESK,
    Kind.HANDOVER: SignerRole.DESK,
    Kind.ATTACHMENTS: SignerRole.DESK,
    Kind.RECEIPT: SignerRole.COUNTY,
    Kind.PROFILE: SignerRole.ROOT,
}
_RECORDS = frozenset([Role.DATA, Role.VALUES, Role.DOCUMENT, Role.ATTACHMENT, Role.TRUST])
_ROLES = {
    Kind.REPORT: _RECORDS,
    Kind.HANDOVER: _RECORDS,
    Kind.RECEIPT: _RECORDS,
    Kind.ATTACHMENTS: frozenset([Role.ATTACHMENT]),
    Kind.PROFILE: frozenset([Role.TRUST]),
    Kind.ENROLMENT: frozenset([Role.TRUST]),
}
_PLACES = {
    Role.DATA: "data/journal.jsonl",
    Role.VALUES: "data/values.jsonl",
    Role.DOCUMENT: "documents/",
    Role.ATTACHMENT: "attachments/",
    Role.TRUST: "trust/",
}


def unconfirmed_enrolment(signed: bytes) -> bool:
    """Say whether a manifest whose signature fits calls itself a request; it need not be in order otherwise."""
    try:
        value = parse_strict(signed)
    except NotCanonical:
        return False
    return isinstance(value, dict) and value.get("kind") == Kind.ENROLMENT.value


def check_role(manifest: Manifest, leaf: Leaf, root: Leaf | None, *, enrolment: bool) -> None:
    """Step 4: the signer's role fits the kind (E312). `root` is None for what vouches for itself."""
    if (manifest.kind is Kind.ENROLMENT) is not enrolment:
        raise Refused(Code.POLICY)
    if root is None:
        return
    role = SignerRole.ROOT if leaf.cert_sha256 == root.cert_sha256 else leaf.role
    # Only the root itself is the root, whatever a certificate calls itself.
    if role is not _SIGNERS.get(manifest.kind) or (role is SignerRole.ROOT) is not leaf.ca:
        raise Refused(Code.POLICY)
    if role is SignerRole.COUNTY and leaf.org_code != root.org_code:
        raise Refused(Code.POLICY)


def check_contents(manifest: Manifest, limits: Limits) -> None:
    """What a sealed bundle of this kind may hold. Raises Refused (E203, E104)."""
    for listed in manifest.files:
        if listed.role in (Role.DATA, Role.VALUES) and listed.size > limits.journal_size:
            raise Refused(Code.TOO_BIG, listed.path)
        place = _PLACES[listed.role]
        fits = listed.path.startswith(place) if place.endswith("/") else listed.path == place
        if listed.role is Role.ATTACHMENT:
            # Attachments are kept once, by what they hold; a name of its own would be a second name.
            fits = listed.path.rpartition(".")[0] == f"{place}{listed.sha256}"
        if not fits or listed.role not in _ROLES[manifest.kind]:
            raise Refused(Code.FORMAT, f"{listed.path} 放错了地方")
    roles = {listed.role for listed in manifest.files}
    if manifest.entries and Role.DATA not in roles:
        raise Refused(Code.FORMAT, "缺少数据记录")
    if Role.VALUES in roles and Role.DATA not in roles:
        raise Refused(Code.FORMAT, "缺少数据记录")
    if (manifest.receipt_no is not None) is not (manifest.kind is Kind.RECEIPT):
        raise Refused(Code.FORMAT, "清单项目 receipt_no")
