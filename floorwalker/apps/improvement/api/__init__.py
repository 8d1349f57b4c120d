"""What of improvement cycles can programs ask for?"""

from ninja import Router

from floorwalker.apps.improvement.api import cycles

ROUTERS: dict[str, list[Router]] = {"figures": [cycles.router]}
