"""The stick told the truth about: read back, verified there, and nothing half left on it."""

from __future__ import annotations

import shutil

import pytest

from lianxin.bundle.verifying import verify
from lianxin.domain.periods import Period
from lianxin.office.sending.delivering import PART
from lianxin.office.sending.send import SendingFailed, send_plain
from lianxin.office.sending.stick import copy_to_stick
from tests.office.conftest import records, sent_now
from tests.office.township import Township
from tests.store.disks import small_disk


def test_a_copy_is_read_back_and_verified_on_the_stick(town: Township, month: Period) -> None:
    sent = sent_now(town, month)
    stick = town.folder / "stick"
    stick.mkdir()
    copied = copy_to_stick(town.desk, sent=sent.record, path=sent.path, stick=stick)
    assert copied.path.read_bytes() == sent.path.read_bytes()
    again = copy_to_stick(town.desk, sent=sent.record, path=sent.path, stick=stick)
    assert again.path == copied.path and [each.name for each in stick.iterdir()] == [sent.path.name]


def test_a_full_stick_holds_nothing_half_and_says_so(town: Township, month: Period) -> None:
    sent = sent_now(town, month)
    assert sent.path.stat().st_size > 33 * 1024
    with small_disk(town.folder / "stick") as stick:
        with pytest.raises(SendingFailed, match=r"(磁盘空间不够|文件太大).*没有留下半个文件.*本机的文件完好"):
            copy_to_stick(town.desk, sent=sent.record, path=sent.path, stick=stick)
        assert list(stick.iterdir()) == []


def test_a_full_disk_under_send_burns_nothing(town: Township, month: Period) -> None:
    folder = town.folder / "out"
    folder.mkdir()
    with small_disk(folder / "disk") as disk:
        with pytest.raises(SendingFailed, match=r"(磁盘空间不够|文件太大).*没有占用期号"):
            send_plain(town.desk, period=month, to=disk)
        assert list(disk.iterdir()) == []
    assert records(town) == [] and sent_now(town, month).record.seq == 1


@pytest.mark.parametrize("moment", ["half written", "synced", "verified"])
def test_a_stick_pulled_at_any_moment_is_said_to_be_gone(town: Township, month: Period, moment: str) -> None:
    sent = sent_now(town, month)
    stick = town.folder / "stick"
    stick.mkdir()

    def step(name: str) -> None:
        if name == moment:
            shutil.rmtree(stick)

    with pytest.raises(SendingFailed, match=r"U盘可能已拔出.*本机的文件完好") as told:
        copy_to_stick(town.desk, sent=sent.record, path=sent.path, stick=stick, step=step)
    assert PART in told.value.message and "没有留下半个文件" not in told.value.message
    assert verify(sent.path, now=town.clock()).ok


def test_a_stick_that_changes_what_is_written_is_refused(town: Township, month: Period) -> None:
    sent = sent_now(town, month)
    stick = town.folder / "stick"
    stick.mkdir()

    def step(name: str) -> None:
        if name == "synced":
            (part,) = stick.iterdir()
            data = bytearray(part.read_bytes())
            data[len(data) // 2] ^= 1
            part.write_bytes(data)

    with pytest.raises(SendingFailed, match="与原件不一致"):
        copy_to_stick(town.desk, sent=sent.record, path=sent.path, stick=stick, step=step)
    assert list(stick.iterdir()) == []


def test_a_sent_file_that_was_changed_here_is_not_copied(town: Township, month: Period) -> None:
    sent = sent_now(town, month)
    sent.path.write_bytes(sent.path.read_bytes() + b"x")
    with pytest.raises(SendingFailed, match="与签名时不一致"):
        copy_to_stick(town.desk, sent=sent.record, path=sent.path, stick=town.folder)
