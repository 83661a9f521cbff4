"""The county root: made with the office, opened to issue and revoke, moved out of the computer by export."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lianxin.bundle.paths import safe_segment
from lianxin.county.certificates.register import BACKDATED, Applicant, certified, county_office, soon_over
from lianxin.domain.canonical import JsonValue
from lianxin.domain.records import Enrolment, Office
from lianxin.keys.certificates import fingerprint, read_certificate
from lianxin.keys.county_root import make_root
from lianxin.keys.keyfile import KeyFileRefused, from_key_file, to_key_file
from lianxin.keys.revocation import make_list, read_list
from lianxin.keys.signing import SigningIdentity, SigningKey, generate_key
from lianxin.office.desk import Desk, office_of
from lianxin.office.enrolment.files import EnrolmentRefused
from lianxin.office.sending.delivering import bytes_of, named, part_of, silent, sweep, write_part
from lianxin.office.trust.key_files import ROOT, SIGNING, keep_key, key_file, load_key
from lianxin.office.trust.trusting import (
    CountyTrust,
    county_trust_in,
    enrolments,
    is_county,
    keep_county_trust,
    reader_key,
    root_code,
)
from lianxin.store.files import why_not

LIST_DAYS = timedelta(days=400)
"""How long a revocation list counts as fresh: every issuing makes a new one, and once a year is a fair habit."""
STILL_HERE = "根密钥仍在本机"
_EXPORTED = "root-exported"
_COUNTED_FROM = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class RootState:
    """Where the root is: `here` until it was exported, the places and day of the copies, and when one was last
    opened to see whether it still does.
    """

    here: bool
    root_code: str
    copies: tuple[str, ...] = ()
    exported_on: str = ""
    checked_on: str = ""

    @property
    def safe(self) -> bool:
        """Whether it lies on two sticks and nowhere else."""
        return not self.here and len(self.copies) > 1

    @property
    def words(self) -> str:
        """The sentence of the page."""
        if self.here and self.copies:
            return (
                f"{STILL_HERE}。已导出一份到 {self.copies[0]}，读回打开过；请换第二个U盘再导出一份，"
                "两份都能打开，本机才删去。"
            )
        if self.here:
            return f"{STILL_HERE}。电脑丢失或中毒时，别人能用它冒充县人大签发证书；请导出到U盘，一式两份分开保管。"
        places = "、".join(self.copies)
        second = "" if len(self.copies) > 1 else "请再导出一份到另一个U盘，分开保管。"
        return f"根密钥已在{self.exported_on}导出到 {places}，本机不再保存；签发和作废时插上U盘使用。{second}"


@dataclass(frozen=True)
class Exported:
    """A copy of the root on a stick, read back there; `moved` says that the one in the data folder is gone."""

    path: Path
    root_code: str
    moved: bool


def make_county_keys(desk: Desk) -> None:
    """Makes root, operating key and reader key of a county that has none; at a township nothing."""
    with desk.store.reading() as reading:
        office, held = office_of(reading), county_trust_in(reading)
    if not is_county(office.office_type) or held is not None:
        return
    # What a beginning that was cut off left is gone on with.
    root = load_key(desk, ROOT)
    if root is None:
        start = desk.store.now() - BACKDATED
        root = make_root(generate_key(), org_code=office.code, org_name=office.name, not_before=start)
        keep_key(desk, ROOT, root)
    certify_operating_key(desk, root, generate_key())
    renewed_list(desk, root)


def root_state(desk: Desk) -> RootState:
    """Where the root is, for the page. Raises NotThisOffice, EnrolmentRefused without keys."""
    held = _held(desk)
    with desk.store.reading() as reading:
        told = reading.setting(_EXPORTED)
    code = root_code(held.root_pem)
    here = key_file(desk, ROOT).exists()
    if not isinstance(told, dict):
        return RootState(here, code)
    copies = told.get("copies")
    places = tuple(str(each) for each in copies) if isinstance(copies, list) else ()
    return RootState(here, code, places, str(told.get("day")), str(told.get("checked") or ""))


def open_root(desk: Desk, *, file: Path | None = None, passphrase: str = "") -> SigningIdentity:
    """The root, from its exported file or from the data folder; an operating key about to expire is renewed.

    Raises NotThisOffice, EnrolmentRefused (not here, another root), KeyFileRefused.
    """
    desk.require("keys")
    held = _held(desk)
    root = _from_file(file, passphrase) if file is not None else load_key(desk, ROOT)
    if root is None:
        raise EnrolmentRefused(
            "根密钥不在本机（已经导出），没有签发，没有改动。请插上存根密钥的U盘，用 --root 指明其中的文件。",
            "K303",
        )
    if fingerprint(root.certificate) != fingerprint(read_certificate(held.root_pem)):
        raise EnrolmentRefused(
            f"{file or key_file(desk, ROOT)} 不是本县的根密钥，没有签发，没有改动。请换正确的文件。", "K303"
        )
    _renew_operating_key(desk, root)
    return root


def export_root(
    desk: Desk, *, to: Path, passphrase: str, file: Path | None = None, twice: bool = False
) -> Exported:
    """Writes the root to a stick, encrypted with a passphrase, reads it back there and moves it out of here.

    With `file`, an exported one, another copy is made of it. `twice` keeps the one here until two sticks hold one
    each. Raises NotThisOffice, EnrolmentRefused, KeyFileRefused; nothing is taken away here before the copy opened.
    """
    desk.require("keys")
    office = county_office(desk)
    before = root_state(desk).copies
    if twice:
        _require_other_stick(to, before)
    root = open_root(desk, file=file, passphrase=passphrase)
    data = to_key_file(root, passphrase=passphrase)
    target = _written(desk, office, to, data, root, passphrase)
    inside = key_file(desk, ROOT)
    moved = inside.exists() and not (twice and not before)
    _note_copy(desk, target)
    if moved:
        _wipe(inside)
    desk.store.note("导出根密钥", str(target))
    return Exported(target, root_code(root.certificate_pem), moved)


def check_copy(desk: Desk, *, file: Path, passphrase: str) -> None:
    """打开核对: an exported copy still opens and is this county's root; noted with the day.

    Raises NotThisOffice, EnrolmentRefused.
    """
    open_root(desk, file=file, passphrase=passphrase)
    with desk.store.reading() as reading:
        told = reading.setting(_EXPORTED)
    desk.store.set_setting(
        _EXPORTED, {**(told if isinstance(told, dict) else {}), "checked": desk.today().isoformat()}
    )
    desk.store.note("核对根密钥", str(file))


def _require_other_stick(to: Path, copies: Sequence[str]) -> None:
    """The same folder with the first copy still in it is the same stick. Raises EnrolmentRefused."""
    if any(Path(each).parent == to and Path(each).exists() for each in copies):
        raise EnrolmentRefused(
            "这还是存第一份的U盘，没有导出，本机的没有动。请拔下它，换第二个U盘再导出。", "K308"
        )


def certify_operating_key(desk: Desk, root: SigningIdentity, key: SigningKey) -> Enrolment:
    """Issues the county's operating certificate for a key, registers it and signs with it from now on."""
    with desk.store.reading() as reading:
        office = office_of(reading)
    applicant = Applicant(
        code=office.code,
        name=office.name,
        role="county",
        replica=desk.store.replica,
        recipient=reader_key(desk).recipient,
    )
    record = certified(desk, root, key.private.public_key(), applicant)
    with desk.store.writing(reason="县人大签名证书") as writing:
        writing.put(record)
    keep_key(desk, SIGNING, SigningIdentity(key, read_certificate(record.certificate.encode())))
    return record


def renewed_list(desk: Desk, root: SigningIdentity) -> CountyTrust:
    """Signs a new revocation list under the next number and keeps it, before anybody is handed it.

    The number is taken from the time: a county restored from a backup does not know the numbers it gave since,
    and townships refuse a list with a lower one (E310). A clock that is behind makes it rise by one. What the
    list held names stays named, also when the register does not know the certificate.
    """
    now = desk.store.now()
    with desk.store.reading() as reading:
        held = county_trust_in(reading)
        noted = {
            int(each.serial, 16): datetime.fromisoformat(each.revoked_at)
            for each in enrolments(reading)
            if each.revoked_at
        }
    named = dict(revoked_in(held)) if held is not None else {}
    number = max((held.crl_number if held is not None else 0) + 1, _minutes(now))
    revoked = {**named, **noted}.items()
    crl = make_list(root, revoked, number=number, this_update=now, next_update=now + LIST_DAYS)
    kept = CountyTrust(root.certificate_pem, crl, number)
    keep_county_trust(desk, kept)
    return kept


def revoked_in(held: CountyTrust) -> Mapping[int, datetime]:
    """Serial number → moment of revocation, of the list that is held. Raises BadList."""
    return read_list(held.crl, read_certificate(held.root_pem)).revoked


def _minutes(now: datetime) -> int:
    return (now.astimezone(UTC) - _COUNTED_FROM) // timedelta(minutes=1)


def _held(desk: Desk) -> CountyTrust:
    county_office(desk)
    make_county_keys(desk)
    with desk.store.reading() as reading:
        held = county_trust_in(reading)
    assert held is not None, "make_county_keys made it"
    return held


def _from_file(file: Path, passphrase: str) -> SigningIdentity:
    try:
        return from_key_file(file.read_bytes(), passphrase=passphrase)
    except OSError as error:
        raise EnrolmentRefused(
            f"{file} 读不到（{why_not(error)}），没有签发，没有改动。请插好U盘再试。", "K303"
        ) from error
    except KeyFileRefused as refused:
        raise EnrolmentRefused(
            f"{file.name} 打不开：口令不对（要用导出时的口令），或文件已损坏。没有签发，没有改动。"
            "请核对口令，或用另一份。",
            "K303",
        ) from refused


def _renew_operating_key(desk: Desk, root: SigningIdentity) -> None:
    kept = load_key(desk, SIGNING)
    with desk.store.reading() as reading:
        records = {each.key_id: each for each in enrolments(reading) if each.role == "county"}
    current = records.get(kept.key.key_id) if kept is not None else None
    if kept is None or current is None or current.revoked_at:
        certify_operating_key(desk, root, generate_key())
    elif soon_over(current, desk.store.now()):
        certify_operating_key(desk, root, kept.key)


def _written(
    desk: Desk, office: Office, to: Path, data: bytes, root: SigningIdentity, passphrase: str
) -> Path:
    """The copy under its name, after it was read back and opened where it lies. Raises EnrolmentRefused."""
    replica = desk.store.replica
    part = part_of(to, replica, fingerprint(root.certificate))
    try:
        to.mkdir(parents=True, exist_ok=True)
        sweep(to, replica)
        write_part(part, len(data), bytes_of(data), silent)
        if from_key_file(part.read_bytes(), passphrase=passphrase).key.key_id != root.key.key_id:
            raise KeyFileRefused("another key")
        name = f"根密钥_{office.code}_{safe_segment(office.short_name or office.name)}.p12"
        return named(part, to / name, takes=lambda other: False)
    except OSError as error:
        raise EnrolmentRefused(
            f"根密钥没有导出（{why_not(error)}），本机的没有动。请检查U盘后再试。", "K308"
        ) from error
    except KeyFileRefused as refused:
        raise EnrolmentRefused(
            "写到U盘的根密钥读回来打不开，已经删去，本机的没有动。请换一个U盘再导出。", "K308"
        ) from refused
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _note_copy(desk: Desk, target: Path) -> None:
    with desk.store.reading() as reading:
        told = reading.setting(_EXPORTED)
    before = told.get("copies") if isinstance(told, dict) else None
    copies: list[JsonValue] = [*(before if isinstance(before, list) else []), str(target)]
    kept = told if isinstance(told, dict) else {}
    noted: dict[str, JsonValue] = {**kept, "copies": copies, "day": desk.today().isoformat()}
    desk.store.set_setting(_EXPORTED, noted)


def _wipe(path: Path) -> None:
    """Writes over the file before it is taken away; on disks that move blocks this is no promise."""
    with contextlib.suppress(OSError), path.open("r+b") as old:
        old.write(bytes(path.stat().st_size))
        old.flush()
        os.fsync(old.fileno())
    path.unlink()
