"""How is something worked out beside whoever asked, who need not wait? One thing at a time, each once, few waiting."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable

# Whoever asks for more periods than this at once asks again: what was begun is of use to others too.
MOST_WAITING = 4

logger = logging.getLogger(__name__)
_begun: set[Hashable] = set()
_guard = threading.Lock()
_one_at_a_time = threading.Lock()


def begin(what: Hashable, work: Callable[[], None]) -> bool:
    """Begin a piece of work, by its name, unless it is under way; False where too many wait already.

    It ends with the process: nothing that must be kept may be done so.
    """
    with _guard:
        if what in _begun:
            return True
        if len(_begun) >= MOST_WAITING:
            return False
        _begun.add(what)
    threading.Thread(target=_run, args=(what, work), name="beside", daemon=True).start()
    return True


def _run(what: Hashable, work: Callable[[], None]) -> None:
    try:
        with _one_at_a_time:
            work()
    except Exception:
        logger.exception("what was begun beside a page has failed; it is begun again when somebody asks")
    finally:
        with _guard:
            _begun.discard(what)
