"""What would a telephone system write? A small generator of queue_log lines with every kind of event."""

from __future__ import annotations

import random

START = 1_700_000_000


def write_call(number: int, at: int, draw: random.Random) -> list[tuple[int, str]]:
    """The events of one call as (second, line): rings, an answer or another end, sometimes a second visit."""
    call = f"{at - 2}.{number}"
    lines: list[tuple[int, str]] = []
    for queue in draw.sample(["sales", "service", "claims"], draw.choice([1, 1, 1, 2])):
        at = _write_visit(lines, call, queue, at, draw)
    return lines


def _write_visit(lines: list[tuple[int, str]], call: str, queue: str, at: int, draw: random.Random) -> int:
    def write(second: int, agent: str, event: str, *parameters: object) -> None:
        lines.append((second, "|".join(map(str, (second, call, queue, agent, event, *parameters)))))

    write(at, "NONE", "ENTERQUEUE", "", f"0163296{draw.randrange(10_000):04}", 1)
    wait = draw.randrange(1, 90)
    for _ in range(draw.randrange(3)):
        write(at + draw.randrange(wait), f"PJSIP/{draw.randrange(200, 220)}", "RINGNOANSWER", 10_000)
    agent = f"PJSIP/{draw.randrange(200, 220)}"
    end = at + wait
    kind = draw.choice(["answered"] * 7 + ["abandoned", "timeout", "key", "open"])
    if kind == "answered":
        talk = draw.randrange(1, 900)
        write(end, agent, "CONNECT", wait, f"{call}9", 5)
        ending = draw.choice(["COMPLETEAGENT", "COMPLETECALLER", "BLINDTRANSFER", "ATTENDEDTRANSFER"])
        parameters = {
            "BLINDTRANSFER": ("1234", "default", wait, talk, 1),
            "ATTENDEDTRANSFER": ("LINK", "SIP/a", "SIP/b", wait, talk, 1),
        }.get(ending, (wait, talk, 1))
        end += talk
        write(end, agent, ending, *parameters)
    elif kind == "abandoned":
        write(end, "NONE", "ABANDON", 1, 1, wait)
    elif kind == "timeout":
        write(end, "NONE", "EXITWITHTIMEOUT", 1, 1, wait)
    elif kind == "key":
        write(end, "NONE", "EXITWITHKEY", 2, 1, 1, wait)
    return end


def write_log(calls: int, seed: int, seconds_between: int = 400) -> list[str]:
    """Lines of a log in order of time: calls across midnights, agents joining, pausing and leaving, restarts."""
    draw = random.Random(seed)
    events: list[tuple[int, str]] = [(START, f"{START}|NONE|NONE|NONE|QUEUESTART|")]
    for number in range(calls):
        events += write_call(number, START + number * seconds_between + draw.randrange(seconds_between), draw)
    last = START + calls * seconds_between
    for agent in range(200, 220):
        events += _write_shifts(f"PJSIP/{agent}", last, draw)
    restart = START + (last - START) // 2
    events.append((restart, f"{restart}|NONE|NONE|NONE|QUEUESTART|"))
    return [line for _, line in sorted(events)]


def _write_shifts(agent: str, last: int, draw: random.Random) -> list[tuple[int, str]]:
    events: list[tuple[int, str]] = []
    at = START + draw.randrange(3_600)
    while at < last:
        length = draw.randrange(4, 10) * 3_600
        pause = at + length // 2
        for queue in ("sales", "service", "claims"):
            events.append((at, f"{at}|MANAGER|{queue}|{agent}|ADDMEMBER|"))
            events.append((pause, f"{pause}|NONE|{queue}|{agent}|PAUSE|lunch"))
            events.append((pause + 1_800, f"{pause + 1_800}|NONE|{queue}|{agent}|UNPAUSE|"))
            events.append((at + length, f"{at + length}|MANAGER|{queue}|{agent}|REMOVEMEMBER|"))
        at += 86_400
    return events
