"""What stands still, so that a picture taken tomorrow is the one taken today? The product's command, at one fixed instant.

`python -m tests.browser.still serve --port 8000` is `floorwalker serve` at the instant at which the people of the small centre are added.
"""

from __future__ import annotations

import sys

from django.utils import timezone

from tests.browser.centre import NOW


def stand_still() -> None:
    """Every page of this process is of that instant; sessions and marks of files keep the machine's own clock."""
    timezone.now = lambda: NOW


if __name__ == "__main__":
    stand_still()
    from floorwalker.cli import main

    sys.argv[0] = "floorwalker"
    main()
