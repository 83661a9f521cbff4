"""Read the file a person names as trust: a county root certificate, or the county's answer that brings one."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from lianxin.bundle.checking import checked
from lianxin.bundle.codes import Code
from lianxin.bundle.layout import layout_of, required
from lianxin.bundle.limits import Limits
from lianxin.bundle.manifest import Kind, Role
from lianxin.bundle.opening import opened_zip
from lianxin.bundle.trust import Trust, read_root
from lianxin.bundle.verdicts import Refused

ROOT_FILE = "county-root.crt"
LIST_FILE = "revoked.crl"
_PEM = b"-----BEGIN CERTIFICATE-----"


def trust_from(path: str | os.PathLike[str], *, now: datetime) -> Trust:
    """Return what a root certificate (PEM) or a county's answer (kind profile) lets us trust. Raises Refused.

    The root is taken as it stands there: whoever calls this shows its code to be compared, or trusts the place.
    """
    with open(path, "rb") as stream:
        begins = stream.read(len(b"PK\x03\x04"))
    if begins != b"PK\x03\x04":
        return _pinned(_lone_certificate(Path(path)))
    with opened_zip(path, Limits()) as archive:
        layout = layout_of(archive)
        slot = required(archive, layout.certificate, Code.NO_SIGNATURE)
        trust = _pinned(archive.read(slot, most=Limits().certificate_size))
    with checked(path, now=now, trust=trust) as found:
        if found.manifest.kind is not Kind.PROFILE or found.trust_file(ROOT_FILE) != trust.root_pem:
            raise Refused(Code.POLICY, "不是县里发的登记答复")
        lists = [item for item in found.manifest.files if item.path == f"{Role.TRUST.value}/{LIST_FILE}"]
        return Trust(trust.root_pem, found.trust_file(LIST_FILE) if lists else None)


def _pinned(pem: bytes) -> Trust:
    trust = Trust(pem)
    read_root(trust)
    return trust


def _lone_certificate(path: Path) -> bytes:
    """The one certificate of a file in the one spelling; words around it, line ends and DER do not matter here."""
    with path.open("rb") as stream:
        data = stream.read(Limits().certificate_size)
    try:
        if _PEM in data:
            (certificate,) = x509.load_pem_x509_certificates(data)
        else:
            certificate = x509.load_der_x509_certificate(data)
    except ValueError:
        raise Refused(Code.BAD_CERT) from None
    return certificate.public_bytes(serialization.Encoding.PEM)
