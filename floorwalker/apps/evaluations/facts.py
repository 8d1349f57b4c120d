"""What do evaluations contribute to the lake? Every one that is submitted, by the marks that stand; keys and figures, no words."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db.models import Q, QuerySet

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


def records(only: Mapping[str, Collection[str]] | None = None) -> dict[str, Iterable[pa.Table]]:
    """By table, the rows of every evaluation whose marks are final; or only of those that `stamps` names so."""
    return {EVALUATION.name: _parts(None if only is None else only[EVALUATION.name])}


def stamps() -> dict[str, dict[str, bytes]]:
    """By table and record a stamp of all that its row hangs on: where it is the same, so is the row.

    A marking that was handed in and a version that was published never change: to name them says what they say.
    """
    found = _done().order_by("pk").values_list(*_hangs_on()).iterator(A_PART)
    return {EVALUATION.name: {str(row[0]): _stamp(row) for row in found}}


def _hangs_on() -> list[str]:
    """Everything of an evaluation itself, the figures of the marks that stand, and what else a row is made of."""
    own = [field.attname for field in Evaluation._meta.concrete_fields if not field.primary_key]
    long = {"answers", "words"}
    marks = [f"stands__{field.name}" for field in Marking._meta.concrete_fields if field.name not in long]
    appeal = [f"appeal__{name}" for name in ("pk", "decided_at", "outcome")]
    return ["pk", *own, *marks, *appeal, "version__form", "version__number", "agent__site__key"]


def _stamp(row: Sequence[Any]) -> bytes:
    plain = [bytes(one) if isinstance(one, memoryview) else one for one in row]
    return hashlib.blake2b(repr(plain).encode(), digest_size=8).digest()


def _done() -> QuerySet[Evaluation]:
    """Every evaluation that becomes a fact: its marks are final, and it belongs to a site."""
    # What is marked for a session goes along when its marks are shown: figures would tell them before.
    blind = Q(calibration__isnull=False, calibration__session__blind_ended_at=None)
    nowhere = Q(site_key=None, agent__site=None)
    return Evaluation.objects.exclude(stands=None).exclude(blind).exclude(nowhere)


def _parts(only: Collection[str] | None) -> Iterator[pa.Table]:
    found = _done().select_related("version__form", "stands__by", "appeal", "agent__site").order_by("pk")
    keys: dict[int, bytes] = {}
    for some in _in_parts(found) if only is None else _named(found, only):
        yield pa.Table.from_pylist([_row(one, keys) for one in some], schema=SCHEMA)


def _in_parts(found: QuerySet[Evaluation]) -> Iterator[list[Evaluation]]:
    rows = found.iterator(A_PART)
    while some := list(islice(rows, A_PART)):
        yield some


def _named(found: QuerySet[Evaluation], only: Collection[str]) -> Iterator[list[Evaluation]]:
    asked = [int(one) for one in only]
    for start in range(0, len(asked), A_PART):
        yield list(found.filter(pk__in=asked[start : start + A_PART]))


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
