"""附件 of a record: what is there, added by button or by one drag in order, looked at, taken off with a way back.

Below them stands what was printed of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMessageBox, QSizePolicy, QVBoxLayout, QWidget

from lianxin.domain.records import Attachment
from lianxin.office.attachable import PhotoChoices
from lianxin.office.attaching import (
    Attached,
    attach,
    attachments_of,
    detach,
    erase_attachment,
    in_order,
    open_copy,
    photo_choices,
    remember_choices,
    thumbnail_of,
)
from lianxin.office.attaching import Stopped as NothingAttached
from lianxin.office.desk import Desk as Office
from lianxin.office.records import save_record, undo_changes
from lianxin.store.errors import StoreProblem
from lianxin.store.files import why_not
from lianxin.store.writing import Change
from lianxin.ui.asking.files import ask_open_all
from lianxin.ui.attachments.tile import PICTURE, WIDTH, Tile
from lianxin.ui.failures import Problem
from lianxin.ui.jobs import Cancel, Progress, Stopped
from lianxin.ui.pages import Desk
from lianxin.ui.pieces.buttons import button, label
from lianxin.ui.pieces.flow import FlowLayout
from lianxin.ui.print_marks import PrintMarks
from lianxin.ui.theme import px

AskFiles = Callable[[QWidget], Sequence[Path]]
"""Asks for files to attach; none when the clerk thought better of it."""
_FEW = 6
"""So many are shown before 全部: two lines in the narrow card."""
_TOLD = 8
_ENDINGS = "*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff *.pdf *.docx *.xlsx *.txt *.csv"


class AttachmentStrip(QWidget):
    """Shows the attachments of one record, with those of the records that belong to it (`also`).

    `folded` begins as one line, for places where files are the exception. `changed` when any was added or taken off.
    """

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        office: Office,
        *,
        heading: str = "附件",
        empty: str = "可把照片、PDF、Word、Excel 拖到这里。",
        folded: bool = False,
        ask_files: AskFiles | None = None,
        look_at: Callable[[Path], bool] | None = None,
    ) -> None:
        super().__init__()
        self._desk, self._office = desk, office
        self._ask, self._look_at = ask_files or _ask_files, look_at or _look_at
        self._heading_words, self._empty_words = heading, empty
        self._owner, self._also = ("", ""), dict[str, str]()
        self._shown: tuple[Attachment, ...] = ()
        self._pictures: dict[str, bytes | None] = {}
        self._all, self._folded = False, folded
        self.tiles: list[Tile] = []
        self._heading = label(heading, "heading")
        self._note = label("", "soft", wrap=not folded)
        self._more = button("", "link", act=self._show_all)
        self._add = button(
            "添加附件…", act=self.add_asked, hint="照片、PDF、Word、Excel、文本；可以一次选多个"
        )
        self._choices = button("照片选项", "link", hint="缩小照片、去掉拍摄位置")
        self._menu = QMenu(self._choices)
        self._shrink = self._menu.addAction("添加时缩小照片")
        self._no_place = self._menu.addAction("添加时去掉拍摄位置")
        self._choices.setMenu(self._menu)
        self._grid_holder = QWidget()
        self._grid = FlowLayout(self._grid_holder, gap=px(8))
        self.marks = PrintMarks(desk, office)
        self._lay_out()
        self._fill_choices()
        self.take_drops_of(self)
        desk.hub.follow([Attachment.KIND], self._told, owner=self)

    def show_owner(self, kind: str, uid: str, also: Mapping[str, str] | None = None) -> None:
        """Show the attachments of this record; `also` are uids of what belongs to it and what they are called."""
        if (kind, uid) != self._owner:
            self._all = False
            self._pictures.clear()
        self._owner, self._also = (kind, uid), dict(also or {})
        self.marks.show_owner(kind, uid)
        self.refresh()

    def refresh(self) -> None:
        """Read and show again."""
        _, uid = self._owner
        if uid:
            with self._office.store.reading() as reading:
                self._shown = attachments_of(reading, [uid, *self._also])
        else:
            self._shown = ()
        self._show()

    def take_drops_of(self, widget: QWidget) -> None:
        """Files dropped anywhere on this widget are attached too."""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
            if not files or not self._owner[1]:
                return super().eventFilter(watched, event)
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent):
                self.add_files(files)
            return True
        return super().eventFilter(watched, event)

    def names(self) -> list[str]:
        """The names on screen, in order."""
        return [tile.attachment.name or "" for tile in self.tiles]

    def words(self) -> str:
        """What the heading and the note say."""
        return f"{self._heading.text()} {self._note.text()}".strip()

    def add_asked(self) -> None:
        """添加附件: ask for files and attach them."""
        files = self._ask(self)
        if files:
            self.add_files(files)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Attach files in the order people count them, beside the window; a folder stands for what is in it."""
        kind, uid = self._owner
        files, office = in_order(paths), self._office

        def work(progress: Progress, cancel: Cancel) -> Attached:
            try:
                return attach(office, kind=kind, uid=uid, files=files, progress=progress, cancelled=cancel)
            except NothingAttached:
                raise Stopped from None

        self._desk.jobs.start(
            work,
            title="添加附件",
            done=self._attached,
            failed=self._failed,
            stopped=self._stopped,
            owner=self,
        )

    # ---- what is on screen ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._grid_holder.setSizePolicy(policy)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._heading)
        head.addWidget(self._more)
        if self._folded:
            head.addWidget(self._note)
        head.addStretch(1)
        head.addWidget(self._choices)
        head.addWidget(self._add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addLayout(head)
        if not self._folded:
            box.addWidget(self._note)
        box.addWidget(self._grid_holder)
        box.addWidget(self.marks)

    def _show(self) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        count = len(self._shown)
        few = 0 if self._folded else _FEW
        self._heading.setText(f"{self._heading_words} {count} 个" if count else self._heading_words)
        self._note.setText("" if count else self._empty_words)
        self._note.setVisible(not count)
        self._more.setText("收起" if self._all else f"全部{count}个" if few else "查看")
        self._more.setVisible(count > few)
        self.tiles = [self._tile(each) for each in self._shown[: count if self._all else few]]
        for tile in self.tiles:
            self._grid.addWidget(tile)
            tile.show()
        self._grid_holder.setVisible(bool(self.tiles))
        self._grid_holder.updateGeometry()
        self._fetch_pictures()

    def _tile(self, attachment: Attachment) -> Tile:
        tile = Tile(attachment, whose=self._also.get(attachment.owner, ""))
        tile.opened.connect(partial(self._open, attachment))
        tile.taken_off.connect(partial(self._take_off, attachment))
        tile.erasing.connect(partial(self._erase, attachment))
        tile.personal_told.connect(partial(self._tell_personal, attachment))
        return tile

    def _fetch_pictures(self) -> None:
        """Small pictures come by and by, for making them takes longer than a blink."""
        office, ratio = self._office, self.devicePixelRatioF()
        side = round(max(px(WIDTH), px(PICTURE)) * ratio)
        self._put_pictures(ratio)
        wanted = [
            tile.attachment for tile in self.tiles
            if tile.attachment.digest and tile.attachment.digest not in self._pictures
        ]  # fmt: skip
        if not wanted:
            return

        def work(_progress: Progress, cancel: Cancel) -> dict[str, bytes | None]:
            return {str(each.digest): thumbnail_of(office, each, side) for each in wanted if not cancel()}

        def done(pictures: dict[str, bytes | None]) -> None:
            self._pictures.update(pictures)
            self._put_pictures(ratio)

        self._desk.reads.start(work, title="", done=done, owner=self)

    def _put_pictures(self, ratio: float) -> None:
        for tile in self.tiles:
            png = self._pictures.get(tile.attachment.digest or "")
            if png is not None:
                tile.show_picture(png, ratio)

    def _show_all(self) -> None:
        self._all = not self._all
        self._show()

    def _told(self, _kinds: frozenset[str]) -> None:
        self.refresh()

    # ---- choices for photos ---------------------------------------------------------------------

    def _fill_choices(self) -> None:
        chosen = photo_choices(self._office)
        for action, on in ((self._shrink, chosen.shrink), (self._no_place, chosen.forget_place)):
            action.setCheckable(True)
            action.setChecked(on)
            action.toggled.connect(self._chosen)

    def _chosen(self, _on: bool) -> None:
        remember_choices(self._office, PhotoChoices(self._shrink.isChecked(), self._no_place.isChecked()))

    # ---- acts -----------------------------------------------------------------------------------

    def _attached(self, done: Attached) -> None:
        if done.changes:
            self._wrote(done.changes, done.words())
        elif not done.refused:
            self._desk.tell(done.words())
        if done.refused:
            told = [each.message for each in done.refused[:_TOLD]]
            if len(done.refused) > _TOLD:
                told.append(f"还有{len(done.refused) - _TOLD}个文件没有添加。")
            others = f"其余{len(done.attachments)}个已经添加。" if done.attachments else ""
            self._desk.problem(Problem("\n".join(told), safe=f"{others}已有的数据没有改动。", code="U340"))

    def _wrote(self, changes: tuple[Change, ...], words: str) -> None:
        self._desk.saved()
        self._desk.hub.tell({Attachment.KIND})
        self._desk.tell(words, partial(self._undo, changes))
        self.changed.emit()

    def _undo(self, changes: tuple[Change, ...]) -> None:
        undo_changes(self._office, changes)
        self._desk.saved()
        self._desk.hub.tell({Attachment.KIND})
        self._desk.tell("已撤销")
        self.changed.emit()

    def _failed(self, wrong: Exception) -> None:
        if isinstance(wrong, StoreProblem):
            self._desk.problem(Problem(wrong.message, safe="", code=wrong.code))
        elif isinstance(wrong, OSError):
            self._desk.problem(
                Problem(f"附件没有添加：{why_not(wrong)}。", now="请检查磁盘后再试一次。", code="U341")
            )
        else:
            raise wrong

    def _stopped(self) -> None:
        self._desk.tell(NothingAttached.message)

    def _open(self, attachment: Attachment) -> None:
        try:
            copy = open_copy(self._office, attachment.uid)
        except (StoreProblem, OSError) as wrong:
            self._failed(wrong)
            return
        shown = self._look_at(copy)
        self._desk.tell(
            f"已打开“{copy.name}”的副本，只供查看" if shown else f"没有能打开它的程序，副本在 {copy}"
        )

    def _take_off(self, attachment: Attachment) -> None:
        changes = detach(self._office, attachment.uid)
        self._wrote(changes, f"已移除附件“{attachment.name or '附件'}”")

    def _erase(self, attachment: Attachment) -> None:
        name = attachment.name or "附件"
        if not _sure(self, name):
            return
        erase_attachment(self._office, attachment.uid)
        self._pictures.pop(attachment.digest or "", None)
        self._desk.saved()
        self._desk.hub.tell({Attachment.KIND})
        self._desk.tell(f"附件“{name}”已彻底清除")
        self.changed.emit()

    def _tell_personal(self, attachment: Attachment, personal: bool) -> None:
        saved = save_record(self._office, replace(attachment, personal=personal), opened=attachment)
        words = "标为含个人信息" if personal else "标为不含个人信息"
        self._wrote(saved.changes, f"附件“{attachment.name or ''}”已{words}")


def _ask_files(parent: QWidget) -> Sequence[Path]:
    return ask_open_all(parent, "添加附件", f"可以添加的文件 ({_ENDINGS});;所有文件 (*)")


def _sure(parent: QWidget, name: str) -> bool:
    """A short decision, since this alone has no way back."""
    box = QMessageBox(parent)
    box.setWindowTitle("彻底清除附件")
    box.setText(f"彻底清除“{name}”？")
    box.setInformativeText(
        "文件和文件名会从本机清除，不能撤销；已报送的，下次报送时县里也会清除。以前的备份里还有，随旧备份一起清理。"
    )
    yes = box.addButton("彻底清除", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton("取消", QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is yes


def _look_at(copy: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))
