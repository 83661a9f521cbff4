"""A township joins its county: request, the county's answer, and the root's code compared by telephone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from lianxin.bundle.checking import Checked, checked
from lianxin.bundle.manifest import Kind
from lianxin.bundle.manifest_fields import BadManifest, Fields
from lianxin.bundle.paths import safe_segment
from lianxin.bundle.trust import Trust
from lianxin.bundle.trust_files import trust_from
from lianxin.bundle.verdicts import Code, Refused
from lianxin.domain.canonical import NotCanonical, parse_strict
from lianxin.domain.records import Office
from lianxin.domain.rules import BadProfile, load_profile
from lianxin.keys.certificates import BadCertificate, read_certificate, self_issued
from lianxin.keys.requests import make_request
from lianxin.keys.revocation import BadList, certifies_desk, read_list
from lianxin.keys.sealed_for import BadRecipient, require_recipient
from lianxin.keys.signing import SigningIdentity, SigningKey, generate_key
from lianxin.office.desk import Desk, office_of
from lianxin.office.enrolment.files import (
    CERTIFICATE,
    COUNTY,
    OFFICE,
    REQUEST,
    REVOKED,
    ROOT,
    RULES,
    EnrolmentRefused,
    SignedFile,
    in_words,
    json_part,
    trust_part,
    write_signed,
)
from lianxin.office.handed.rule_files import NATIONAL, shipped_profile
from lianxin.office.trust.key_files import PENDING, SIGNING, keep_key, key_file, load_key, self_issued_signer
from lianxin.office.trust.trusting import (
    Enrolled,
    NotThisOffice,
    enrolled,
    is_county,
    keep_enrolled,
    own_former,
    own_revoked,
    reader_key,
    same_code,
)
from lianxin.office.trust.trusting import root_code as code_of_root
from lianxin.store.numbers import number_from_block_of


@dataclass(frozen=True)
class Accepted:
    """What an answer brought: what is held now, and whether it held a certificate for this desk.

    `revoked`: the list names the certificate in use, so a new key has to be asked for.
    """

    held: Enrolled
    certified: bool
    root_code: str
    revoked: bool


@dataclass(frozen=True)
class _Answer:
    """The county's answer as read, every part checked by itself."""

    root_pem: bytes
    certificate: bytes | None
    county_code: str
    county_name: str
    recipient: str
    crl: bytes
    crl_number: int
    rules: str
    computer: int | None
    desks: tuple[str, ...] | None


def request_enrolment(desk: Desk, *, to: Path, new_key: bool = False) -> SignedFile:
    """Writes this desk's request into a folder; its 核对码 is what the county compares by telephone.

    `new_key` asks for a certificate of a fresh key (the old one leaked or was revoked); the old one signs until
    the answer is accepted. Raises NotThisOffice, EnrolmentRefused, KeyFileRefused.
    """
    desk.require("keys")
    office = _township(desk)
    key = _key_to_certify(desk, office, fresh=new_key)
    place = office.short_name or office.name
    told = {
        "code": office.code,
        "name": office.name,
        "place": place,
        "device": _device(desk),
        "recipient": reader_key(desk).recipient,
        "replica": desk.store.replica,
    }
    now = desk.store.now()
    signer = self_issued(key, org_code=office.code, org_name=office.name, not_before=now)
    # A request needs no root; of a renamed office the former code belongs to what is checked.
    trust = Trust(b"", former=own_former(desk, office.code))
    written = write_signed(
        desk,
        office,
        kind=Kind.ENROLMENT,
        parts=[trust_part(REQUEST, make_request(key, office.code, office.name)), json_part(OFFICE, {**told})],
        signer=signer,
        to=to,
        name=f"登记申请_{office.code}_{safe_segment(place)}.zip",
        trust=trust,
    )
    desk.store.note("登记申请", written.check_code)
    return written


def accept_answer(desk: Desk, *, file: Path, root_code: str | None = None) -> Accepted:
    """Takes in the county's answer: pins its root the first time, checks against the pinned one ever after.

    `root_code` is the root's code as the county said it: a right one confirms the root (and is the only way to
    another root than the pinned one), a wrong one is refused and pins nothing. An answer without a certificate
    renews list, rules and names. Raises NotThisOffice, EnrolmentRefused, KeyFileRefused.
    """
    desk.require("keys")
    office = _township(desk)
    held = enrolled(desk)
    offered = _offered(desk, file)
    told = code_of_root(offered)
    if root_code is not None and not same_code(root_code, told):
        raise EnrolmentRefused(
            f"根证书核对码不一致：文件里的是 {told}。没有登记，没有改动。请再给县人大打电话逐位核对；"
            "仍不一致就不要用这个文件。",
            "K304",
        )
    same_root = held is not None and held.root_pem == offered
    if held is not None and not same_root and root_code is None:
        raise EnrolmentRefused(
            f"{file.name} 里的根证书与本机登记的不是同一个，没有改动。请打电话问县人大是否换了根密钥；"
            "确实换了，就报出新的根证书核对码再接收。",
            "K305",
        )
    trust = Trust(offered, held.crl if held is not None and same_root else None)
    answer = _read(desk, office, file, trust)
    confirmed = root_code is not None or (held is not None and same_root and held.confirmed)
    fresh = _certified(desk, office, answer, file)
    if fresh is None and (held is None or not same_root):
        raise EnrolmentRefused(
            f"{file.name} 里没有给本机的证书，没有登记，没有改动。请先生成登记申请交给县人大，再接收它的登记答复。"
        )
    certificate = fresh.certificate_pem if fresh is not None else held.certificate if held else b""
    now_held = Enrolled(
        root_pem=answer.root_pem,
        county_code=answer.county_code,
        county_name=answer.county_name,
        recipient=answer.recipient,
        certificate=certificate,
        crl=answer.crl,
        crl_number=answer.crl_number,
        rules=answer.rules,
        confirmed=confirmed,
        desks=answer.desks if answer.desks is not None else held.desks if held else (),
    )
    if fresh is not None:
        # The key file first: an answer whose setting was not stored is simply accepted again.
        keep_key(desk, SIGNING, fresh)
    if now_held != held:
        keep_enrolled(desk, now_held)
        desk.store.note("登记答复", told)
    if fresh is not None:
        if answer.computer is not None:
            number_from_block_of(desk.store, answer.computer)
        key_file(desk, PENDING).unlink(missing_ok=True)
    return Accepted(now_held, fresh is not None, told, own_revoked(now_held))


def confirm_root(desk: Desk, code: str) -> Enrolled:
    """Notes that the root's code was compared with the county. Raises EnrolmentRefused for another code."""
    desk.require("keys")
    held = enrolled(desk)
    if held is None:
        raise EnrolmentRefused("还没有接收县人大的登记答复，没有可以核对的根证书。", "K306")
    if not same_code(code, held.root_code):
        raise EnrolmentRefused(
            f"根证书核对码不一致：本机登记的是 {held.root_code}。没有改动，仍是未核对。"
            "请再给县人大打电话逐位核对；仍不一致就先不要报送，请县人大查明。",
            "K304",
        )
    confirmed = replace(held, confirmed=True)
    keep_enrolled(desk, confirmed)
    desk.store.note("根证书已核对", held.root_code)
    return confirmed


def _township(desk: Desk) -> Office:
    with desk.store.reading() as reading:
        office = office_of(reading)
    if is_county(office.office_type):
        raise NotThisOffice("这里是县人大的数据文件夹，登记申请和接收答复是乡镇的事，没有改动。")
    return office


def _key_to_certify(desk: Desk, office: Office, *, fresh: bool) -> SigningKey:
    """The key in use, or a fresh one that waits beside it; one that waits already is asked for again."""
    waiting = load_key(desk, PENDING)
    if waiting is not None:
        return waiting.key
    current = self_issued_signer(desk, office)
    if not fresh:
        return current.key
    made = self_issued(
        generate_key(), org_code=office.code, org_name=office.name, not_before=desk.store.now()
    )
    keep_key(desk, PENDING, made)
    return made.key


def _device(desk: Desk) -> str:
    return desk.store.place.partition(":")[0][:60] or "电脑"


def _offered(desk: Desk, file: Path) -> bytes:
    """The root a file brings with it."""
    try:
        return trust_from(file, now=desk.store.now()).root_pem
    except Refused as finding:
        raise in_words(file, finding) from finding
    except OSError as error:
        raise EnrolmentRefused(f"{file} 打不开，没有改动。请检查位置，U盘可能已拔出。") from error


def _read(desk: Desk, office: Office, file: Path, trust: Trust) -> _Answer:
    """The answer, judged like any received file and then part by part. Raises EnrolmentRefused."""
    # List and rules for every township name none.
    us = frozenset([office.code, ""])
    try:
        with checked(file, now=desk.store.now(), trust=trust, us=us) as found:
            if found.manifest.kind is not Kind.PROFILE:
                raise Refused(Code.POLICY, "不是县里发的登记答复")
            return _parts(found, trust.root_pem)
    except Refused as finding:
        raise in_words(file, finding) from finding
    except (BadManifest, NotCanonical, BadCertificate, BadList, BadRecipient, UnicodeDecodeError) as wrong:
        raise EnrolmentRefused(
            f"{file.name} 里的登记答复不完整或写法不对，没有登记，没有改动。请让县人大重新生成一份。"
        ) from wrong


def _parts(found: Checked, root_pem: bytes) -> _Answer:
    names = {listed.path.removeprefix("trust/") for listed in found.manifest.files}
    if found.trust_file(ROOT) != root_pem:
        raise Refused(Code.UNTRUSTED_ISSUER)
    crl = found.trust_file(REVOKED)
    county = Fields.of(parse_strict(found.trust_file(COUNTY)), COUNTY)
    answer = _Answer(
        root_pem=root_pem,
        certificate=found.trust_file(CERTIFICATE) if CERTIFICATE in names else None,
        county_code=county.org_code("code"),
        county_name=county.text("name", longest=100),
        recipient=require_recipient(county.text("recipient", longest=120)),
        crl=crl,
        crl_number=read_list(crl, read_certificate(root_pem)).number,
        computer=county.integer("computer", least=1) if "computer" in county.values else None,
        rules=_rules(found.trust_file(RULES) if RULES in names else b""),
        desks=_desks(county) if "desks" in county.values else None,
    )
    if answer.county_code != found.manifest.org_code or county.integer("crl_number") != answer.crl_number:
        raise BadManifest(COUNTY, "does not fit")
    return answer


def _desks(county: Fields) -> tuple[str, ...]:
    """The recipients of this office's computers. Raises BadRecipient."""
    listed = county.values["desks"]
    return tuple(require_recipient(str(each)) for each in (listed if isinstance(listed, list) else ()))


def _rules(data: bytes) -> str:
    """The county's rule profile; one this program cannot read is no reason to stay without a certificate."""
    try:
        text = data.decode("utf-8")
        load_profile(text, base=shipped_profile(NATIONAL))
    except (BadProfile, UnicodeDecodeError):
        return ""
    return text


def _certified(desk: Desk, office: Office, answer: _Answer, file: Path) -> SigningIdentity | None:
    """Our key with the certificate of the answer, None when it holds none. Raises EnrolmentRefused."""
    if answer.certificate is None:
        return None
    certificate, root = read_certificate(answer.certificate), read_certificate(answer.root_pem)
    listed = read_list(answer.crl, root)
    if not certifies_desk(certificate, root, listed, office.code, desk.store.now()):
        raise EnrolmentRefused(
            f"{file.name} 里的证书不是给本单位的，或现在无效，没有登记，没有改动。"
            "请先检查电脑日期；日期没错就请县人大重新签发。"
        )
    for name in (PENDING, SIGNING):
        kept = load_key(desk, name)
        if kept is not None and kept.key.private.public_key() == certificate.public_key():
            return SigningIdentity(kept.key, certificate)
    raise EnrolmentRefused(
        f"{file.name} 里的证书不是发给这台电脑的密钥的，没有登记，没有改动。"
        "请用这台电脑生成的登记申请办理，或换对应的登记答复。"
    )
