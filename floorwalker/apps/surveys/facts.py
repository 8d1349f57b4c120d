"""What do surveys contribute to the lake? One row a question of every invitation that was sent; and how a customer leaves them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa

from floorwalker.apps.surveys.forgetting import count_customer, forget_customer
from floorwalker.apps.surveys.models import Answer, Invitation, Question
from floorwalker.facts.current import RECORDS
from floorwalker.facts.keys import fact_key
from floorwalker.facts.tables import SURVEY

__all__ = ["count_customer", "forget_customer", "records"]

ORIGIN = "surveys"
INVITATIONS_A_PART = 2_000
COLUMNS = (
    *("survey_key", "contact_key", "identity_key", "queue_key", "channel", "direction", "reason", "customer_key"),
    *("contact_at", "invited_at", "answered_at", "closes_at", "score", "scale_least", "scale_most", "question"),
    *("first_in_survey", "site_key"),
)
SCHEMA = pa.schema([SURVEY.schema.field(name) for name in COLUMNS])


def records() -> dict[str, Iterable[pa.Table]]:
    """By table, the rows of every invitation that was sent, whether it was answered or not."""
    return {SURVEY.name: _parts()}


def _parts() -> Iterator[pa.Table]:
    questions: dict[int, list[Question]] = {}
    for question in Question.objects.scored().filter(version__published_at__isnull=False):
        questions.setdefault(question.version_id, []).append(question)
    sent = Invitation.objects.sent().select_related("site").order_by("pk").iterator(INVITATIONS_A_PART)
    while some := list(islice(sent, INVITATIONS_A_PART)):
        scores = _scores(some)
        rows = [row for one in some for row in _rows(one, questions.get(one.version_id or 0, []), scores)]
        yield pa.Table.from_pylist(rows, schema=SCHEMA)


def _scores(some: Sequence[Invitation]) -> dict[tuple[int, int], int | None]:
    found = Answer.objects.present().filter(invitation__in=[one.pk for one in some])
    return {
        (invitation, question): score
        for invitation, question, score in found.values_list("invitation", "question", "score")
    }


def _rows(
    one: Invitation, questions: Sequence[Question], scores: dict[tuple[int, int], int | None]
) -> Iterator[dict[str, Any]]:
    """One row a question that has a score; one without any where the survey asks for words alone."""
    for number, question in enumerate(questions or (None,)):
        row = _told(one) | {"first_in_survey": number == 0}
        code = "" if question is None else question.kind
        row["survey_key"] = fact_key(RECORDS, ORIGIN, SURVEY.name, f"{one.pk}:{code}")
        if question is not None:
            least, most = question.scale
            score = scores.get((one.pk, question.pk))
            row |= {"question": code, "score": None if score is None else float(score)}
            row |= {"scale_least": float(least), "scale_most": float(most)}
        yield row


def _told(one: Invitation) -> dict[str, Any]:
    assert one.site is not None, "an invitation that was sent has the site of its contact"
    return {
        "contact_key": _bytes(one.contact_key),
        "identity_key": _bytes(one.identity_key),
        "queue_key": _bytes(one.queue_key),
        "channel": one.channel or None,
        "direction": one.direction or None,
        "reason": one.reason or None,
        "customer_key": _bytes(one.customer_key),
        "contact_at": one.contact_at,
        "invited_at": one.sent_at,
        "answered_at": one.answered_at,
        "closes_at": one.closes_at,
        "site_key": bytes(one.site.key),
    }


def _bytes(key: bytes | memoryview | None) -> bytes | None:
    return None if key is None else bytes(key)
