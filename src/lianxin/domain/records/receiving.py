"""What was received and what was said of it: the local log, the lines of a receipt, answers to open questions."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, LINES, TEXT, YES_NO, one_of


class ReceivedFile(Record, kind="received-file", label="接收记录", audience="local"):
    """One file that was offered, and its verdict; stays on this computer (journal.md, stream `local`)."""

    day: date = told(DAY, "接收日期", wire="date")
    file_name: str = told(TEXT, "文件名", length=200, search=True)
    verdict: str = told(one_of(codes.RECEIVED_VERDICT), "结论")
    code: str = told(TEXT, "代码", length=4)
    words: str = told(LINES, "结论说明", length=4000)
    org_code: str | None = maybe(TEXT, "区划代码", default=None, length=12)
    org_name: str | None = maybe(TEXT, "报送单位", default=None, length=100, search=True)
    sealed_kind: str | None = maybe(TEXT, "种类", default=None, length=20, ledger=False)
    period: str | None = maybe(TEXT, "报送期", default=None, length=10)
    seq: int | None = maybe(COUNT, "期号", default=None, unit="期")
    check_code: str | None = maybe(TEXT, "核对码", default=None, length=30, search=True)
    bundle_id: str | None = maybe(TEXT, "报送件标识", default=None, length=36, ledger=False)
    new: int = given(COUNT, "新增", default=0, unit="条")
    changed: int = given(COUNT, "修改", default=0, unit="条")
    same: int = given(COUNT, "已有", default=0, unit="条")
    conflicts: int = given(COUNT, "待确认", default=0, unit="条")


class ReceiptItem(Record, kind="receipt-item", label="回执明细", audience="to"):
    """What the county says of one file of a township; travels to that township only."""

    addressee: str = told(TEXT, "报送单位代码", length=12)
    bundle_id: str = told(TEXT, "报送件标识", length=36, ledger=False)
    seq: int = told(COUNT, "期号", unit="期")
    period: str = told(TEXT, "报送期", length=10)
    day: date = told(DAY, "接收日期", wire="date")
    check_code: str = told(TEXT, "核对码", length=30, search=True)
    verdict: str = told(one_of(codes.RECEIVED_VERDICT), "结论")
    code: str = told(TEXT, "代码", length=4)
    words: str = told(LINES, "结论说明", length=4000)
    new: int = given(COUNT, "新增", default=0, unit="条")
    changed: int = given(COUNT, "修改", default=0, unit="条")
    conflicts: int = given(COUNT, "待确认", default=0, unit="条")


class ConflictAnswer(Record, kind="conflict-answer", label="疑问答复", audience="to"):
    """Which of several values the county holds right in a township's record; the township decides there.

    Nobody edits a foreign record (journal.md, "Owner"). `answered` names the heads it was said of; `head` the one
    taken, or `value` holds another text, beside the entry because the field may be personal.
    """

    addressee: str = told(TEXT, "单位代码", length=12)
    about_kind: str = told(TEXT, "记录种类", length=40)
    about: str = told(TEXT, "记录标识", length=36, ledger=False)
    field: str = told(TEXT, "栏目", length=60)
    answered: str = told(LINES, "所答内容", length=4000, ledger=False)
    day: date = told(DAY, "日期", wire="date")
    head: str | None = maybe(TEXT, "取用", default=None, length=120, ledger=False)
    value: str | None = maybe(LINES, "改为", default=None, length=4000, privacy="personal")


class ReceptionDecision(Record, kind="reception-decision", label="报送件审核", audience="to"):
    """What the county's clerk says of a file that was taken in: passed, returned, or taken in part.

    The answer of a receipt (domain.md 7.3). What was taken in stays in the ledger; a corrected file supersedes it.
    """

    addressee: str = told(TEXT, "报送单位代码", length=12)
    bundle_id: str = told(TEXT, "报送件标识", length=36, ledger=False)
    seq: int = told(COUNT, "期号", unit="期")
    period: str = told(TEXT, "报送期", length=10)
    check_code: str = told(TEXT, "核对码", length=30, search=True)
    day: date = told(DAY, "审核日期", wire="date")
    result: str = told(one_of(codes.RECEPTION_RESULT), "审核结果")
    words: str | None = maybe(LINES, "总的意见", default=None, length=2000)


class RecordReturn(Record, kind="record-return", label="退回修改", audience="to"):
    """One record of a township that the county returns to be corrected, and why; the township corrects it there.

    `seen` names how far the county knew the record's streams ("stream#counter", one a line): whatever its owner
    writes beyond is the correction.
    """

    addressee: str = told(TEXT, "报送单位代码", length=12)
    bundle_id: str = told(TEXT, "报送件标识", length=36, ledger=False)
    about_kind: str = told(TEXT, "记录种类", length=40, ledger=False)
    about: str = told(TEXT, "记录标识", length=36, ledger=False)
    day: date = told(DAY, "退回日期", wire="date")
    reason: str = told(LINES, "退回原因", length=2000)
    seen: str = told(LINES, "所见内容", length=4000, ledger=False)


class OfficeComputer(Record, kind="office-computer", label="本单位电脑", audience="to"):
    """A computer of the addressed office as the county registered it, so that its others encrypt for it too.

    `recipient` is its age recipient; nothing more is encrypted for one that `ended` (its certificate was revoked).
    """

    addressee: str = told(TEXT, "单位代码", length=12)
    replica: str = told(TEXT, "编号段", length=30, ledger=False)
    recipient: str = told(TEXT, "收件公钥", length=120, ledger=False)
    device: str | None = maybe(TEXT, "电脑", default=None, length=60)
    ended: bool = given(YES_NO, "已停用", default=False)
