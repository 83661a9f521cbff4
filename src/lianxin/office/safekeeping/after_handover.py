"""After a handover: what is still to be done, read from what was done, so that nobody has to tick it off.

The person who left may hold an older backup and its passphrase, and in it the signing key of then. So the office asks
for a certificate of a new key, and the county revokes the old one with the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dates import show_day
from lianxin.domain.records import User
from lianxin.office.access.users import hand_office_over, name_before
from lianxin.office.desk import Desk
from lianxin.office.safekeeping.keeping import sheet_kept
from lianxin.office.trust.trusting import Enrolled, enrolled_in
from lianxin.office.trust.waiting import Asked, asked_in
from lianxin.store.reading import Reading

_SETTING = "handed-over"

SheetState = Literal["open", "made", "done"]
"""made: printed, and nobody said yet that it is put away."""
KeyState = Literal["none", "open", "asked", "old in force", "done"]
"""none: not enrolled, so nothing to change; old in force: renewed here, and the county has not revoked the old one."""


@dataclass(frozen=True)
class AfterHandover:
    """How far the work after the latest handover is; `asked` is the request that waits for the county."""

    day: date
    giving: str
    taking: str
    sheet: SheetState
    key: KeyState
    asked: Asked | None

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self.sheet == "done" and self.key in ("none", "done")

    @property
    def words(self) -> str:
        """11月22日由彭建国移交李红."""
        return f"{show_day(self.day)}由{self.giving}移交{self.taking}"


def hand_over(desk: Desk, *, name: str, passphrase: str, leaving: str, leaving_name: str = "") -> User:
    """交接, with the former clerk there or not, and from then on what is left to do. Raises as `hand_office_over`."""
    giving = leaving_name.strip() or name_before(desk, leaving)
    added = hand_office_over(
        desk, name=name, passphrase=passphrase, leaving=leaving, leaving_name=leaving_name
    )
    note_handover(desk, giving=giving, taking=added.name)
    return added


def note_handover(desk: Desk, *, giving: str, taking: str) -> None:
    """Remembers who handed over to whom, and which certificate signed until then."""
    with desk.store.reading() as reading:
        held = enrolled_in(reading)
    told: dict[str, JsonValue] = {
        "at": desk.store.now().isoformat(),
        "giving": giving,
        "taking": taking,
        "certificate": held.certificate.decode() if held is not None else "",
    }
    desk.store.set_setting(_SETTING, told)


def after_handover(reading: Reading) -> AfterHandover | None:
    """What is left to do; None when nobody handed over since this is kept."""
    told = reading.setting(_SETTING)
    if not isinstance(told, dict):
        return None
    at = datetime.fromisoformat(str(told["at"]))
    asked = asked_in(reading)
    return AfterHandover(
        day=at.date(),
        giving=str(told["giving"]),
        taking=str(told["taking"]),
        sheet=_sheet_state(reading, at),
        key=_key_state(str(told["certificate"]).encode(), enrolled_in(reading), asked),
        asked=asked,
    )


def _sheet_state(reading: Reading, since: datetime) -> SheetState:
    made = reading.logged(("更换恢复单",), limit=1)
    if not any(datetime.fromisoformat(moment) >= since for moment, _, _ in made):
        return "open"
    return "done" if sheet_kept(reading) >= since.date().isoformat() else "made"


def _key_state(former: bytes, held: Enrolled | None, asked: Asked | None) -> KeyState:
    if held is None or not former:
        return "none"
    if former != held.certificate:
        from lianxin.keys.certificates import read_certificate
        from lianxin.keys.revocation import read_list

        old, now = read_certificate(former), read_certificate(held.certificate)
        if old.public_key() != now.public_key():
            listed = read_list(held.crl, read_certificate(held.root_pem))
            return "done" if old.serial_number in listed.revoked else "old in force"
    return "asked" if asked is not None else "open"


def key_waits(reading: Reading) -> bool:
    """Whether the key of before the handover still signs; without looking into certificates, for the first page."""
    told = reading.setting(_SETTING)
    held = enrolled_in(reading) if isinstance(told, dict) and told.get("certificate") else None
    return held is not None and isinstance(told, dict) and told["certificate"] == held.certificate.decode()
