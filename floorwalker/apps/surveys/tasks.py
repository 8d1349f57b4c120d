"""What does the worker do for surveys? It decides about contacts that wait, and sends what is due."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime

from django.db import connection

from floorwalker.apps.surveys.deciding import decide_waiting
from floorwalker.apps.surveys.sending import send_due
from floorwalker.config import Mail

ROUND_SECONDS = 20.0

logger = logging.getLogger(__name__)


def ask_customers(mail: Mail | None, stop: threading.Event) -> None:
    """Make rounds until `stop` is set; what goes wrong is tried again. Without a mail server, only choose."""
    last_complaint = ""
    while not stop.is_set():
        try:
            make_round(mail)
            last_complaint = ""
        except Exception as error:
            complaint = f"{type(error).__name__}: {error}"
            if complaint != last_complaint:
                logger.error("customers will be asked a little later: %s", complaint)
            last_complaint = complaint
        finally:
            connection.close()
        stop.wait(ROUND_SECONDS)


def make_round(mail: Mail | None) -> None:
    """One round."""
    decide_waiting(datetime.now(UTC))
    if mail is not None:
        send_due(mail, lambda: datetime.now(UTC))
