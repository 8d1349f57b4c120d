"""What is asked of one load, and how is that kept so that it can be asked again?"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from floorwalker.facts.merge import Merge
from floorwalker.ingest.source import Site

AfterMerge = Callable[[Merge], None]


@dataclass(frozen=True)
class Order:
    """What is asked of one load. `after_merge` builds what depends on facts (roll-ups), before the commit.

    again_of: the load that this one reads again.
    """

    source: str
    paths: tuple[Path, ...]
    site: Site
    origin: str
    settings: Mapping[str, str] = field(default_factory=dict)
    mapping: str | None = None
    mapping_path: str | None = None
    follow: bool = False
    after_merge: AfterMerge | None = None
    again_of: str | None = None

    @property
    def absolute_paths(self) -> list[str]:
        """Its files and folders as any process finds them, each in one spelling; links stay links."""
        return [os.path.normpath(path.absolute()) for path in self.paths]

    def as_dict(self) -> dict[str, Any]:
        """All of it that can be kept, as plain data."""
        return {
            "paths": self.absolute_paths,
            "timezone": self.site.timezone,
            "country": self.site.country,
            "settings": dict(self.settings),
            "mapping": self.mapping,
            "mapping_path": None if self.mapping_path is None else str(Path(self.mapping_path).absolute()),
        }
