"""What may be measured, and at which size? `python -m bench [--size usual] [names...]`; a whole run writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench import big_log, judging, merging, newest_day, pages, resolution
from bench.findings import Result, Setting
from bench.machine import this_machine
from bench.postgres_server import programs
from bench.report import Run, limit_of, verdict, write
from bench.sizes import SIZES, Size

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".floorwalker-bench"
BENCHMARKS: dict[str, Callable[[Size, Setting], Result]] = {
    "pages": pages.run,
    "resolution": resolution.run,
    "merging": merging.run,
    "newest_day": newest_day.run,
    "log": big_log.run,
    "judging": judging.run,
}


def main() -> None:
    """Measure what is asked for; Ctrl-C stops, and what was made so far is kept."""
    asked = _arguments()
    for ending in (signal.SIGINT, signal.SIGTERM):  # both as Ctrl-C, so that PostgreSQL never outlives the run
        signal.signal(ending, signal.default_int_handler)
    try:
        _measure(asked)
    except KeyboardInterrupt:
        print("\nbench: stopped; the data made so far is kept", file=sys.stderr)
        raise SystemExit(130) from None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"{', '.join(BENCHMARKS)}; all of them when none is named"
    )
    parser.add_argument("--size", choices=SIZES, default="usual", help="how large a centre and log (usual)")
    for name in ("agents", "days", "events", "newest_agents", "judged_agents", "rounds"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, metavar="N", help="instead of the size's own")
    parser.add_argument(
        "--folder", type=Path, default=KEPT, help="where data is kept between runs (.floorwalker-bench)"
    )
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help="where a whole run writes its page (docs)")
    asked = parser.parse_args()
    unknown = set(asked.names) - BENCHMARKS.keys()
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    return asked


def _measure(asked: argparse.Namespace) -> None:
    given = {name: value for name in Size.__dataclass_fields__ if (value := getattr(asked, name)) is not None}
    size = replace(SIZES[asked.size], **given)
    names = asked.names or list(BENCHMARKS)
    if "pages" in names and programs() is None:
        raise SystemExit(
            "bench: PostgreSQL is missing. To mend, as root: apt-get install --no-install-recommends postgresql"
        )
    asked.folder.mkdir(parents=True, exist_ok=True)
    began, machine = time.perf_counter(), this_machine()
    setting = Setting(asked.folder, _progress(began))
    results = []
    for name in names:
        results.append(BENCHMARKS[name](size, setting))
        _clear()
        _print(results[-1])
    if not asked.names:
        minutes = (time.perf_counter() - began) / 60
        write(Run(tuple(results), machine, _command(asked, given), datetime.now(UTC), minutes, asked.size), asked.docs)
        print(f"bench: wrote {asked.docs / 'benchmarks.md'}")


def _command(asked: argparse.Namespace, given: dict[str, int]) -> str:
    """The command that asks for the same again, without the folders of this machine."""
    size = [] if asked.size == "usual" else ["--size", asked.size]
    numbers = [f"--{name.replace('_', '-')} {value}" for name, value in given.items()]
    return " ".join(["python -m bench", *size, *numbers])


def _progress(began: float) -> Callable[[str], None]:
    """One line that is written over on a terminal; elsewhere a line for each new step."""
    last = [""]

    def say(what: str) -> None:
        if sys.stderr.isatty():
            width = os.get_terminal_size(sys.stderr.fileno()).columns - 1
            print(
                f"\r{f'{time.perf_counter() - began:6.0f} s  {what}'[:width]:<{width}}",
                end="",
                file=sys.stderr,
                flush=True,
            )
        elif (step := what.split("%")[0].rstrip("0123456789")) != last[0]:
            print(f"{time.perf_counter() - began:6.0f} s  {what}", file=sys.stderr, flush=True)
            last[0] = step

    return say


def _clear() -> None:
    if sys.stderr.isatty():
        width = os.get_terminal_size(sys.stderr.fileno()).columns - 1
        print("\r" + " " * width + "\r", end="", file=sys.stderr, flush=True)


def _print(result: Result) -> None:
    print(result.title)
    for one in result.findings:
        told = verdict(one).strip("*") or "told"
        sides = " / ".join(side for side in (one.ours, one.theirs) if side)
        print(
            f"  {told:<7} ({one.target}) {one.what}: {one.value:.3g}{one.unit} {limit_of(one)}  [{sides}]", flush=True
        )


if __name__ == "__main__":
    main()
