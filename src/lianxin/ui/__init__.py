"""The window: the only room that imports PySide6."""

# First of all: it remembers how Python imports before PySide is there.
from lianxin.ui.plain_import import importing_plainly as importing_plainly
