"""Lists and certificates handed down with the receipts: both carry the root's own signature (bundle-format.md)."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.county.outgoing.handed_down import Handing, hand_down
from lianxin.domain.handed_down import RenewedCertificate, pack_certificate
from lianxin.domain.records import Enrolment
from lianxin.office.desk import Desk
from lianxin.office.trust.trusting import county_trust_in


def hand_list_down(desk: Desk) -> None:
    """The newest revocation list goes to every township with its next receipt."""
    with desk.store.reading() as reading:
        held = county_trust_in(reading)
    if held is not None:
        hand_down(desk, Handing("revocations", "证书作废名单", held.crl.decode()))


def hand_certificates_down(desk: Desk, records: Sequence[Enrolment]) -> None:
    """Certificates issued anew go each to its own township."""
    handings = [
        Handing(
            "certificate",
            f"{each.place or each.name}{each.device or ''}的证书（有效期至{each.until.isoformat()}）"[:100],
            pack_certificate(RenewedCertificate(each.certificate, each.key_id)),
            slot=each.key_id[:60],
            codes=(each.code,),
        )
        for each in records
    ]
    hand_down(desk, *handings)
