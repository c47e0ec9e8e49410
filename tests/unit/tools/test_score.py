"""Scoring JSON lines against folder names."""

import json

from tools.score import Score, score


def line(folder: str, verdict: str, *guesses: str) -> str:
    return json.dumps(
        {"path": f"/x/{folder}/a.jpg", "verdict": verdict, "guesses": [{"id": guess} for guess in guesses]}
    )


def test_every_kind_of_line_is_counted_where_it_belongs() -> None:
    lines = [
        line("petra", "landmark", "petra", "taj_mahal"),
        line("petra", "landmark", "taj_mahal", "petra"),
        line("petra", "unsure", "a", "b", "c", "d", "e", "petra"),
        line("petra", "error"),
        line("_none", "landmark", "petra"),
        line("_none", "none", "petra"),
    ]
    assert score(lines) == Score(
        landmark_photos=3,
        top_1=1,
        top_5=2,
        landmark_verdicts=2,
        right_verdicts=1,
        none_photos=2,
        none_with_landmark_verdict=1,
        errors=1,
    )
    assert "top-1 33.33%" in score(lines).lines()[0]
    assert "right 33.33% of all 3" in score(lines).lines()[1]


def test_nothing_scores_nothing() -> None:
    assert score([]).lines()[0].startswith("top-1 0.00%")
