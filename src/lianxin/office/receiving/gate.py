"""What a received file is held against at this desk: whom it trusts, who it is, and how it opens what is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from lianxin.bundle.codes import Code
from lianxin.bundle.manifest import Kind, Manifest
from lianxin.bundle.recognising import CUT_OFF
from lianxin.bundle.trust import Trust
from lianxin.bundle.verdicts import Refused
from lianxin.domain.dates import show_day
from lianxin.domain.unit_changes import UnitChanges
from lianxin.office.desk import Desk, office_of
from lianxin.office.trust.trusting import code_changes, enrolled_in, is_county, reader_secret, trust_of
from lianxin.store.reading import Reading
from lianxin.store.received import received_digests

if TYPE_CHECKING:
    from lianxin.bundle.unsealing import Decrypt

_UP = (Kind.REPORT, Kind.ATTACHMENTS, Kind.PLAIN)


@dataclass(frozen=True)
class Gate:
    """`own` is this office's code; `former` tells for each office the ended codes it goes on for.

    `us` are the codes a township's files may be addressed to: its own, and its county's for what it sent itself.
    """

    own: str
    county: bool
    trust: Trust | None
    decrypt: Decrypt | None
    former: Mapping[str, frozenset[str]]
    us: frozenset[str] | None = None
    closed: Mapping[str, str] = field(default_factory=dict)
    """Ended codes whose files are no longer taken in → what is said of it."""

    def require_ours(self, manifest: Manifest) -> None:
        """A file for this office, or one of its own that comes back. Raises Refused (E501, E312)."""
        if manifest.kind in (Kind.PROFILE, Kind.ENROLMENT):
            raise Refused(Code.POLICY, "这是登记用的文件，请在“设置与密钥”里办理")
        if manifest.org_code == self.own:
            return
        if manifest.audience != self.own and (manifest.audience or manifest.kind is not Kind.PLAIN):
            raise Refused(Code.NOT_FOR_US)
        if manifest.org_code in self.closed:
            raise Refused(Code.UNIT_ENDED, self.closed[manifest.org_code])
        if (manifest.kind in _UP) is not self.county or manifest.kind is Kind.HANDOVER:
            raise Refused(Code.POLICY)

    def former_of(self, org: str) -> frozenset[str]:
        """The ended codes an office goes on for, according to the county's own register."""
        return self.former.get(org, frozenset())


def gate_of(desk: Desk) -> Gate:
    """Who we are and whom we trust, read once for a batch."""
    trust = trust_of(desk)
    with desk.store.reading() as reading:
        office = office_of(reading)
        county = is_county(office.office_type)
        accepted = received_digests(reading.connection)
        held = enrolled_in(reading)
        closed = _closed(reading, desk.today()) if county else {}
    trust = replace(trust, accepted=accepted) if trust else None
    former = trust.former if trust else {}
    us = frozenset({office.code, held.county_code, *former.get(office.code, ())}) if held else None
    return Gate(office.code, county, trust, _opener(desk), former, us, closed)


def _closed(reading: Reading, today: date) -> dict[str, str]:
    """Units that ended so long ago that their files wait for a person (bundle-format.md, "Keys and trust")."""
    units = UnitChanges.of(code_changes(reading))
    found = {}
    for former in units.goes_on(today):
        change = units.closed_to_files(former, today)
        if change is not None and change.until is not None:
            named = f"{change.former_name or former}自{show_day(change.day)}起由 {change.code} 接着用"
            found[former] = f"{named}，代收到{show_day(change.until)}为止"
    return found


def _opener(desk: Desk) -> Decrypt:
    secret = reader_secret(desk)

    def decrypt(source: BinaryIO, target: BinaryIO) -> None:
        from lianxin.keys.sealed_for import DamagedEncryption
        from lianxin.keys.sealed_for import decrypt as opened

        try:
            opened(source, target, secret)
        except DamagedEncryption:
            raise Refused(Code.CANNOT_DECRYPT, CUT_OFF) from None

    return decrypt
