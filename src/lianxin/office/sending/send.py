"""报送: checks, documents, signature; numbered only when the file lies there finished and verified."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lianxin import __version__
from lianxin.bundle.checkcode import hex_code
from lianxin.bundle.manifest import Generator
from lianxin.bundle.sealing import CannotSeal, NamedBytes, Sealed, SendingFacts, seal_plain
from lianxin.domain.dictionary import SCHEMA
from lianxin.domain.identity import new_uid
from lianxin.domain.periods import Period
from lianxin.domain.records import Office, SentFile
from lianxin.keys.signing import SigningIdentity
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.delivering import SendingFailed, Step, bytes_of, silent
from lianxin.office.sending.final import final_of, papers_on, since
from lianxin.office.sending.outgoing import Outgoing, alone, deliver
from lianxin.office.sending.papers import Papers
from lianxin.office.sending.review import Finding, review
from lianxin.office.sending.sent_files import next_seq, sent_before
from lianxin.office.sending.signing_key import signing_identity
from lianxin.store.reading import Reading

__all__ = ["SendingFailed", "Sent", "send_plain"]


@dataclass(frozen=True)
class Sent:
    """A finished sending: the file as written, what was found before, and its record.

    `continuations` are the further files with attachments, in order; usually there are none.
    """

    path: Path
    record: SentFile
    findings: tuple[Finding, ...]
    continuations: tuple[Path, ...] = ()

    @property
    def check_code(self) -> str:
        """核对码 in hex, groups of four: the machine-readable form."""
        return hex_code(self.record.manifest_digest)

    @property
    def spoken_code(self) -> str:
        """核对码 in 20 decimal digits, groups of five: for screen and telephone."""
        return self.record.check_code


def send_plain(desk: Desk, *, period: Period, to: Path, step: Step = silent) -> Sent:
    """普通报送 of one period into a folder. Raises SendingFailed; the findings of 核对 never stop it.

    Documents that were frozen and are unchanged carry the day of the freezing, like the paper that was signed.
    """
    with alone(desk):
        step("alone")
        findings = review(desk, period)
        step("reviewed")
        with desk.store.reading() as reading:
            office = office_of(reading)
            # Its certificate, made at the first sending, must not begin after the moment the file bears.
            signer = signing_identity(desk, office)
            step("signer at hand")
            papers, final_digest = period_papers(desk, reading, period, step)
            previous = sent_before(reading)
            facts = common_facts(desk, reading, office, period, papers, previous)
        step("papers")
        sealed = _sealed(papers, facts, signer)
        step("sealed")
        going = Outgoing(
            sealed.file_name,
            sealed.manifest,
            sealed.manifest_sha256,
            len(sealed.data),
            bytes_of(sealed.data),
            final=final_digest,
        )
        ((path, record),) = deliver(desk, [going], period=period, to=to, known=len(previous), step=step)
        step("done")
    return Sent(path, record, findings)


def period_papers(desk: Desk, reading: Reading, period: Period, step: Step) -> tuple[Papers, str | None]:
    """The documents, and the digest of the frozen ones when they are those."""
    final = final_of(reading, period)
    if final is not None:
        frozen = papers_on(desk, reading, period, final.day)
        step("frozen papers")
        if since(final, frozen).same:
            return frozen, final.digest
    return papers_on(desk, reading, period, desk.today()), None


def common_facts(
    desk: Desk, reading: Reading, office: Office, period: Period, papers: Papers, previous: list[SentFile]
) -> SendingFacts:
    """What every sending of a period says of itself."""
    replica = desk.store.replica
    return SendingFacts(
        bundle_id=new_uid(desk.store.now(), desk.store.random),
        period=period.code,
        org_code=office.code,
        org_name=office.name,
        replica=replica,
        seq=next_seq(reading, previous, replica),
        created_at=desk.store.now(),
        generator=Generator("lianxin", __version__),
        schema=SCHEMA,
        place=office.short_name or "",
        prepared_by=office.clerk or "",
        prev_manifest_sha256=previous[-1].manifest_digest if previous else None,
        counts=papers.counts,
        totals=papers.totals,
        completeness=f"本期全部材料共{len(papers.documents)}个文件",
    )


def _sealed(papers: Papers, facts: SendingFacts, signer: SigningIdentity) -> Sealed:
    documents = [NamedBytes(name, data) for name, data in papers.documents]
    try:
        return seal_plain(documents, facts=facts, signer=signer)
    except CannotSeal as refused:
        raise SendingFailed(str(refused), "S208") from refused
