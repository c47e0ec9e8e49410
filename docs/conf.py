"""How Sphinx builds the documentation: ``make docs``."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
# The command line shows where the library lies by default; the page must not show where it lies for whoever built it.
for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
    os.environ.pop(name, None)
os.environ["HOME"] = "/home/you"

from landmark_desktop import __version__  # noqa: E402  the path is set above

project = "Landmark Desktop"
author = "The authors of Landmark Desktop"
release = version = __version__
html_title = f"{project} {release}"

extensions = ["myst_parser", "sphinx_argparse_cli"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "images/README.md"]
nitpicky = True

html_theme = "furo"
html_favicon = "../resources/icons/landmark-desktop-32.png"
html_logo = "../resources/icons/landmark-desktop-128.png"
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0f5fa8", "color-brand-content": "#0f5fa8"},
    "dark_css_variables": {"color-brand-primary": "#7cb8f2", "color-brand-content": "#7cb8f2"},
}
html_show_copyright = False
# The page of a report is a download, as it is in the repository.
html_extra_path = ["model/report.html"]
