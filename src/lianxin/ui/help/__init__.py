"""The help: the manual in the window, the practice beside the page."""
