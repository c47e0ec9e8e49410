"""``python -m benchmarks [NAME ...]``: run all benchmarks, or those named."""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks import decoding, pipeline, tagging

BENCHMARKS = {"pipeline": pipeline.run, "tagging": tagging.run, "decoding": decoding.run}


def main() -> int:
    """Run the benchmarks and print their tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(BENCHMARKS)}")
    names = parser.parse_args().names or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"unknown benchmark {unknown[0]}")
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    for name in names:
        with tempfile.TemporaryDirectory(prefix="landmark-bench-") as folder:
            BENCHMARKS[name](Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
