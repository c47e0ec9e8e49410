"""Meet hostile photos for as long as you like: ``make fuzz``, or ``python -m tools.fuzz --minutes 60 --seed 1``.

Rounds of the test of spoiled files, each with cases of its own that its seed decides. What a round finds is written to
``build/fuzz``, with the smallest case that still shows it (Hypothesis makes it smaller) and the command that
plays it again; mended, it goes into ``FOUND`` of the test.
"""

import argparse
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEST = "tests/hardening/test_hostile_files.py::test_no_spoiled_file_does_harm"


def round_command(seed: int) -> list[str]:
    """The command of one round."""
    # No random order: pytest-randomly would choose a seed for Hypothesis, too.
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", f"--hypothesis-seed={seed}", TEST]


def play(seed: int, examples: int, folder: Path) -> bool:
    """Play one round; True if nothing was found. What was found lies in ``folder`` then."""
    command = round_command(seed)
    environment = {**os.environ, "FUZZ_EXAMPLES": str(examples), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode == 0:
        return True
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / f"seed-{seed}.txt"
    again = f"FUZZ_EXAMPLES={examples} {shlex.join(['python', *command[1:]])}"
    report.write_text(f"{again}\n\n{done.stdout}", encoding="utf-8")
    print(f"seed {seed}: something was found, see {report.relative_to(ROOT)}", flush=True)
    return False


def main() -> int:
    """Play rounds until the time is over or Ctrl+C is pressed; returns 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (default: 10)")
    parser.add_argument("--seed", type=int, help="seed of the first round; the next has the next (default: the time)")
    parser.add_argument("--examples", type=int, default=3000, help="cases in a round (default: 3000)")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else int(time.time())
    end = time.monotonic() + 60 * arguments.minutes
    rounds = found = 0
    try:
        while rounds == 0 or time.monotonic() < end:
            sound = play(seed + rounds, arguments.examples, ROOT / "build" / "fuzz")
            found += not sound
            rounds += 1
            print(f"round {rounds}, seed {seed + rounds - 1}: {'nothing found' if sound else 'FOUND'}", flush=True)
    except KeyboardInterrupt:
        print()
    print(
        f"{rounds} rounds of {arguments.examples} cases, seeds {seed} to {seed + max(0, rounds - 1)}: {found} findings"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
