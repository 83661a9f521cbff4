"""交接: everything of this office to another of its computers, which says beforehand for whom it is to be locked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from lianxin.bundle.checking import checked
from lianxin.bundle.paths import safe_segment
from lianxin.bundle.trust import Trust
from lianxin.bundle.verdicts import Refused
from lianxin.domain.canonical import NotCanonical, parse_strict
from lianxin.domain.periods import Period
from lianxin.keys.sealed_for import BadRecipient, require_recipient
from lianxin.office.beside import write_beside
from lianxin.office.desk import Desk, office_of
from lianxin.office.enrolment.files import OFFICE
from lianxin.office.handover.accepting import Accepted, after_receipts
from lianxin.office.receiving.receive import receive
from lianxin.office.sending.delivering import SendingFailed
from lianxin.office.sending.handover import send_handover
from lianxin.office.sending.send import Sent
from lianxin.office.trust.trusting import own_former, reader_key
from lianxin.store.files import why_not

_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_LONGEST_TEXT = 1 << 16


class NoReaderCode(Exception):
    """A text or file holds no 收件码 of one of our computers."""

    code = "K320"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def reader_code(text: str) -> str:
    """The 收件码 in what somebody pasted or typed. Raises NoReaderCode."""
    found = _RECIPIENT.search("".join(text.split()).lower())
    try:
        return require_recipient(found[0] if found else "")
    except BadRecipient as wrong:
        raise NoReaderCode(
            "这里没有收件码（以 age1 开头的62个字符），或者有一位不对。请在另一台电脑上复制，或者存成文件拿过来。"
        ) from wrong


def reader_code_in(desk: Desk, file: Path) -> str:
    """The same from a file: the text another computer wrote, or its 登记申请. Raises NoReaderCode."""
    try:
        if file.suffix.lower() == ".zip":
            return _of_request(desk, file)
        with file.open("rb") as source:
            return reader_code(source.read(_LONGEST_TEXT).decode("utf-8-sig", errors="replace"))
    except OSError as error:
        raise NoReaderCode(f"{file.name} 打不开（{why_not(error)}）。请检查U盘后再选。") from error


def write_reader_code(desk: Desk, to: Path) -> Path:
    """Writes this computer's 收件码 as a small text for the other one. Raises NoReaderCode."""
    with desk.store.reading() as reading:
        office = office_of(reading)
    device = desk.store.place.partition(":")[0] or "电脑"
    place = office.short_name or office.name
    text = f"{place}（{office.code}）{device} 的收件码，交接时在原来那台电脑上选这个文件：\r\n{reader_key(desk).recipient}\r\n"
    wanted = to / f"收件码_{safe_segment(place)}_{safe_segment(device)}.txt"
    try:
        return write_beside(wanted, text.encode("utf-8-sig"))
    except OSError as error:
        raise NoReaderCode(f"收件码没有写成（{why_not(error)}）。请检查位置后再试。") from error


def hand_over(desk: Desk, *, to: Path, readers: Sequence[str]) -> Sent:
    """Everything of this office into a folder, locked for these computers and this one. Raises SendingFailed."""
    if not readers:
        raise SendingFailed("还没有另一台电脑的收件码，没有交接，数据没有改动。", "S209")
    period = Period.containing(desk.today(), cutoff=desk.profile.cutoff_day.value)
    return send_handover(desk, period=period, to=to, readers=readers)


def take_over(
    desk: Desk, files: Sequence[Path], *, progress: Callable[[int, int], None] = lambda done, total: None
) -> Accepted:
    """Takes in what another computer of this office handed over. Raises as `receive`."""
    return after_receipts(desk, receive(desk, files, progress=progress))


def _of_request(desk: Desk, file: Path) -> str:
    with desk.store.reading() as reading:
        own = office_of(reading).code
    trust = Trust(b"", former=own_former(desk, own))
    try:
        with checked(file, now=desk.store.now(), trust=trust, enrolment=True) as found:
            told = parse_strict(found.trust_file(OFFICE))
            code, recipient = (told["code"], told["recipient"]) if isinstance(told, dict) else ("", "")
    except (Refused, NotCanonical, KeyError) as wrong:
        raise NoReaderCode(
            f"{file.name} 不是另一台电脑的登记申请。请选登记申请，或者收件码的文字文件。"
        ) from wrong
    if code != own:
        raise NoReaderCode(f"{file.name} 是别的单位（{code}）的登记申请，不能交接给它。没有改动。")
    return reader_code(str(recipient))
