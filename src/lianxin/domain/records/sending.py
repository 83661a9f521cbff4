"""What was sent to the county; stays on this computer (journal.md, stream `local`)."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, TEXT, YES_NO, one_of


class SentFile(Record, kind="sent-file", label="报送件", audience="local"):
    """One signed file handed to the county, numbered when finished and verified (bundle-format.md).

    A sealed one knows what it carried: `ranges` is JSON, stream → last counter; `values` whether personal values
    travelled; `follows` the report whose attachments a continuation carries.
    """

    seq: int = told(COUNT, "期号", unit="期")
    period: str = told(TEXT, "报送期", length=10)
    day: date = told(DAY, "报送日期", wire="date")
    file_name: str = told(TEXT, "文件名", length=120, search=True)
    check_code: str = told(TEXT, "核对码", length=30, search=True)
    manifest_digest: str = told(TEXT, "清单摘要", length=64, ledger=False)
    bundle_id: str = told(TEXT, "报送件标识", length=36, ledger=False)
    plain: bool = given(YES_NO, "普通报送", default=True)
    state: str = given(one_of(codes.SENDING_STATE), "状态", default="sent")
    content_digest: str | None = maybe(TEXT, "定稿摘要", default=None, length=64, ledger=False)
    sealed_kind: str | None = maybe(TEXT, "种类", default=None, length=20, ledger=False)
    values: bool = given(YES_NO, "带个人信息", default=False, ledger=False)
    ranges: str | None = maybe(TEXT, "数据范围", default=None, length=20000, ledger=False)
    follows: str | None = maybe(TEXT, "所续报送件", default=None, length=36, ledger=False)
