"""How does a command show progress, and how is it stopped?"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

screen = Console(stderr=True)
# Who acts on the command line, in the audit trail: whoever may use the machine's account.
COMMAND_LINE = "command line"


def now() -> datetime:
    """The present instant; the only clock below the pages is read here and handed down."""
    return datetime.now(UTC)


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[float, str], None]]:
    """A bar on standard error with an estimate of what is left; silent where nobody watches."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=screen,
        transient=True,
    )
    with bar:
        task = bar.add_task(title, total=1.0)
        stages: list[str] = [""]

        def advance(share: float, stage: str) -> None:
            if stage != stages[0]:
                stages[0] = stage
                bar.reset(task, total=1.0, description=f"{title}: {stage}")
            bar.update(task, completed=share)

        yield advance


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Whether somebody asked to stop (Ctrl-C, SIGTERM); a second time ends at once."""
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        screen.print("stopping after this page; once more to stop at once")

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
