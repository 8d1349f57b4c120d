"""Which floors do several tests share?"""

from __future__ import annotations

import pytest

from tests.sources.simulated.simulated_floor import Ran, run_floor


@pytest.fixture(scope="session")
def two_weeks() -> Ran:
    """A small floor across the change of the clocks."""
    return run_floor(agents="45", days="14", seed="3", start="2026-03-20")


@pytest.fixture(scope="session")
def planted() -> Ran:
    """Four months with everything planted."""
    return run_floor(agents="72", days="112", seed="11")


@pytest.fixture(scope="session")
def alike() -> Ran:
    """A floor without any true difference."""
    return run_floor(agents="48", days="42", seed="5", truth="none")
