"""What steps with keys may be refused for, and how that is said on the page."""

from __future__ import annotations

from lianxin.keys.keyfile import KeyFileRefused
from lianxin.office.enrolment.files import EnrolmentRefused
from lianxin.office.handover.handing_over import NoReaderCode
from lianxin.office.sending.delivering import SendingFailed
from lianxin.office.trust.trusting import NotThisOffice
from lianxin.store.errors import StoreProblem

REFUSALS = (
    EnrolmentRefused,
    NotThisOffice,
    KeyFileRefused,
    NoReaderCode,
    SendingFailed,
    StoreProblem,
    OSError,
)


def told(refused: Exception) -> str:
    """The sentence with its code."""
    if isinstance(refused, EnrolmentRefused | NotThisOffice | NoReaderCode | SendingFailed | StoreProblem):
        return f"{refused.message}（{refused.code}）"
    if isinstance(refused, KeyFileRefused):
        return f"{refused}（K310）"
    return f"文件读写不了（{refused.strerror if isinstance(refused, OSError) else refused}），数据没有改动。请检查U盘。"
