"""The office's signing key: made at the first sending, kept sealed in the data folder."""

from __future__ import annotations

from lianxin.domain.records import Office
from lianxin.keys.certificates import self_issued
from lianxin.keys.keyfile import from_key_file, to_key_file
from lianxin.keys.signing import SigningIdentity, generate_key
from lianxin.office.desk import Desk
from lianxin.store.files import write_atomic

KEY_FOLDER, KEY_NAME = "keys", "signing.p12"


def signing_identity(desk: Desk, office: Office) -> SigningIdentity:
    """The key with its self-issued certificate; its file opens with a key derived from the database key."""
    path = desk.store.home / KEY_FOLDER / KEY_NAME
    secret = desk.store.key.derived("signing key file").hex()
    if path.exists():
        return from_key_file(path.read_bytes(), passphrase=secret)
    identity = self_issued(
        generate_key(), org_code=office.code, org_name=office.name, not_before=desk.store.now()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, to_key_file(identity, passphrase=secret))
    return identity
