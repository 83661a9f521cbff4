"""报送件 after enrolment: entries, values and documents sealed for the county, encrypted as soon as a value travels."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from lianxin.bundle.journal_file import exact_counts
from lianxin.bundle.manifest import Kind, Role
from lianxin.bundle.parts import Part
from lianxin.bundle.sealing import CannotSeal, SendingFacts, Signer, sealed_file_name
from lianxin.bundle.sealing_streams import seal
from lianxin.bundle.spooling import Spool
from lianxin.domain.identity import new_uid
from lianxin.domain.journal import parse_entry
from lianxin.domain.periods import Period
from lianxin.domain.records import Office, SentFile
from lianxin.domain.streams import COMMON, LOCAL, TO, stream_of
from lianxin.keys.sealed_for import encrypt
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.attached import note_carried, shared_out, waiting
from lianxin.office.sending.delivering import SendingFailed, Step, silent
from lianxin.office.sending.load import Load, document_parts, until
from lianxin.office.sending.outgoing import LOCK_FOLDER, Outgoing, alone, deliver, sent_before
from lianxin.office.sending.papers import Papers
from lianxin.office.sending.personal_texts import office_streams, open_mentions
from lianxin.office.sending.receipted import entries_there, values_there
from lianxin.office.sending.redacting import redactor_of
from lianxin.office.sending.review import Finding, review
from lianxin.office.sending.send import Sent, common_facts, period_papers, send_plain
from lianxin.office.sending.values_out import values_out
from lianxin.office.trusting import Enrolled, desk_signer, enrolled, reader_key
from lianxin.store.carrying import CarriedLine, lines_beyond, tips
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class _Prepared:
    """Everything of a report but its bytes. `parts` in the order of the bundle, `rest` those of continuations."""

    facts: SendingFacts
    load: Load
    parts: tuple[Part, ...]
    rest: tuple[tuple[Part, ...], ...]
    reached: str
    final: str | None
    known: int


def send(desk: Desk, *, period: Period, to: Path, plain: bool = False, step: Step = silent) -> Sent:
    """The period's report into a folder: 普通报送 before enrolment, 报送件 after it. Raises SendingFailed.

    With `plain` a 报送件 is not encrypted and carries no values. The findings of 核对 never stop it.
    """
    held = enrolled(desk)
    if held is None:
        return send_plain(desk, period=period, to=to, step=step)
    with alone(desk):
        step("alone")
        findings = review(desk, period)
        step("reviewed")
        reader_key(desk)
        signer = desk_signer(desk)
        step("signer at hand")
        scratch = desk.store.home / LOCK_FOLDER
        with closing(Load.empty(scratch)) as load, closing(_Spools(scratch)) as spools:
            with desk.store.reading() as reading:
                prepared = _prepared(desk, reading, held, period, load, plain=plain, step=step)
            step("papers")
            going = _sealed(desk, prepared, held, signer, spools)
            step("sealed")
            done = deliver(desk, going, period=period, to=to, known=prepared.known, step=step)
        _note(desk, done, prepared)
        step("done")
    (path, record), *more = done
    return Sent(path, record, (*findings, *_told(prepared)), tuple(each for each, _ in more))


def _prepared(
    desk: Desk,
    reading: Reading,
    held: Enrolled,
    period: Period,
    load: Load,
    *,
    plain: bool,
    step: Step,
) -> _Prepared:
    office = office_of(reading)
    papers, final = period_papers(desk, reading, period, step)
    previous = sent_before(reading)
    streams, there = office_streams(reading), entries_there(reading, held.county_code)
    lines = lines_beyond(reading, streams, there)
    if plain:
        redactor = redactor_of(reading)

        def names_somebody(line: CarriedLine) -> bool:
            return next(open_mentions(parse_entry(line.line), redactor), None) is not None

        load.take_lines(until(lines, names_somebody, load))
    else:
        load.take_lines(lines)
        seq, after = values_there(reading, held.county_code)
        load.take_values(values_out(reading, streams, after, seq=seq))
    step("entries taken")
    attached, rest = ([], []) if plain else shared_out(waiting(desk, reading))
    parts = (*load.parts(), *document_parts(papers.documents), *attached)
    facts = common_facts(desk, office, period, papers, previous)
    return _Prepared(
        facts=_facts(reading, facts, held, office, papers, load, parts),
        load=load,
        parts=parts,
        rest=tuple(tuple(each) for each in rest),
        reached=load.reached(there),
        final=final,
        known=len(previous),
    )


def _facts(
    reading: Reading,
    facts: SendingFacts,
    held: Enrolled,
    office: Office,
    papers: Papers,
    load: Load,
    parts: Sequence[Part],
) -> SendingFacts:
    known = tips(reading)
    ours = stream_of(facts.replica, LOCAL)
    readable = (COMMON, f"{TO}-{office.code}")
    count = sum(load.by_kind.values())
    return replace(
        facts,
        audience=held.county_code,
        entries=load.ranges,
        acknowledges={
            stream: tip.counter
            for stream, tip in known.items()
            if stream.startswith(f"{held.county_code}-") and stream.partition("/")[2] in readable
        },
        audit_head=known[ours].digest if ours in known else None,
        counts=exact_counts(load.by_kind, len(parts)),
        completeness=f"本期全部材料共{len(papers.documents)}个文件，数据记录{count}条"
        + (f"，另有{load.kept_back}条没有随不加密的报送件走" if load.kept_back else ""),
    )


def _told(prepared: _Prepared) -> list[Finding]:
    kept_back = prepared.load.kept_back
    if not kept_back:
        return []
    sentence = f"有{kept_back}条数据记录没有报送：从它们起有文字提到来访人。去掉“不加密”再报送就会带上"
    return [Finding("", "", sentence)]


class _Spools:
    """The sealed bundles before they are written to their folder, gone together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[Spool] = []

    def new(self) -> Spool:
        """One more."""
        self._made.append(Spool(self._folder))
        return self._made[-1]

    def close(self) -> None:
        """Gives all of them away."""
        for each in self._made:
            each.close()


def _sealed(
    desk: Desk, prepared: _Prepared, held: Enrolled, signer: Signer, spools: _Spools
) -> list[Outgoing]:
    """The report and its continuations, numbered one after another. Raises SendingFailed."""
    recipients = (held.recipient, reader_key(desk).recipient)
    facts = prepared.facts
    report = sealed_bundle(Kind.REPORT, prepared.parts, facts, signer, spools.new(), recipients)
    report = replace(
        report,
        ranges=prepared.reached,
        values=any(part.role is Role.VALUES for part in prepared.parts),
        final=prepared.final,
    )
    going = [report]
    for parts in prepared.rest:
        facts = replace(
            facts,
            bundle_id=new_uid(desk.store.now(), desk.store.random),
            seq=facts.seq + 1,
            prev_manifest_sha256=going[-1].manifest_sha256,
            entries={},
            acknowledges={},
            totals={},
            counts=exact_counts({}, len(parts)),
            completeness=f"第{report.manifest.seq}期报送件的附件{len(parts)}个",
        )
        bundle = sealed_bundle(Kind.ATTACHMENTS, parts, facts, signer, spools.new(), recipients)
        going.append(replace(bundle, follows=report.manifest.bundle_id))
    return going


def sealed_bundle(
    kind: Kind,
    parts: Sequence[Part],
    facts: SendingFacts,
    signer: Signer,
    spool: Spool,
    recipients: Sequence[str],
) -> Outgoing:
    """Seals a bundle into a spool, to be encrypted while it is written when a part is personal. Raises SendingFailed."""
    try:
        written = seal(spool.file, kind=kind, parts=parts, facts=facts, signer=signer)
    except CannotSeal as refused:
        raise SendingFailed(str(refused), "S208") from refused
    encrypted = any(part.personal or part.role is Role.VALUES for part in parts)
    return Outgoing(
        sealed_file_name(facts, encrypted),
        written.manifest,
        written.manifest_sha256,
        spool.size,
        partial(_encrypted, spool, recipients) if encrypted else partial(_copied, spool),
    )


def _encrypted(spool: Spool, recipients: Sequence[str], out: BinaryIO) -> None:
    with spool.open() as source:
        encrypt(source, out, recipients)


def _copied(spool: Spool, out: BinaryIO) -> None:
    with spool.open() as source:
        while chunk := source.read(1 << 18):
            out.write(chunk)


def _note(desk: Desk, done: Sequence[tuple[Path, SentFile]], prepared: _Prepared) -> None:
    for (_path, record), parts in zip(done, (prepared.parts, *prepared.rest), strict=True):
        note_carried(desk, record.bundle_id, parts)
