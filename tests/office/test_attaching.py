"""Attaching: by what a file is, in order, undone and erased; hostile files refused in plain words."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from PIL import Image

from lianxin.domain.canonical import JsonValue
from lianxin.domain.dictionary import kinds
from lianxin.domain.records import Attachment, Contact, Opinion
from lianxin.office.access.access_log import access_notes
from lianxin.office.attachable import MOST_BYTES, NotAttachable, PhotoChoices, judged, tidy_name
from lianxin.office.attaching import (
    Attached,
    Stopped,
    attach,
    attachments_of,
    bring_received,
    content_of,
    detach,
    erase_attachment,
    in_order,
    open_copy,
    owner_named,
    photo_choices,
    remember_choices,
    sweep_copies,
    thumbnail_of,
)
from lianxin.office.putting import put_told
from lianxin.office.records import undo_changes
from lianxin.office.safekeeping.backups import back_up
from lianxin.office.safekeeping.keeping import check_data
from lianxin.store.blobs import blobs_of, sweep
from lianxin.store.check import check
from lianxin.store.kept_bundles import KeptBundles
from lianxin.store.passphrase import Argon2Cost, create_keyring
from lianxin.store.sealed_files import SealedFileMissing
from lianxin.store.writing import RecordUnknown
from tests.documents.test_photos import photo, picture
from tests.office.township import Township, new_township

AS_IT_IS = PhotoChoices(shrink=False, forget_place=False)
SHEETS = 25


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Township]:
    made = new_township(tmp_path)
    with made.desk.store.writing(reason="准备") as writing:
        writing.put(
            Contact(
                uid="c", channel="visit", day=date(2026, 11, 20), words="断水", number="439901102-2026-0001"
            )
        )
        writing.put(Opinion(uid="o", title="断水", words="断水", registered=date(2026, 11, 20), contact="c"))
    yield made
    made.desk.store.close()


def sheet(number: int) -> bytes:
    """One photographed sheet, different from every other."""
    page = picture(900, 600)
    page.putpixel((number, number), (255, 0, 0))
    page.paste((number * 9, 40, 90), (100, 100, 500, 400))
    return photo(page)


def file_of(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def attached(town: Township, *files: Path, choices: PhotoChoices | None = None) -> Attached:
    return attach(town.desk, kind="contact", uid="c", files=files, choices=choices)


def names(town: Township, owner: str = "c") -> list[str | None]:
    with town.desk.store.reading() as reading:
        return [each.name for each in attachments_of(reading, [owner])]


def docx() -> bytes:
    out = BytesIO()
    made = Document()
    made.add_paragraph("关于断水的答复")
    made.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    out = BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def with_part(package: bytes, name: str, content: bytes = b"x") -> bytes:
    out = BytesIO(package)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def zipped() -> bytes:
    return with_part(b"", "a.txt")


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

# ---- what is taken


def test_twenty_five_sheets_by_one_drag_in_order(town: Township) -> None:
    for number in range(1, SHEETS + 1):
        file_of(town.folder, f"IMG_{number}.jpg", sheet(number))
    dragged = sorted(town.folder.glob("IMG_*.jpg"))
    assert dragged[1].name == "IMG_10.jpg"
    done = attached(town, *in_order(dragged))
    wanted = [f"IMG_{number}.jpg" for number in range(1, SHEETS + 1)]
    assert [each.name for each in done.attachments] == wanted
    assert names(town) == wanted
    assert done.places_removed == SHEETS and len(done.changes) == SHEETS
    assert done.words().startswith(f"已添加附件{SHEETS}个")
    undo_changes(town.desk, done.changes)
    assert names(town) == []
    assert check(town.desk.store).problems == ()


def test_the_next_files_come_behind_those_that_are_there(town: Township) -> None:
    attached(town, file_of(town.folder, "b.pdf", PDF))
    attached(town, file_of(town.folder, "a.txt", "记录".encode()))
    assert names(town) == ["b.pdf", "a.txt"]


@pytest.mark.parametrize(
    ("name", "data", "kept", "form"),
    [
        ("登记表.jpg", sheet(1), "登记表.jpg", "jpg"),
        ("登记表.JPEG", sheet(1), "登记表.JPEG", "jpg"),
        ("登记表.png", sheet(1), "登记表.jpg", "jpg"),
        ("照片", sheet(1), "照片.jpg", "jpg"),
        ("答复.pdf", PDF, "答复.pdf", "pdf"),
        ("答复.docx", docx(), "答复.docx", "docx"),
        ("名单.xlsx", xlsx(), "名单.xlsx", "xlsx"),
        ("记录.txt", "三组断水".encode("gb18030"), "记录.txt", "txt"),
        ("名单.csv", b"a,b\r\n1,2\r\n", "名单.csv", "csv"),
        ("通话.log", b"a\n", "通话.txt", "txt"),
    ],
)
def test_what_a_file_is_decides_not_what_it_is_called(name: str, data: bytes, kept: str, form: str) -> None:
    done = judged(name, data, AS_IT_IS)
    assert (done.name, done.form, done.data) == (kept, form, data)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("空.pdf", b"", "空文件"),
        ("照片.jpg.exe", b"MZ\x90\0" + bytes(100), "是程序"),
        ("照片.jpg", b"MZ\x90\0" + bytes(100), "是程序"),
        ("照片.exe", sheet(1), "后缀是“.exe”，内容却是图片"),
        ("照片.jpg", docx(), "后缀是“.jpg”，内容却是Word 文件"),
        ("运行.bat", b"del *.*\r\n", "网页、脚本"),
        ("页面.txt", b"\xef\xbb\xbf <html><script>", "网页、脚本"),
        ("图.svg", b"<svg onload='x'/>", "网页、脚本"),
        ("答复.doc", b"\xd0\xcf\x11\xe0" + bytes(100), "旧版 Word"),
        ("一包.zip", zipped(), "压缩包"),
        ("一包.docx", b"PK\x03\x04" + bytes(50), "已损坏"),
        ("宏.docx", with_part(docx(), "word/vbaProject.bin"), "带有宏"),
        ("嵌入.xlsx", with_part(xlsx(), "xl/embeddings/oleObject1.bin"), "带有宏"),
        ("表单.pdf", PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"), "带有宏、脚本"),
        ("加密.pdf", PDF + b"/Encrypt 5 0 R", "加了密"),
        ("录像.mp4", b"\0\0\0\x18ftypmp42" + bytes(50), "是视频"),
        ("苹果.heic", b"\0\0\0\x18ftypheic" + bytes(50), "HEIC"),
        ("半张.jpg", sheet(1)[:2000], "不完整或已损坏"),
        ("不知.dat", bytes(range(256)), "不是可以添加的文件"),
    ],
)
def test_hostile_and_foreign_files_are_refused_in_words(name: str, data: bytes, why: str) -> None:
    with pytest.raises(NotAttachable) as refused:
        judged(name, data, PhotoChoices())
    assert why in refused.value.why
    assert refused.value.message.startswith(f"“{name}”没有添加：")


def test_a_bad_file_does_not_stop_the_rest(town: Township) -> None:
    done = attached(
        town,
        file_of(town.folder, "a.pdf", PDF),
        file_of(town.folder, "b.exe", b"MZ"),
        town.folder / "gone.pdf",
        file_of(town.folder, "c.txt", b"c"),
    )
    assert names(town) == ["a.pdf", "c.txt"]
    assert [each.name for each in done.refused] == ["b.exe", "gone.pdf"]
    assert "2个没有添加" in done.words()


def test_a_file_beyond_the_limit_is_not_read_whole(town: Township) -> None:
    large = town.folder / "large.txt"
    with large.open("wb") as out:
        out.truncate(MOST_BYTES * 40)
    (refused,) = attached(town, large).refused
    assert "超过 50 MB" in refused.why


def test_the_same_file_is_not_attached_twice(town: Township) -> None:
    file = file_of(town.folder, "a.pdf", PDF)
    attached(town, file)
    done = attached(town, file, file_of(town.folder, "again.pdf", PDF))
    assert done.attachments == () and done.same == ("a.pdf", "again.pdf") and done.changes == ()
    assert names(town) == ["a.pdf"]


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("..\\..\\a.pdf", "a.pdf"),
        ("/etc/passwd", "passwd"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a:b*c?.txt", "a_b_c_.txt"),
        ("." * 5, "附件"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
    ],
)
def test_names_are_made_fit_for_every_disk(typed: str, tidy: str) -> None:
    assert tidy_name(typed) == tidy


# ---- photos by choice


def test_the_choices_are_remembered_and_obeyed(town: Township) -> None:
    assert photo_choices(town.desk) == PhotoChoices(True, True)
    remember_choices(town.desk, AS_IT_IS)
    assert photo_choices(town.desk) == AS_IT_IS
    data = photo(picture(4000, 3000, noise=True))
    file = file_of(town.folder, "a.jpg", data)
    (kept,) = attached(town, file).attachments
    assert content_of(town.desk, kept) == data
    done = attached(town, file, choices=PhotoChoices())
    assert (done.smaller, done.places_removed) == (1, 1)
    assert done.attachments[0].size < len(data) / 2
    small = thumbnail_of(town.desk, done.attachments[0], 96)
    assert small is not None and Image.open(BytesIO(small)).size == (96, 72)


# ---- looking, taking off, erasing


def test_a_copy_to_look_at_is_private_and_logged(town: Township) -> None:
    done = attached(town, file_of(town.folder, "田金玉登记表.pdf", PDF))
    copy = open_copy(town.desk, done.attachments[0].uid)
    assert copy.name == "田金玉登记表.pdf" and copy.read_bytes() == PDF
    assert copy.stat().st_mode & 0o777 == 0o400 and copy.parent.stat().st_mode & 0o777 == 0o700
    with town.desk.store.reading() as reading:
        assert [each.what for each in access_notes(reading)] == ["附件 田金玉登记表.pdf"]
    sweep_copies(town.desk, all_of_them=True)
    assert not copy.exists()


def test_what_was_taken_off_comes_back_by_undo(town: Township) -> None:
    done = attached(town, file_of(town.folder, "a.pdf", PDF))
    changes = detach(town.desk, done.attachments[0].uid)
    assert names(town) == [] and sweep(town.desk.store) == 0
    undo_changes(town.desk, changes)
    assert names(town) == ["a.pdf"]
    with town.desk.store.reading() as reading:
        assert content_of(town.desk, attachments_of(reading, ["c"])[0]) == PDF


def test_an_erased_attachment_leaves_neither_file_nor_name(town: Township) -> None:
    done = attached(town, file_of(town.folder, "田金玉.pdf", PDF))
    (kept,) = done.attachments
    erase_attachment(town.desk, kept.uid)
    assert kept.digest is not None and not blobs_of(town.desk.store).holds(kept.digest)
    with town.desk.store.reading() as reading:
        known = reading.connection.exec_driver_sql("SELECT count(*) FROM value WHERE value LIKE '%田金玉%'")
        assert known.scalar_one() == 0
        assert reading.search("田金玉") == []
    with pytest.raises(RecordUnknown):
        open_copy(town.desk, kept.uid)
    assert check(town.desk.store).problems == ()


def test_an_erased_file_stays_where_another_record_needs_it(town: Township) -> None:
    file = file_of(town.folder, "a.pdf", PDF)
    one = attached(town, file).attachments[0]
    other = attach(town.desk, kind="opinion", uid="o", files=[file]).attachments[0]
    erase_attachment(town.desk, one.uid)
    assert content_of(town.desk, other) == PDF


def test_a_lost_file_is_said_and_nothing_else_breaks(town: Township) -> None:
    (kept,) = attached(town, file_of(town.folder, "a.jpg", sheet(3))).attachments
    assert kept.digest is not None
    blobs_of(town.desk.store).destroy(kept.digest)
    assert thumbnail_of(town.desk, kept, 96) is None
    with pytest.raises(SealedFileMissing):
        open_copy(town.desk, kept.uid)


# ---- nothing half


def test_a_sweep_between_keeping_and_naming_loses_nothing(town: Township) -> None:
    file = file_of(town.folder, "a.pdf", PDF)

    def sweeping() -> Callable[[int, int, str], None]:
        swept: list[int] = []

        def progress(done: int, total: int, _words: str) -> None:
            # Another window sweeps after the file lies there and before its entry is written, once.
            if done == total and not swept:
                swept.append(sweep(town.desk.store))
                assert swept == [1]

        return progress

    done = attach(town.desk, kind="contact", uid="c", files=[file], progress=sweeping())
    assert content_of(town.desk, done.attachments[0]) == PDF
    assert check(town.desk.store).problems == ()


def test_stopped_means_nothing_was_attached(town: Township) -> None:
    files = [file_of(town.folder, f"{n}.txt", b"%d" % n) for n in range(5)]
    asked = iter([False, False, True])
    with pytest.raises(Stopped):
        attach(town.desk, kind="contact", uid="c", files=files, cancelled=lambda: next(asked))
    assert names(town) == []


def test_nothing_is_attached_to_what_is_not_there(town: Township) -> None:
    with pytest.raises(RecordUnknown):
        attach(town.desk, kind="contact", uid="nobody", files=[file_of(town.folder, "a.pdf", PDF)])


def test_an_attachment_cannot_be_made_without_its_file(town: Township) -> None:
    told: dict[str, JsonValue] = {
        "owner_kind": "contact", "owner": "c", "name": "a.pdf", "date": "2026-11-20", "form": "pdf", "size": 1,
        "digest": "0" * 64,
    }  # fmt: skip
    refused = put_told(town.desk, kind="attachment", told=told)
    assert refused.outcome == "refused" and "attach 命令" in refused.problems["digest"]
    (kept,) = attached(town, file_of(town.folder, "a.pdf", PDF)).attachments
    assert (
        put_told(town.desk, kind="attachment", told={"uid": kept.uid, "caption": "封面"}).outcome == "changed"
    )
    again = put_told(town.desk, kind="attachment", told={"uid": kept.uid, "digest": "0" * 64})
    assert again.outcome == "refused"


# ---- received, and for the command line


def test_a_file_that_came_in_a_received_bundle_is_found_when_it_is_wanted(town: Township) -> None:
    (kept,) = attached(town, file_of(town.folder, "a.pdf", PDF)).attachments
    store = town.desk.store
    assert kept.digest is not None
    blobs_of(store).destroy(kept.digest)
    bundles = KeptBundles(store.home, store.key)
    bundles.keep("one", [("manifest.json", [b"{}"])])
    bundles.settle("one")
    with pytest.raises(SealedFileMissing):
        content_of(town.desk, kept)
    bundles.keep("two", [(f"attachments/{kept.digest}.pdf", [PDF])])
    bundles.settle("two")
    assert content_of(town.desk, kept) == PDF
    blobs_of(store).destroy(kept.digest)
    assert bring_received(town.desk) == 1 and bring_received(town.desk) == 0
    assert check(store).problems == ()


def test_a_record_is_named_by_uid_or_number(town: Township) -> None:
    with town.desk.store.reading() as reading:
        assert owner_named(reading, "o") == ("opinion", "o")
        assert owner_named(reading, "439901102-2026-0001") == ("contact", "c")
        assert owner_named(reading, "nothing") is None


def test_a_backup_sweeps_first_what_nobody_names(town: Township) -> None:
    blobs = blobs_of(town.desk.store)
    loose = blobs.keep_bytes(b"left by a power cut")
    assert len(check_data(town.desk)) == 0, "left over files are no damage once they are swept"
    assert not blobs.holds(loose)
    blobs.keep_bytes(b"left by a power cut")
    create_keyring(town.folder / "other", "词", random=town.desk.store.random, cost=Argon2Cost(1, 1, 8))
    (town.folder / "other" / "key.json").rename(town.desk.store.home / "key.json")
    back_up(town.desk, town.folder / "stick")
    assert not blobs.holds(loose)


def test_every_kind_may_have_attachments_but_attachments(town: Township) -> None:
    assert Attachment in kinds()
    (kept,) = attached(town, file_of(town.folder, "a.pdf", PDF)).attachments
    with town.desk.store.reading() as reading:
        assert owner_named(reading, kept.uid) is None
