"""Where the installed program begins; the same for the window and for the command line."""

import sys

from lianxin.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
