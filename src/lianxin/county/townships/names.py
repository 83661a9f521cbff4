"""What the county calls its townships: a short name per division code, for lists and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianxin.domain.records import Enrolment, Township
from lianxin.office.desk import office_of
from lianxin.office.trust.trusting import code_changes, enrolments
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class Towns:
    """Names by division code, and certificates by their digest; read once for a list."""

    places: Mapping[str, str]
    certificates: Mapping[str, Enrolment]
    county: str

    def name(self, code: str | None, told: str | None = None) -> str:
        """石牌镇; what the file itself says for an office that is not registered, "" when nobody is known."""
        return self.places.get(code or "") or told or code or ""

    def signer(self, certificate_digest: str) -> str:
        """清江县石牌镇人大主席团（电脑1）; "" for a certificate the county did not issue."""
        found = self.certificates.get(certificate_digest)
        if found is None:
            return ""
        return f"{found.name}（{found.device}）" if found.device else found.name

    def device(self, replica: str) -> str:
        """The computer that writes under this id, as its office calls it; "" when unknown."""
        found = [each for each in self.certificates.values() if each.replica == replica]
        return found[-1].device or "" if found else ""


def towns_in(reading: Reading) -> Towns:
    """The register as names, with townships that have no desk; an office that was renamed keeps the name it had."""
    issued = enrolments(reading)
    former = {each.former: each.former_name or each.former for each in code_changes(reading)}
    desks = {each.code: each.place or each.name for each in issued if each.role == "desk"}
    listed = {each.code: each.name for each in reading.all(Township) if each.name}
    county = office_of(reading)
    return Towns(
        {**former, **desks, **listed, county.code: county.short_name or county.name},
        {each.certificate_digest: each for each in issued},
        county.short_name or county.name,
    )
