"""What does the engine say when it cannot do what is asked?"""

from __future__ import annotations

import pytest

from floorwalker.config import Config
from floorwalker.errors import ConfigError, LakeError
from floorwalker.facts.engine import Engine


def test_too_little_memory_is_said_with_the_setting_that_mends_it() -> None:
    engine = Engine(memory_megabytes=5, threads=1)
    with pytest.raises(LakeError) as caught:
        engine.rows("select a, b from range(3000000) as r(a), lateral (select md5(a::varchar) as b) order by b")
    assert caught.value.mend is not None
    assert "FLOORWALKER_MEMORY_MEGABYTES" in caught.value.mend
    assert "Out of Memory" in str(caught.value.found)


def test_other_refusals_keep_the_engines_words() -> None:
    with pytest.raises(LakeError, match="refused a query: Catalog Error"):
        Engine().rows("from nowhere")


def test_the_least_memory_in_which_loads_end_is_taken() -> None:
    assert Config.from_environment({"FLOORWALKER_MEMORY_MEGABYTES": "400"}).memory_limit_megabytes == 400


@pytest.mark.parametrize("text", ["399", "-500", "much"])
def test_memory_in_which_no_load_would_end_is_refused_at_the_start(text: str) -> None:
    with pytest.raises(ConfigError, match="FLOORWALKER_MEMORY_MEGABYTES"):
        Config.from_environment({"FLOORWALKER_MEMORY_MEGABYTES": text})
