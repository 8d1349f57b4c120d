"""What of recordings can programs ask for, hear and register?"""

from ninja import Router

from floorwalker.apps.recordings.api import hearing, registering

# Registering first: /recordings/files is no number.
ROUTERS: dict[str, list[Router]] = {"recordings": [registering.router, hearing.router]}
