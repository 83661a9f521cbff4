"""移交: everything this office wrote and knows, for another computer of the same office."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from lianxin import __version__
from lianxin.bundle.journal_file import exact_counts
from lianxin.bundle.manifest import Generator, Kind
from lianxin.bundle.sealing import SendingFacts
from lianxin.domain.dictionary import SCHEMA
from lianxin.domain.identity import new_uid
from lianxin.domain.periods import Period
from lianxin.domain.records import Attachment
from lianxin.keys.sealed_for import BadRecipient, require_recipient
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.attached import file_parts, shared_out
from lianxin.office.sending.bundling import Bundling
from lianxin.office.sending.delivering import SendingFailed, Step, silent
from lianxin.office.sending.load import Load
from lianxin.office.sending.outgoing import LOCK_FOLDER, alone, deliver
from lianxin.office.sending.personal_texts import office_streams
from lianxin.office.sending.report import audit_head
from lianxin.office.sending.send import Sent
from lianxin.office.sending.sent_files import next_seq, sent_before
from lianxin.office.sending.values_out import every_value
from lianxin.office.trust.trusting import beside_recipients, desk_signer, enrolled, reader_key
from lianxin.store.carrying import lines_beyond


def send_handover(
    desk: Desk, *, period: Period, to: Path, readers: Sequence[str] = (), step: Step = silent
) -> Sent:
    """Every entry, value and attachment of this office, encrypted for its computers and these age recipients.

    `readers` are those of computers the county told nothing of yet (their 登记申请 names them); `period` only names the file. Raises
    SendingFailed, also before enrolment: nobody could tell then that it comes from this office.
    """
    if enrolled(desk) is None:
        raise SendingFailed(
            "还没有在县人大登记，不能移交，数据没有改动。请先在“设置”里办理登记，或用备份换电脑。", "S209"
        )
    try:
        others = [require_recipient(each) for each in readers]
    except BadRecipient as wrong:
        raise SendingFailed(
            f"“{wrong}”不是收件公钥，没有移交，数据没有改动。请从另一台电脑的登记申请里复制。", "S209"
        ) from wrong
    with alone(desk):
        step("alone")
        scratch = desk.store.home / LOCK_FOLDER
        recipients = tuple(dict.fromkeys((reader_key(desk).recipient, *beside_recipients(desk), *others)))
        with (
            closing(Load.empty(scratch)) as load,
            closing(Bundling(desk, scratch, desk_signer(desk), recipients)) as bundling,
        ):
            with desk.store.reading() as reading:
                office, previous = office_of(reading), sent_before(reading)
                streams = office_streams(reading)
                load.take_lines(lines_beyond(reading, streams, {}))
                load.take_values(every_value(reading, streams))
                attached, rest = shared_out(file_parts(desk, reading.all(Attachment)))
                replica = desk.store.replica
                head = audit_head(reading, replica)
                seq = next_seq(reading, previous, replica)
            parts = [*load.parts(), *attached]
            facts = SendingFacts(
                bundle_id=new_uid(desk.store.now(), desk.store.random),
                period=period.code,
                org_code=office.code,
                org_name=office.name,
                replica=replica,
                seq=seq,
                created_at=desk.store.now(),
                generator=Generator("lianxin", __version__),
                schema=SCHEMA,
                audience=office.code,
                place=office.short_name or "",
                prepared_by=office.clerk or "",
                prev_manifest_sha256=previous[-1].manifest_digest if previous else None,
                audit_head=head,
                counts=exact_counts(load.by_kind, len(parts)),
                completeness=f"本单位全部数据记录{sum(load.by_kind.values())}条",
                entries=load.ranges,
            )
            first = bundling.sealed(Kind.HANDOVER, parts, facts)
            going = [first, *bundling.continuations(first, rest, facts)]
            step("sealed")
            done = deliver(desk, going, period=period, to=to, known=len(previous), step=step)
        step("done")
    (path, record), *more = done
    return Sent(path, record, (), tuple(each for each, _ in more))
