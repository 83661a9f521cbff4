"""What a 普通报送 is signed with: the office's key with a certificate it made itself.

Everything sent once a county has enrolled this desk is signed with `office.trusting.desk_signer`: the same key with
the certificate the county issued.
"""

from __future__ import annotations

from lianxin.domain.records import Office
from lianxin.keys.signing import SigningIdentity
from lianxin.office.desk import Desk
from lianxin.office.trust.key_files import self_issued_signer


def signing_identity(desk: Desk, office: Office) -> SigningIdentity:
    """The key with its self-issued certificate, made at the first call. Raises KeyFileRefused, OSError."""
    desk.require("sign")
    return self_issued_signer(desk, office)
