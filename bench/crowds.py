"""How long do many evaluators wait for their answers to be saved, when all of them work at once?

Each saves over HTTP from her own connection, as the page of an evaluation does.
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
import threading
import time
from dataclasses import dataclass
from typing import Any

from bench.many_evaluations import CODES

# Somebody who listens answers a question about every ten seconds; here they are brisk.
EVERY_SECONDS, LASTS_SECONDS = 5.0, 30.0
LIMIT_MILLISECONDS = 200
TOKEN = "b" * 32


@dataclass(frozen=True)
class Crowd:
    """So many evaluators at once: the milliseconds of each save, and how many were refused or failed."""

    evaluators: int
    took: list[float]
    failed: int

    @property
    def usual(self) -> float:
        """Half of the saves took at most this."""
        return statistics.median(self.took)

    @property
    def slow(self) -> float:
        """Nineteen of twenty took at most this."""
        return statistics.quantiles(self.took, n=20)[-1]

    @property
    def holds(self) -> bool:
        """Whether all were saved, and quickly enough."""
        return self.failed == 0 and self.slow <= LIMIT_MILLISECONDS


def together(address: str, people: list[dict[str, Any]]) -> Crowd:
    """Everybody saves one answer after the other, each at her own moments."""
    took: list[float] = []
    failed: list[int] = []
    begin, until = time.monotonic(), time.monotonic() + LASTS_SECONDS
    threads = [threading.Thread(target=_saves, args=(address, one, begin, until, took, failed)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Crowd(len(people), took, len(failed))


def _saves(address: str, one: dict[str, Any], begin: float, until: float, took: list[float], failed: list[int]) -> None:
    chance = random.Random(one["evaluation"])
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    headers = {
        "Cookie": f"sessionid={one['session']}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "X-Requested-With": "fetch",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    at = begin + chance.uniform(0, EVERY_SECONDS)
    answered = 0
    while at < until:
        time.sleep(max(0.0, at - time.monotonic()))
        answered = min(answered + 1, len(CODES))
        answers = "".join(f"&a-{code}=yes" for code in CODES[:answered])
        sent = time.perf_counter()
        try:
            connection.request(
                "POST", f"/evaluations/{one['evaluation']}/save/", f"saves={one['saves']}{answers}", headers
            )
            answer = connection.getresponse()
            body = answer.read()
        except OSError:
            failed.append(0)
            connection.close()
        else:
            took.append(1000 * (time.perf_counter() - sent))
            if answer.status == 200:
                one["saves"] = json.loads(body)["saves"]
            else:
                failed.append(answer.status)
        at += EVERY_SECONDS
    connection.close()
