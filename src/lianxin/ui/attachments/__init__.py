"""附件: the files of a record, wherever it is shown."""

from lianxin.ui.attachments.strip import AttachmentStrip

__all__ = ["AttachmentStrip"]
