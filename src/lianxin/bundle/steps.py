"""The single steps of verification that need no other room: each looks at one thing and raises Refused."""

from __future__ import annotations

from datetime import datetime, timedelta

from lianxin.bundle.codes import Code
from lianxin.bundle.instructions import instructions
from lianxin.bundle.layout import Layout, required
from lianxin.bundle.limits import Limits
from lianxin.bundle.manifest import FORMAT, Kind, Manifest, Profile, Role, manifest_from_json
from lianxin.bundle.manifest_fields import BadManifest
from lianxin.bundle.opening import OpenedZip
from lianxin.bundle.paths import first_clash, path_fault
from lianxin.bundle.signatures import Leaf, check_signature, read_certificate, read_leaf
from lianxin.bundle.verdicts import Refused
from lianxin.domain.canonical import JsonValue, NotCanonical, parse_strict

SM2_SIGNATURE = "signatures/sm2.sig"
_FORMAT_FAMILY = "lianxin-bundle/"
# Clocks of office PCs differ by minutes; an hour is a wrong date or time zone.
CLOCK_TOLERANCE = timedelta(hours=1)


def check_signed_bytes(archive: OpenedZip, layout: Layout, limits: Limits) -> tuple[bytes, Leaf]:
    """Steps 2 and 3: return the raw manifest bytes and the certificate whose key signed exactly them.

    Raises Refused: E104, E201, E301, E302, E303, E311.
    """
    manifest = required(archive, layout.manifest, Code.NO_MANIFEST)
    if archive.entry(layout.signature) is None and archive.entry(SM2_SIGNATURE) is not None:
        raise Refused(Code.SM2_UNAVAILABLE)
    signature = required(archive, layout.signature, Code.NO_SIGNATURE)
    certificate = required(archive, layout.certificate, Code.NO_SIGNATURE)
    signed = archive.read(manifest, most=limits.manifest_size)
    # Only a sealed profile is signed by a certificate that may issue others.
    read = read_leaf if layout.plain else read_certificate
    leaf = read(archive.read(certificate, most=limits.certificate_size))
    check_signature(leaf, archive.read(signature, most=limits.signature_size), signed)
    return signed, leaf


def read_manifest(signed: bytes) -> Manifest:
    """Step 5: strict JSON, then format 1. Raises Refused: E202, E203, E204, E603."""
    try:
        value = parse_strict(signed)
    except NotCanonical:
        raise Refused(Code.MANIFEST_JSON) from None
    _refuse_newer_format(value)
    try:
        return manifest_from_json(value)
    except BadManifest as fault:
        code = Code.SCHEMA if fault.field_name == "schema" else Code.FORMAT
        raise Refused(code, f"清单项目 {fault.field_name}") from None


def check_signer(manifest: Manifest, leaf: Leaf) -> None:
    """Step 5: the certificate is the one the manifest names (E305) and speaks for its office (E306)."""
    if (manifest.signer.cert_sha256, manifest.signer.key_id) != (leaf.cert_sha256, leaf.key_id):
        raise Refused(Code.CERT_MISMATCH)
    if manifest.org_code != leaf.org_code:
        raise Refused(Code.ORG_MISMATCH, f"证书 {leaf.org_code[:20]}，清单 {manifest.org_code}")


def check_kind(manifest: Manifest, layout: Layout) -> None:
    """Refuse a manifest that calls itself something its layout is not (E203)."""
    if (manifest.kind is Kind.PLAIN) is not layout.plain:
        raise Refused(Code.FORMAT, "类别与文件结构不符")


def check_plain_rules(manifest: Manifest) -> None:
    """A 普通报送 carries documents only (E203) and nothing personal (E312)."""
    if manifest.profile is not Profile.P256 or not manifest.files:
        raise Refused(Code.FORMAT, "普通报送的清单不完整")
    if manifest.entries or manifest.acknowledges or manifest.receipt_no is not None:
        raise Refused(Code.FORMAT, "普通报送里不应有数据记录")
    if any(listed.role is not Role.DOCUMENT for listed in manifest.files):
        raise Refused(Code.FORMAT, "普通报送里只能有文件")
    for listed in manifest.files:
        if listed.personal:
            raise Refused(Code.POLICY, f"{listed.path}，含个人信息的文件不能用普通报送")


def check_audience(manifest: Manifest, us: frozenset[str]) -> None:
    """The bundle names one of the receiver's codes or, before enrolment, nobody (E501)."""
    unnamed = not manifest.audience and manifest.kind in (Kind.PLAIN, Kind.ENROLMENT)
    if not unnamed and manifest.audience not in us:
        raise Refused(Code.NOT_FOR_US)


def check_times(manifest: Manifest, leaf: Leaf, now: datetime) -> list[Code]:
    """Step 6: signed inside the certificate's validity (else E307); return the clock warnings."""
    if not leaf.not_before <= manifest.created_at <= leaf.not_after:
        raise Refused(Code.CERT_TIME)
    warnings = []
    if manifest.created_at > now + CLOCK_TOLERANCE:
        warnings.append(Code.FUTURE_CLOCK)
    if now > leaf.not_after:
        warnings.append(Code.CERT_EXPIRED_SINCE)
    return warnings


def check_listed_paths(manifest: Manifest, layout: Layout, limits: Limits) -> None:
    """The list itself holds only safe (E103) and distinct (E105) paths."""
    paths = [listed.path for listed in manifest.files]
    for path in paths:
        fault = path_fault(layout.prefix + path, longest=limits.path_characters)
        if fault is not None:
            raise Refused(Code.PATH, fault)
    clash = first_clash(paths)
    if clash is not None:
        raise Refused(Code.DUPLICATE, clash)


def check_instructions(
    archive: OpenedZip, layout: Layout, manifest: Manifest, digest: str, limits: Limits
) -> None:
    """说明.txt is not listed, so it must be word for word what the manifest makes of it (E207)."""
    for name in layout.instructions:
        entry = required(archive, name, Code.MISSING_FILE)
        if archive.read(entry, most=limits.instructions_size) != instructions(manifest, digest):
            raise Refused(Code.HASH, name.removeprefix(layout.prefix))


def _refuse_newer_format(value: JsonValue) -> None:
    written = value.get("format") if isinstance(value, dict) else None
    if not isinstance(written, str) or written == FORMAT or not written.startswith(_FORMAT_FAMILY):
        return
    number = written.removeprefix(_FORMAT_FAMILY)
    if number.isascii() and number.isdigit() and not number.startswith("0") and number != "1":
        raise Refused(Code.NEWER_FORMAT)


def check_clock(created_at: datetime, previous: datetime | None) -> list[Code]:
    """Warn when a bundle says it was made before the one its replica sent before (W506); the store knows that one."""
    return [Code.CLOCK_BACKWARD] if previous is not None and created_at < previous else []
