"""The key files of a data folder: PKCS#12, each opened by a secret derived from the database key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.domain.records import Office
from lianxin.office.desk import Desk
from lianxin.store.files import write_atomic

if TYPE_CHECKING:
    from lianxin.keys.signing import SigningIdentity

KEY_FOLDER = "keys"
SIGNING = "signing.p12"
"""The key this desk signs with: self-issued certificate until a county issued one."""
PENDING = "signing-next.p12"
"""A new key that waits for its certificate; until then the old one signs."""
ROOT = "root.p12"
"""The county root until it is exported."""
_PURPOSES = {SIGNING: "signing key file", PENDING: "signing key file", ROOT: "root key file"}


def key_file(desk: Desk, name: str) -> Path:
    """Where a key file lies."""
    return desk.store.home / KEY_FOLDER / name


def load_key(desk: Desk, name: str) -> SigningIdentity | None:
    """The key with its certificate; None when there is no such file. Raises KeyFileRefused, OSError."""
    path = key_file(desk, name)
    if not path.exists():
        return None
    from lianxin.keys.keyfile import from_key_file

    return from_key_file(path.read_bytes(), passphrase=_secret(desk, name))


def keep_key(desk: Desk, name: str, identity: SigningIdentity) -> None:
    """Stores a key so that a power cut leaves the old file or the new one. Raises OSError."""
    from lianxin.keys.keyfile import to_key_file

    path = key_file(desk, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, to_key_file(identity, passphrase=_secret(desk, name)))


def self_issued_signer(desk: Desk, office: Office) -> SigningIdentity:
    """The desk's key with a certificate of its own making; key and file are made at the first call.

    Raises KeyFileRefused, OSError.
    """
    from lianxin.keys.certificates import self_issued, self_made
    from lianxin.keys.signing import generate_key

    kept = load_key(desk, SIGNING)
    if kept is None:
        kept = self_issued(
            generate_key(), org_code=office.code, org_name=office.name, not_before=desk.store.now()
        )
        keep_key(desk, SIGNING, kept)
    if self_made(kept.certificate):
        return kept
    start = kept.certificate.not_valid_before_utc
    return self_issued(kept.key, org_code=office.code, org_name=office.name, not_before=start)


def _secret(desk: Desk, name: str) -> str:
    return desk.store.key.derived(_PURPOSES[name]).hex()
