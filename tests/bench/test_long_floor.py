"""Is a floor that is repeated backwards as whole as its fortnight: every row once, every day rolled up?"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.long_floor import repeat_back
from floorwalker.facts.tables import FACTS
from floorwalker.ingest.load import load
from floorwalker.ingest.order import Order
from floorwalker.jobs.rolling import roll_up_load
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.rollup import rollups
from floorwalker.kpis.run import run_kpis
from tests.installation import MAIN, NOON, new_installation


@pytest.mark.slow
def test_every_fortnight_is_like_the_last(tmp_path: Path) -> None:
    home = new_installation(tmp_path)
    settings = {"agents": "4", "days": "14", "seed": "3"}
    order = Order("simulated", (), MAIN, "bench", settings, after_merge=roll_up_load)
    load(order, home.config, home.lake, now=lambda: NOON)
    before = {table.name: sum(file.rows for file in home.snapshot.day_files(table.name)) for table in FACTS}
    for days in (28, 56):
        said: list[str] = []
        repeat_back(home.config, days, said.append)
        assert said == [f"{days} of {days} days"]
        facts = home.snapshot
        for table in FACTS:
            rows = home.rows(table.name, table.key)
            assert len(rows) == before[table.name] * (days // 14)
            assert len({row[table.key] for row in rows}) == len(rows)
        assert not [one.name for one in rollups() if facts.days(one.table.name) and facts.rollup(one.key) is None]
        for use in (True, False):
            query = KpiQuery(("contacts_offered",), use_rollups=use)
            assert run_kpis(query, facts)[0].answer.n == before["contact"] * (days // 14)
    repeat_back(home.config, 56, lambda _text: pytest.fail("it is long enough"))
