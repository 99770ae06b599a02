"""Hold the site against the table of who may use what, and print how many cells there are and which are wrong.

Works on the suite's own test database: nothing of the installation's is read or written.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Ask everything, print the figures and the cells that are wrong as JSON, and return whether there are any."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "academy.settings.test"
    # Lists of packages whose order is none are theirs to mend; the suite looks at warnings.
    warnings.simplefilter("ignore")
    import_module("django").setup()
    figures = import_module("tests.matrix.report").report()
    print(json.dumps(figures, indent=2))
    return 1 if figures["mismatches"] else 0


if __name__ == "__main__":
    sys.exit(main())
