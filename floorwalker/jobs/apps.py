"""How does what people change reach the lake? Where Django starts, publishing is made known to the actions."""

from __future__ import annotations

from django.apps import AppConfig


class Jobs(AppConfig):
    """What is composed from several contexts."""

    name = "floorwalker.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Publish dimensions whenever an action that changes one commits."""
        from floorwalker.apps.people.acting import publishers
        from floorwalker.jobs.publish import publish_committed

        publishers[:] = [publish_committed]
