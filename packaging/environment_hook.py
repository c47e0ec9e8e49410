"""Runs first in the packed program: programs that it starts (a file manager, a browser) get the user's libraries.

The start-up code of PyInstaller points the dynamic loader to the libraries of the build, and keeps what was set before
under another name. This process has read it by now; a file manager that loaded our libraries instead of its own would
crash. Helpers that are this program once more set it again by themselves.
"""

import os
import sys

if sys.platform == "linux":
    _before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if _before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = _before
