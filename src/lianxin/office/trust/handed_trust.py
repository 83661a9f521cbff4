"""Certificates and revocation lists that came with a receipt: the root's own signature says whether they are good."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from lianxin.domain.handed_down import BadHanded, read_certificate_text
from lianxin.domain.records import HandedDown, HandedTo
from lianxin.office.desk import Desk, office_of
from lianxin.office.trust.key_files import SIGNING, keep_key, load_key
from lianxin.office.trust.trusting import Enrolled, enrolled, keep_enrolled

if TYPE_CHECKING:
    from lianxin.keys.signing import SigningIdentity

_NOT_OURS = "不是给这台电脑的，由本单位另一台电脑接收。"


def take_trust(desk: Desk) -> tuple[str, ...]:
    """Takes the newest list and a certificate issued anew for this computer's key into use; says what changed.

    What the pinned root did not sign is left alone: a receipt is signed by a lesser key. Raises KeyFileRefused.
    """
    held = enrolled(desk)
    if held is None:
        return ()
    with desk.store.reading() as reading:
        lists = [each for each in reading.all(HandedDown) if each.subject == "revocations"]
        issued = [each for each in reading.all(HandedTo) if each.subject == "certificate"]
    said = []
    for each in lists:
        newer = _newer_list(held, each.text)
        if newer is not None:
            held = newer
            said.append("证书作废名单已更新")
    for each in issued:
        fresh = _for_us(desk, held, each.text)
        if fresh is not None and _longer(fresh, held):
            # The key file first: what the setting does not say yet is simply taken again.
            keep_key(desk, SIGNING, fresh)
            held = replace(held, certificate=fresh.certificate_pem)
            said.append("本机的证书已续期")
    if said:
        keep_enrolled(desk, held)
        desk.store.note("县人大下发", "；".join(said))
    return tuple(said)


def trust_standing(desk: Desk, record: HandedDown) -> tuple[Literal["in_use", "unreadable"], str]:
    """How a certificate or list that came stands here, in words."""
    held = enrolled(desk)
    if held is None:
        return "unreadable", "本机还没有在县人大登记，用不上。"
    if record.subject == "revocations":
        number = _list_number(held, record.text)
        if number is None:
            return "unreadable", "不是本县根密钥签的作废名单，没有采用。请打电话告诉县人大。"
        return "in_use", "自动采用，不用管：用作废的密钥签的文件一律不收。"
    try:
        fresh = _for_us(desk, held, record.text)
    except BadHanded as wrong:
        return "unreadable", str(wrong)
    if fresh is None:
        return "in_use", _NOT_OURS
    until = fresh.certificate.not_valid_after_utc.astimezone(desk.store.now().tzinfo).date()
    return "in_use", f"自动采用，不用管：本机的证书有效期至{until.isoformat()}。"


def _list_number(held: Enrolled, pem: str) -> int | None:
    from lianxin.keys.certificates import read_certificate
    from lianxin.keys.revocation import BadList, read_list

    try:
        return read_list(pem.encode(), read_certificate(held.root_pem)).number
    except BadList:
        return None


def _newer_list(held: Enrolled, pem: str) -> Enrolled | None:
    number = _list_number(held, pem)
    if number is None or number <= held.crl_number:
        return None
    return replace(held, crl=pem.encode(), crl_number=number)


def _for_us(desk: Desk, held: Enrolled, text: str) -> SigningIdentity | None:
    """Our key with this certificate; None when it is for another computer, or the root did not issue it."""
    from lianxin.keys.certificates import BadCertificate, read_certificate
    from lianxin.keys.revocation import certifies_desk, read_list
    from lianxin.keys.signing import SigningIdentity

    told = read_certificate_text(text)
    kept = load_key(desk, SIGNING)
    if kept is None or kept.key.key_id != told.key_id:
        return None
    root = read_certificate(held.root_pem)
    try:
        certificate = read_certificate(told.certificate.encode())
    except BadCertificate:
        return None
    with desk.store.reading() as reading:
        code = office_of(reading).code
    fits = certifies_desk(certificate, root, read_list(held.crl, root), code, desk.store.now())
    if not fits or kept.key.private.public_key() != certificate.public_key():
        return None
    return SigningIdentity(kept.key, certificate)


def _longer(fresh: SigningIdentity, held: Enrolled) -> bool:
    from lianxin.keys.certificates import read_certificate

    return fresh.certificate.not_valid_after_utc > read_certificate(held.certificate).not_valid_after_utc
