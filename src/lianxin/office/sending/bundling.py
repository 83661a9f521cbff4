"""From parts to bundles on their way: sealed into spools, encrypted while they are written, continuations numbered on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from lianxin.bundle.journal_file import exact_counts
from lianxin.bundle.manifest import Kind, Role
from lianxin.bundle.parts import Part
from lianxin.bundle.sealing import CannotSeal, SendingFacts, Signer, sealed_file_name
from lianxin.bundle.sealing_streams import seal
from lianxin.bundle.spooling import Spool
from lianxin.bundle.zipwriting import chunks_of
from lianxin.domain.identity import new_uid
from lianxin.keys.sealed_for import encrypt
from lianxin.office.desk import Desk
from lianxin.office.sending.delivering import SendingFailed
from lianxin.office.sending.outgoing import Outgoing


class Bundling:
    """Seals the bundles of one sending; what lies in `folder` until they are written is gone with `close`.

    Whatever is personal is encrypted to `recipients`, and so is all of a bundle that holds it.
    """

    def __init__(self, desk: Desk, folder: Path, signer: Signer, recipients: Sequence[str]) -> None:
        self._desk, self._folder, self._signer = desk, folder, signer
        self._recipients = tuple(recipients)
        self._spools: list[Spool] = []

    def sealed(self, kind: Kind, parts: Sequence[Part], facts: SendingFacts) -> Outgoing:
        """One bundle. Raises SendingFailed."""
        spool = Spool(self._folder)
        self._spools.append(spool)
        try:
            written = seal(spool.file, kind=kind, parts=parts, facts=facts, signer=self._signer)
        except CannotSeal as refused:
            raise SendingFailed(str(refused), "S208") from refused
        encrypted = any(part.personal or part.role is Role.VALUES for part in parts)
        return Outgoing(
            sealed_file_name(facts, encrypted),
            written.manifest,
            written.manifest_sha256,
            spool.size,
            partial(_encrypted, spool, self._recipients) if encrypted else partial(_copied, spool),
            values=any(part.role is Role.VALUES for part in parts),
        )

    def continuations(
        self, first: Outgoing, rest: Sequence[Sequence[Part]], facts: SendingFacts
    ) -> list[Outgoing]:
        """The attachments that found no room in `first`, numbered after it. Raises SendingFailed."""
        made: list[Outgoing] = []
        for parts in rest:
            facts = replace(
                facts,
                bundle_id=new_uid(self._desk.store.now(), self._desk.store.random),
                seq=facts.seq + 1,
                prev_manifest_sha256=(made or [first])[-1].manifest_sha256,
                entries={},
                acknowledges={},
                totals={},
                counts=exact_counts({}, len(parts)),
                completeness=f"第{first.manifest.seq}期报送件的附件{len(parts)}个",
            )
            bundle = self.sealed(Kind.ATTACHMENTS, parts, facts)
            made.append(replace(bundle, follows=first.manifest.bundle_id))
        return made

    def close(self) -> None:
        """Gives all spools away."""
        for each in self._spools:
            each.close()


def _encrypted(spool: Spool, recipients: Sequence[str], out: BinaryIO) -> None:
    with spool.open() as source:
        encrypt(source, out, recipients)


def _copied(spool: Spool, out: BinaryIO) -> None:
    with spool.open() as source:
        for chunk in chunks_of(source):
            out.write(chunk)
