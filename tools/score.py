"""Score what ``landmark-desktop classify --format jsonl`` printed, by the folder each photo lies in.

    landmark-desktop classify photos/test --format jsonl | python -m tools.score

Folders are named after landmark ids; photos in ``_none`` show no landmark.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

NONE_FOLDER = "_none"


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over photos that were read; ``top_1`` and ``top_5`` have the right landmark among their first guesses."""

    landmark_photos: int
    top_1: int
    top_5: int
    landmark_verdicts: int
    right_verdicts: int
    none_photos: int
    none_with_landmark_verdict: int
    errors: int

    def lines(self) -> list[str]:
        """The score for people."""
        shown = max(1, self.landmark_photos)
        verdicts = max(1, self.landmark_verdicts + self.none_with_landmark_verdict)
        return [
            f"top-1 {self.top_1 / shown:.2%}, top-5 {self.top_5 / shown:.2%} of {self.landmark_photos} landmark photos",
            f"verdict landmark: {self.landmark_verdicts / shown:.1%} of them,"
            f" right {self.right_verdicts / verdicts:.2%} of all {verdicts} such verdicts",
            f"other photos with verdict landmark: {self.none_with_landmark_verdict} of {self.none_photos}"
            f" ({self.none_with_landmark_verdict / max(1, self.none_photos):.2%})",
            f"errors: {self.errors}",
        ]


def score(lines: Iterable[str]) -> Score:
    """Count the JSON lines of ``classify``."""
    photos = top_1 = top_5 = verdicts = right = none = false = errors = 0
    for line in lines:
        document = json.loads(line)
        truth = Path(document["path"]).parent.name
        accepted = document["verdict"] == "landmark"
        guesses = [guess["id"] for guess in document["guesses"]]
        if document["verdict"] == "error":
            errors += 1
        elif truth == NONE_FOLDER:
            none += 1
            false += accepted
        else:
            photos += 1
            top_1 += guesses[:1] == [truth]
            top_5 += truth in guesses[:5]
            verdicts += accepted
            right += accepted and guesses[0] == truth
    return Score(photos, top_1, top_5, verdicts, right, none, false, errors)


def main() -> int:
    """Score standard input."""
    print("\n".join(score(sys.stdin).lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
