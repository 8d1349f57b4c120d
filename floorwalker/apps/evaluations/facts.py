"""What do evaluations contribute to the lake? Every one that is submitted, by the marks that stand; keys and figures, no words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db.models import Q

from floorwalker.apps.evaluations.models import Appeal, Evaluation, FormVersion, Marking, Picked, Purpose
from floorwalker.apps.people.evaluators import evaluator_key
from floorwalker.apps.people.models import Agent, User
from floorwalker.facts.current import RECORDS
from floorwalker.facts.keys import fact_key
from floorwalker.facts.tables import EVALUATION, Selection
from floorwalker.insight.marking import earned_shares
from floorwalker.insight.questionnaire import Critical

ORIGIN = "evaluations"
A_PART = 2_000
COLUMNS = (
    *("evaluation_key", "contact_key", "identity_key", "evaluator_key", "queue_key", "channel", "reason", "contact_at"),
    *("evaluated_at", "released_at", "acknowledged_at", "form", "form_version", "purpose", "selection", "score"),
    *("score_before_fatal", "fatal", "customer_defect", "business_defect", "compliance_defect", "missed_complaint"),
    *("vulnerable", "disputed", "overturned", "criteria", "site_key", "inclusion_probability"),
)
SCHEMA = pa.schema([EVALUATION.schema.field(name) for name in COLUMNS])


def records() -> dict[str, Iterable[pa.Table]]:
    """By table, the rows of every evaluation whose marks are final."""
    return {EVALUATION.name: _parts()}


def _parts() -> Iterator[pa.Table]:
    told = "version__form", "stands__by", "appeal", "agent__site"
    # What is marked for a session goes along when its marks are shown: figures would tell them before.
    blind = Q(calibration__isnull=False, calibration__session__blind_ended_at=None)
    done = Evaluation.objects.exclude(stands=None).exclude(blind)
    found = done.select_related(*told).order_by("pk").iterator(A_PART)
    keys: dict[int, bytes] = {}
    while some := list(islice(found, A_PART)):
        yield pa.Table.from_pylist([_row(one, keys) for one in some if _site(one) is not None], schema=SCHEMA)


def _row(one: Evaluation, keys: dict[int, bytes]) -> dict[str, Any]:
    marking, version = one.stands, one.version
    assert marking is not None, "only what is submitted is contributed"
    return {
        "evaluation_key": fact_key(RECORDS, ORIGIN, EVALUATION.name, str(one.pk)),
        "contact_key": bytes(one.contact_key),
        "identity_key": bytes(one.identity_key),
        "evaluator_key": _known(marking.by, keys),
        "queue_key": _bytes(one.queue_key),
        "channel": one.channel or None,
        "reason": one.reason or None,
        "contact_at": one.contact_at,
        "evaluated_at": marking.submitted_at,
        "released_at": one.released_at,
        "acknowledged_at": one.acknowledged_at,
        "form": f"form {version.form_id}",
        "form_version": str(version.number),
        "purpose": str(one.purpose),
        "selection": str(Selection.RANDOM if one.picked == Picked.RANDOM else Selection.TARGETED),
        "inclusion_probability": one.inclusion_probability,
        "score": marking.agent_share,
        "score_before_fatal": marking.agent_before_fatal,
        **_defects(marking, version),
        "missed_complaint": marking.missed_complaint,
        "vulnerable": marking.vulnerable_customer,
        **_appealed(one),
        "criteria": list(earned_shares(version.asks, marking.given).items()),
        "site_key": _site(one),
    }


def _known(user: User, keys: dict[int, bytes]) -> bytes:
    return keys.setdefault(user.pk, evaluator_key(user))


def _defects(marking: Marking, version: FormVersion) -> dict[str, bool | None]:
    """What was missed, where the form asks for it: a form without a fatal question says nothing of fatal misses."""
    questions = version.asks.questions
    kinds = {question.critical for question in questions}
    return {
        "fatal": marking.agent_fatal if any(question.fatal for question in questions) else None,
        "customer_defect": marking.customer_critical if Critical.CUSTOMER in kinds else None,
        "business_defect": marking.business_critical if Critical.BUSINESS in kinds else None,
        "compliance_defect": marking.compliance_critical if Critical.COMPLIANCE in kinds else None,
    }


def _appealed(one: Evaluation) -> dict[str, bool | None]:
    """Whether the agent appealed, where she may; and what came of it, once that is decided."""
    if one.purpose != Purpose.OFFICIAL or one.released_at is None:
        return {"disputed": None, "overturned": None}
    appeal: Appeal | None = getattr(one, "appeal", None)
    decided = appeal is not None and appeal.decided_at is not None
    return {
        "disputed": appeal is not None,
        "overturned": appeal.outcome == Appeal.Outcome.OVERTURNED if appeal is not None and decided else None,
    }


def _site(one: Evaluation) -> bytes | None:
    """The contact's site, else the agent's."""
    agent: Agent = one.agent
    return _bytes(one.site_key) or (None if agent.site is None else bytes(agent.site.key))


def _bytes(key: bytes | memoryview | None) -> bytes | None:
    return None if key is None else bytes(key)
