"""报送件 after enrolment: entries, values and documents sealed for the county, encrypted as soon as a value travels."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from lianxin.bundle.journal_file import exact_counts
from lianxin.bundle.manifest import Kind
from lianxin.bundle.parts import Part
from lianxin.bundle.sealing import SendingFacts
from lianxin.domain.journal import parse_entry
from lianxin.domain.periods import Period
from lianxin.domain.records import Office
from lianxin.domain.streams import COMMON, LOCAL, TO, audience_of, stream_of
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.attached import note_carried, shared_out, waiting
from lianxin.office.sending.bundling import Bundling
from lianxin.office.sending.delivering import Step, silent
from lianxin.office.sending.load import Load, document_parts, until
from lianxin.office.sending.outgoing import LOCK_FOLDER, alone, deliver
from lianxin.office.sending.papers import Papers
from lianxin.office.sending.personal_texts import office_streams, open_mentions
from lianxin.office.sending.receipted import entries_there, values_there
from lianxin.office.sending.redacting import redactor_of
from lianxin.office.sending.review import Finding, review
from lianxin.office.sending.send import Sent, common_facts, period_papers, send_plain
from lianxin.office.sending.sent_files import sent_before
from lianxin.office.sending.values_out import values_out
from lianxin.office.trust.trusting import Enrolled, beside_recipients, desk_signer, enrolled, reader_key
from lianxin.store.carrying import CarriedLine, lines_beyond, tips
from lianxin.store.reading import Reading


@dataclass(frozen=True)
class _Prepared:
    """What a report is made of. `parts` in the order of the bundle, `rest` those of continuations."""

    facts: SendingFacts
    kept_back: int
    parts: tuple[Part, ...]
    rest: list[list[Part]]
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
        scratch = desk.store.home / LOCK_FOLDER
        readers = (held.recipient, reader_key(desk).recipient, *beside_recipients(desk))
        with (
            closing(Load.empty(scratch)) as load,
            closing(Bundling(desk, scratch, desk_signer(desk), readers)) as bundling,
        ):
            step("signer at hand")
            with desk.store.reading() as reading:
                prepared = _prepared(desk, reading, held, period, load, plain=plain, step=step)
            step("papers")
            report = bundling.sealed(Kind.REPORT, prepared.parts, prepared.facts)
            report = replace(report, ranges=prepared.reached, final=prepared.final)
            going = [report, *bundling.continuations(report, prepared.rest, prepared.facts)]
            step("sealed")
            done = deliver(desk, going, period=period, to=to, known=prepared.known, step=step)
        for (_path, record), parts in zip(done, (prepared.parts, *prepared.rest), strict=True):
            note_carried(desk, record.bundle_id, parts)
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
    facts = common_facts(desk, reading, office, period, papers, previous)
    return _Prepared(
        facts=_facts(reading, facts, held, office, papers, load, parts),
        kept_back=load.kept_back,
        parts=parts,
        rest=rest,
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
    count = sum(load.by_kind.values())
    return replace(
        facts,
        audience=held.county_code,
        entries=load.ranges,
        acknowledges=heard_from(reading, held.county_code, office.code),
        audit_head=audit_head(reading, facts.replica),
        counts=exact_counts(load.by_kind, len(parts)),
        completeness=f"本期全部材料共{len(papers.documents)}个文件，数据记录{count}条"
        + (f"，另有{load.kept_back}条没有随不加密的报送件走" if load.kept_back else ""),
    )


def heard_from(reading: Reading, county: str, code: str) -> dict[str, int]:
    """Stream → how far we have what the county wrote for us and for everybody."""
    meant = (COMMON, f"{TO}-{code}")
    return {
        stream: tip.counter
        for stream, tip in tips(reading).items()
        if stream.startswith(f"{county}-") and audience_of(stream) in meant
    }


def audit_head(reading: Reading, replica: str) -> str | None:
    """Hash of the last entry that never leaves this computer, so that the county anchors it too."""
    tip = tips(reading).get(stream_of(replica, LOCAL))
    return tip.digest if tip is not None else None


def _told(prepared: _Prepared) -> list[Finding]:
    kept_back = prepared.kept_back
    if not kept_back:
        return []
    sentence = f"有{kept_back}条数据记录没有报送：从它们起有文字提到来访人。去掉“不加密”再报送就会带上"
    return [Finding("", "", sentence)]
