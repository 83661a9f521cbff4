"""Whose streams a bundle may carry and acknowledge: nobody speaks for another office (E313)."""

from __future__ import annotations

from dataclasses import dataclass

from lianxin.bundle.codes import Code
from lianxin.bundle.manifest import Kind, Manifest
from lianxin.bundle.verdicts import Refused
from lianxin.domain.streams import COMMON, LOCAL, OFFICE, TO, BadStream, audience_of, org_of


@dataclass(frozen=True)
class Scope:
    """The signer's office and the reader of one bundle, each with the codes it had before."""

    kind: Kind
    owners: frozenset[str]
    readers: frozenset[str]

    @classmethod
    def of(cls, manifest: Manifest, *, former: frozenset[str], us: frozenset[str] | None) -> Scope:
        """The scope of a bundle; `former` are codes the signer's office goes on for, `us` those of the reader."""
        readers = {manifest.audience} | (us if us is not None and manifest.audience in us else frozenset())
        return cls(manifest.kind, former | {manifest.org_code}, frozenset(readers))

    def check_carried(self, stream: str) -> None:
        """Entries of this stream were written by the signer's office for this reader. Raises Refused, BadStream."""
        audience, owner = audience_of(stream), org_of(stream)
        if self.kind is Kind.RECEIPT:
            meant = audience == COMMON or audience in _addressed(self.readers)
        else:
            meant = audience == OFFICE
        if owner not in self.owners or not meant:
            raise Refused(Code.SCOPE, stream)

    def check_acknowledged(self, stream: str) -> None:
        """What is acknowledged was written by the reader's office for the signer. Raises Refused, BadStream."""
        audience, owner = audience_of(stream), org_of(stream)
        if self.kind is Kind.RECEIPT:
            meant = owner in self.readers and audience == OFFICE
        elif self.kind is Kind.REPORT:
            meant = owner in self.readers and (audience == COMMON or audience in _addressed(self.owners))
        else:
            meant = audience != LOCAL
        if not meant:
            raise Refused(Code.SCOPE, stream)


def check_scope(manifest: Manifest, scope: Scope) -> None:
    """Every replica and stream the manifest names. Raises Refused: E203 for what is no name, E313 for a foreign one."""
    named = "replica"
    try:
        if org_of(f"{manifest.replica}/{OFFICE}") not in scope.owners:
            raise Refused(Code.SCOPE, manifest.replica)
        named = "entries"
        for stream in manifest.entries:
            scope.check_carried(stream)
        named = "acknowledges"
        for stream in manifest.acknowledges:
            scope.check_acknowledged(stream)
    except BadStream:
        raise Refused(Code.FORMAT, f"清单项目 {named}") from None


def _addressed(codes: frozenset[str]) -> set[str]:
    return {f"{TO}-{code}" for code in codes}
