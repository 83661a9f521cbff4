"""What a received file is held against at this desk: whom it trusts, who it is, and how it opens what is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from lianxin.bundle.codes import Code
from lianxin.bundle.manifest import Kind, Manifest
from lianxin.bundle.trust import Trust
from lianxin.bundle.verdicts import Refused
from lianxin.office.desk import Desk, office_of
from lianxin.office.trusting import enrolled_in, is_county, reader_secret, trust_of
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

    def require_ours(self, manifest: Manifest) -> None:
        """A file for this office, or one of its own that comes back. Raises Refused (E501, E312)."""
        if manifest.kind in (Kind.PROFILE, Kind.ENROLMENT):
            raise Refused(Code.POLICY, "这是登记用的文件，请在“设置与密钥”里办理")
        if manifest.org_code == self.own:
            return
        if manifest.audience != self.own and (manifest.audience or manifest.kind is not Kind.PLAIN):
            raise Refused(Code.NOT_FOR_US)
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
    trust = replace(trust, accepted=accepted) if trust else None
    former = trust.former if trust else {}
    us = frozenset({office.code, held.county_code, *former.get(office.code, ())}) if held else None
    return Gate(office.code, county, trust, _opener(desk), former, us)


def _opener(desk: Desk) -> Decrypt:
    secret = reader_secret(desk)

    def decrypt(source: BinaryIO, target: BinaryIO) -> None:
        from lianxin.keys.sealed_for import decrypt as opened

        opened(source, target, secret)

    return decrypt
