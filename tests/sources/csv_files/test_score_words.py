"""Which figures do answers in words, stars and faces stand for?"""

from __future__ import annotations

import pytest

from floorwalker.sources.csv_files.score_words import read_score_words


@pytest.mark.parametrize(
    ("words", "values", "scale"),
    [
        (["Good", "Bad", "Offered"], [1, 0, None], (0, 1)),
        (["Very satisfied", "Satisfied", "Neutral", "Dissatisfied"], [5, 4, 3, 2], (1, 5)),
        (["Extremely happy", "Happy", "Very unhappy"], [7, 5, 2], (1, 7)),
        (["Excellent", "Good", "Poor"], [5, 4, 2], (1, 5)),
        (["5 - Very good", "1 - Very bad", "Not rated"], [5, 1, None], (1, 5)),
        (["4/5", "2/5"], [4, 2], (1, 5)),
        (["9 out of 10", "0 out of 10"], [9, 0], (0, 10)),
        (["3 stars", "1 star"], [3, 1], (1, 5)),
        (["★★★★☆", "★☆☆☆☆"], [4, 1], (1, 5)),
        (["😃", "😐", "😡"], [5, 3, 1], (1, 5)),
    ],
)
def test_scales_are_known(words: list[str], values: list[float | None], scale: tuple[float, float]) -> None:
    found = read_score_words(words)
    assert found is not None
    assert [found.values[word] for word in words] == values
    assert found.scale == scale


@pytest.mark.parametrize("words", [["Offered"], ["Refund", "Login"], ["Good", "Purple"], []])
def test_other_words_are_no_scores(words: list[str]) -> None:
    assert read_score_words(words) is None
