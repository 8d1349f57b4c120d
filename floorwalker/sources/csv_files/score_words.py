"""Which figure does a survey answer stand for that is written in words, stars or faces?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What a score's cell holds when nobody answered.
UNANSWERED = frozenset(
    "offered|unoffered|not offered|not rated|no rating|unrated|no survey results|no response|no answer|not answered|none|"
    "not available|skipped|n.a.|na|?".split("|")
)
_FIVE = (1.0, 5.0)
# The worst and best score, and the words for every step between them, beginning with the worst.
_SCALES: tuple[tuple[tuple[float, float], tuple[str, ...]], ...] = (
    (
        (0.0, 1.0),
        (
            "bad|rated bad|negative|thumbs down|👎|dislike|unsatisfied|n|no|false|nein|non",
            "good|rated good|positive|thumbs up|👍|like|satisfied|y|yes|true|ja|oui|sí",
        ),
    ),
    (
        _FIVE,
        (
            "very dissatisfied|very unsatisfied|very unhappy|sehr unzufrieden", "dissatisfied|unsatisfied|unhappy|unzufrieden",
            "neutral|neither|ok|okay|neither satisfied nor dissatisfied|teils teils", "satisfied|happy|zufrieden",
            "very satisfied|very happy|sehr zufrieden",
        ),
    ),
    (
        (1.0, 7.0),
        (
            "extremely unhappy|extremely dissatisfied", "very unhappy|very dissatisfied", "unhappy|dissatisfied",
            "neutral", "happy|satisfied", "very happy|very satisfied", "extremely happy|extremely satisfied",
        ),
    ),
    (
        _FIVE,
        (
            "very poor|terrible|awful|very bad", "poor|bad|below average", "average|fair|ok|okay|neutral", "good|great",
            "excellent|very good|amazing",
        ),
    ),
    (_FIVE, ("😠|😡|😞|😭|😢", "🙁|☹|☹️|😕|😟", "😐|😑", "🙂|😊|😀", "😃|😄|🤩|😍|😁")),
)  # fmt: skip
_LEADING = re.compile(
    r"(\d{1,2})(?:\s*(?:/|out of|of|von|sur)\s*(\d{1,3}))?(?:\s*(?:stars?|sterne|points?)|\s*[-–:=.]\s*\D.*|\s+\D.*)?"
)
_STARS = re.compile(r"([★⭐]*)([☆✩]*)")


@dataclass(frozen=True)
class ScoreWords:
    """What each word means, None where it says that nobody answered; the worst and best score of the scale."""

    values: Mapping[str, float | None]
    scale: tuple[float, float]


def read_score_words(words: Iterable[str]) -> ScoreWords | None:
    """The figures that these words stand for; None where they are no scale that is known."""
    answers = {word: word.casefold().strip() for word in words}
    unanswered: dict[str, float | None] = {word: None for word, plain in answers.items() if plain in UNANSWERED}
    given = {word: plain for word, plain in answers.items() if word not in unanswered}
    if not given:
        return None
    for read in (_by_scale, _by_figure, _by_stars):
        found = read(given)
        if found is not None:
            return ScoreWords({**found.values, **unanswered}, found.scale)
    return None


def _by_scale(given: Mapping[str, str]) -> ScoreWords | None:
    for (worst, best), steps in _SCALES:
        size = (best - worst) / (len(steps) - 1)
        known = {word: worst + size * place for place, step in enumerate(steps) for word in step.split("|")}
        if all(plain in known for plain in given.values()):
            return ScoreWords({word: known[plain] for word, plain in given.items()}, (worst, best))
    return None


def _by_figure(given: Mapping[str, str]) -> ScoreWords | None:
    """5 - Very satisfied, 4/5, 3 stars."""
    matches = {word: _LEADING.fullmatch(plain) for word, plain in given.items()}
    if any(match is None for match in matches.values()):
        return None
    figures: dict[str, float | None] = {word: float(match[1]) for word, match in matches.items() if match}
    stated = {float(match[2]) for match in matches.values() if match and match[2]}
    most = max(stated or {figure for figure in figures.values() if figure is not None})
    best = next((best for best in (5.0, 7.0, 10.0) if most <= best), most) if not stated else most
    return ScoreWords(figures, (0.0 if 0.0 in figures.values() else 1.0, best))


def _by_stars(given: Mapping[str, str]) -> ScoreWords | None:
    matches = {word: _STARS.fullmatch(plain) for word, plain in given.items()}
    if any(match is None for match in matches.values()):
        return None
    return ScoreWords({word: float(len(match[1])) for word, match in matches.items() if match}, _FIVE)
