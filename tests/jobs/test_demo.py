"""Is the demo floor whole when its pages are first opened?"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import TestCase, override_settings

from floorwalker.apps.evaluations.models import Evaluation, State
from floorwalker.apps.standards.models import StandardVersion
from floorwalker.jobs.demo import build_demo
from floorwalker.kpis.rollup import rollups
from tests.installation import new_installation


@pytest.mark.slow
@pytest.mark.django_db
def test_the_first_pages_of_the_demo_read_daily_sums(tmp_path: Path) -> None:
    home = new_installation(tmp_path)
    with override_settings(FLOORWALKER=home.config), TestCase.captureOnCommitCallbacks(execute=True):
        build_demo(
            home.config, home.lake, agents=40, days=1, seed=1, progress=lambda *_: None, should_stop=lambda: False
        )
    assert [one.title for one in StandardVersion.objects.current()] == ["Nobody is passed on without a word"]
    assert StandardVersion.objects.in_work().get().is_consulting
    stages = [one.state for one in Evaluation.objects.order_by("pk")]
    assert stages == [State.RELEASED, State.SUBMITTED, State.BEGUN]
    facts = home.snapshot
    assert "queue_parameter" in facts.current.tables
    assert not [one.name for one in rollups() if facts.days(one.table.name) and facts.rollup(one.key) is None]
