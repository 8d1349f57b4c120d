"""How is a change done once, however often it is asked for? By the key that it names itself by.

The key is kept in the transaction of the change: either both are there or neither. Who asks by the same key while the
first is still at work waits for it, and is answered the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from floorwalker.apps.notices.models import Answered, Token
from floorwalker.ui.rest.problems import Problematic

HEADER = "Idempotency-Key"
KEPT = timedelta(days=1)
LONGEST = 100


def answer_once(request: HttpRequest, token: Token, at: datetime, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a request, or what it was answered the first time; only what succeeded is kept."""
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return answer()
    if not 1 <= len(key) <= LONGEST or not key.isprintable():
        raise Problematic(422, where=HEADER, found=key[:40], expected=f"1 to {LONGEST} printable characters")
    question = hashlib.sha256(f"{request.get_full_path()}\n".encode() + request.body).digest()
    try:
        return _known(token, key, question, at) or _first(token, key, question, at, answer)
    except IntegrityError:
        # Somebody asked by the same key at the same time, and was faster.
        known = _known(token, key, question, at)
        if known is None:
            raise
        return known


def _known(token: Token, key: str, question: bytes, at: datetime) -> HttpResponse | None:
    Answered.objects.filter(at__lt=at - KEPT).delete()
    kept = Answered.objects.filter(token=token, key=key).first()
    if kept is None:
        return None
    if bytes(kept.question) != question:
        raise Problematic(
            422, "this key was used for another request", where=HEADER, found=key, mend="name each change by a new key"
        )
    again = HttpResponse(bytes(kept.body), status=kept.status, content_type="application/json; charset=utf-8")
    again["Idempotent-Replayed"] = "true"
    return again


def _first(token: Token, key: str, question: bytes, at: datetime, answer: Callable[[], HttpResponse]) -> HttpResponse:
    with transaction.atomic():
        kept = Answered.objects.create(token=token, key=key, question=question, at=at)
        response = answer()
        if response.status_code >= 400:
            transaction.set_rollback(True)
        else:
            kept.status, kept.body = response.status_code, response.content
            kept.save(update_fields=["status", "body"])
    return response
