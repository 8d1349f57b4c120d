"""What of targets, aims, standards and root causes can programs ask for and change?"""

from ninja import Router

from floorwalker.apps.standards.api import aims, standards, targets

ROUTERS: dict[str, list[Router]] = {
    "targets": [targets.router],
    "standards": [aims.router, standards.router],
}
