"""Kept files: each once, never half, found again by check, backup and restore, gone for good when erased."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from lianxin.domain.records import Attachment
from lianxin.store.backup import backup
from lianxin.store.backup_file import BackupDamaged, NotABackup, read_facts
from lianxin.store.blobs import Blobs, blobs_of, named_blobs, sweep
from lianxin.store.check import check
from lianxin.store.passphrase import KEYRING_NAME
from lianxin.store.record_store import RecordStore
from lianxin.store.restore import restore
from lianxin.store.sealed_files import SealedFileDamaged, SealedFileMissing, WrongContent
from tests.house.measures import ROOT
from tests.store.desks import DAY, KEY, new_store, reopened, visit
from tests.store.verified_backup import verified_backup

PICTURE = bytes(range(256)) * 3000
NOW = datetime(2026, 11, 3, 16, 20)
KILLS = 6


def attachment(uid: str, digest: str, owner: str = "c", size: int = len(PICTURE)) -> Attachment:
    return Attachment(
        uid=uid, owner_kind="contact", owner=owner, name="登记表.jpg", day=DAY, form="jpg", size=size, digest=digest
    )  # fmt: skip


def attached(store: RecordStore, data: bytes = PICTURE) -> Attachment:
    """One visit with one file."""
    here, _ = visit(store)
    digest = blobs_of(store).keep_bytes(data)
    with store.writing(reason="添加附件") as door:
        made = attachment(door.new_uid(), digest, here, len(data))
        door.put(made)
    return made


def place(store: RecordStore, made: Attachment) -> Path:
    assert made.digest is not None
    return store.home / "blobs" / made.digest[:2] / made.digest


def test_a_file_is_kept_once_and_comes_back(store: RecordStore) -> None:
    blobs = blobs_of(store)
    digest = blobs.keep_bytes(PICTURE)
    assert digest == hashlib.sha256(PICTURE).hexdigest()
    before = (store.home / "blobs" / digest[:2] / digest).stat().st_mtime_ns
    assert blobs.keep(digest, [PICTURE]) == len(PICTURE)
    assert (store.home / "blobs" / digest[:2] / digest).stat().st_mtime_ns == before
    assert list(blobs.every()) == [digest] and list(blobs.strange()) == []
    assert blobs.read(digest) == PICTURE and blobs.size(digest) == len(PICTURE)
    with blobs.open(digest) as stream:
        assert stream.read(10) == PICTURE[:10]
        assert stream.read() == PICTURE[10:]


def test_nothing_is_kept_under_a_name_that_is_not_its_own(store: RecordStore) -> None:
    blobs = blobs_of(store)
    with pytest.raises(WrongContent):
        blobs.keep("0" * 64, [PICTURE])
    assert list(blobs.every()) == [] and list(blobs.strange()) == []
    with pytest.raises(ValueError, match="64 hex"):
        blobs.holds("../../ledger.db")


def test_files_cannot_change_places(store: RecordStore) -> None:
    blobs = blobs_of(store)
    one, other = blobs.keep_bytes(PICTURE), blobs.keep_bytes(b"other")
    folder = store.home / "blobs"
    os.replace(folder / other[:2] / other, folder / one[:2] / one)
    with pytest.raises(SealedFileDamaged):
        blobs.read(one)
    with pytest.raises(SealedFileMissing):
        blobs.read(other)
    with pytest.raises(SealedFileDamaged):
        Blobs(store.home, bytes(32)).read(one)


def test_a_damaged_copy_is_mended_when_the_file_comes_again(store: RecordStore) -> None:
    made = attached(store)
    with place(store, made).open("r+b") as sealed:
        sealed.seek(1000)
        sealed.write(b"xx")
    assert any("已损坏或被改动" in problem for problem in check(store).problems)
    blobs_of(store).keep_bytes(PICTURE)
    assert check(store).problems == ()


def test_check_names_what_is_missing_changed_and_left_over(store: RecordStore) -> None:
    made = attached(store)
    assert check(store).problems == ()
    blobs_of(store).keep_bytes(b"nobody names me")
    assert [p for p in check(store).problems if "没有登记的文件" in p] == list(check(store).problems)
    assert sweep(store) == 1
    assert check(store).problems == ()
    place(store, made).unlink()
    (told,) = check(store).problems
    assert made.uid in told and "不见了" in told and "请从备份恢复" in told


def test_what_a_removed_record_names_stays(store: RecordStore) -> None:
    made = attached(store)
    with store.writing(reason="删除") as door:
        door.remove(Attachment, made.uid)
    assert sweep(store) == 0 and check(store).problems == ()
    with store.writing(reason="恢复") as door:
        door.restore(Attachment, made.uid)
    assert made.digest is not None and blobs_of(store).read(made.digest) == PICTURE


def test_what_only_an_older_value_names_stays(store: RecordStore) -> None:
    made = attached(store)
    other = blobs_of(store).keep_bytes(b"better picture")
    with store.writing(reason="换图") as door:
        door.put(replace(made, digest=other))
    assert sweep(store) == 0
    with store.writing(reason="撤销") as door:
        door.undo("attachment", made.uid)
    assert check(store).problems == ()


def test_an_erased_file_is_gone_and_cannot_be_read_from_the_freed_disk(store: RecordStore) -> None:
    made = attached(store)
    path = place(store, made)
    os.link(path, store.home / "what the disk still holds")
    with store.writing(reason="清除") as door:
        door.erase(Attachment, made.uid, ["name", "digest"])
    assert sweep(store) == 1
    assert not path.exists()
    held = (store.home / "what the disk still holds").read_bytes()
    assert held[:64] == bytes(64)
    with store.reading() as now:
        record = now.get(Attachment, made.uid)
        assert record is not None and record.digest is None and record.name is None
        assert named_blobs(now.connection) == frozenset()
    assert check(store).problems == ()


def test_the_name_and_the_fingerprint_are_not_in_the_journal(store: RecordStore) -> None:
    made = attached(store)
    with store.reading() as now:
        lines = [bytes(row[0]) for row in now.connection.exec_driver_sql("SELECT line FROM entry")]
    assert made.digest is not None
    assert not any(made.digest.encode() in line or "登记表".encode() in line for line in lines)


def test_half_written_files_go_after_a_day(store: RecordStore) -> None:
    attached(store)
    half = store.home / "blobs" / "ab" / ".half.77-00.part"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    recent, old = store.now().timestamp(), store.now().timestamp() - 3 * 24 * 3600
    os.utime(half, (recent, recent))
    assert sweep(store) == 0 and half.exists()
    os.utime(half, (old, old))
    assert sweep(store) == 1 and not half.exists()


def test_backup_and_restore_bring_the_files_along(tmp_path: Path, store: RecordStore) -> None:
    made = attached(store)
    (store.home / KEYRING_NAME).write_text("{}")
    file = backup(store.engine, KEY, store.home, tmp_path / "stick", now=NOW)
    assert f"blobs/{str(made.digest)[:2]}/{made.digest}" in {member.path for member in read_facts(file).files}
    later = attached(store, b"after the backup")
    store.close()
    restore(file, tmp_path / "home", unlock=lambda folder: KEY, now=NOW)
    back = reopened(tmp_path, seed=9)
    assert made.digest is not None and blobs_of(back).read(made.digest) == PICTURE
    assert later.digest is not None and not blobs_of(back).holds(later.digest)
    assert check(back).problems == ()
    back.close()


# ---- killed at any moment


def killed(folder: Path, what: str, seed: int, said: int) -> list[str]:
    """Lets a child work, kills it after so many lines; what it had finished until then."""
    command = [sys.executable, "-m", "tests.store.attaching_child", what, str(folder), str(seed)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    lines: list[str] = []
    for line in child.stdout:
        lines.append(line)
        if len(lines) == said:
            break
    child.kill()
    lines += child.stdout.readlines()
    child.stdout.close()
    assert child.wait() != 0, "the child ended by itself"
    return [line.strip() for line in lines if line.endswith("\n")]


def all_sound(store: RecordStore) -> Iterator[str]:
    """uid of every attachment; each must open whole."""
    with store.reading() as now:
        records = now.all(Attachment)
    for record in records:
        assert record.digest is not None
        assert len(blobs_of(store).read(record.digest)) == record.size
        yield record.uid


def test_killed_while_adding_nothing_is_lost_and_nothing_half_is_taken_for_whole(tmp_path: Path) -> None:
    random = Random(20261103)
    new_store(tmp_path).close()
    known: set[str] = set()
    for seed in range(KILLS):
        known |= set(killed(tmp_path, "attach", seed + 10, random.randint(1, 12)))
        store = reopened(tmp_path, seed=seed + 100)
        here = set(all_sound(store))
        assert known <= here and len(here) <= len(known) + 1
        known = here
        assert all("没有登记的文件" in problem for problem in check(store).problems)
        for half in blobs_of(store).strange():
            os.utime(half, (0, 0))
        sweep(store)
        assert check(store).problems == ()
        store.close()


def test_killed_while_a_backup_is_made_no_half_backup_is_taken_for_whole(tmp_path: Path) -> None:
    random = Random(20261104)
    store = new_store(tmp_path)
    (store.home / KEYRING_NAME).write_text("{}")
    for number in range(6):
        attached(store, bytes([number]) * 400_000)
    before = check(store).content_hash
    store.close()
    stick = tmp_path / "stick"
    finished: set[str] = set()
    for seed in range(KILLS):
        finished |= {
            line for line in killed(tmp_path, "backup", seed, random.randint(1, 25)) if ".lxbak" in line
        }
        store = reopened(tmp_path, seed=seed + 100)
        assert check(store).problems == () and check(store).content_hash == before
        store.close()
        here = {file.name for file in stick.glob("*.lxbak")}
        assert finished <= here
        # What was cut off keeps its hidden name; even if somebody renamed it, only a whole one opens.
        for half in stick.glob(".*.part"):
            with suppress(NotABackup, BackupDamaged):
                assert files_in(half, tmp_path) == 6
            half.unlink()
        assert all(files_in(stick / file, tmp_path) == 6 for file in here)


def files_in(file: Path, folder: Path) -> int:
    """How many attachments a backup holds, after all of it was proven."""
    facts = verified_backup(file, lambda _: KEY, work=folder / "work")
    return len([member for member in facts.files if member.path.startswith("blobs/")])
