"""What of people, teams, names, roles and the trail can programs ask for and change?"""

from ninja import Router

from floorwalker.apps.people.api import agents, me, names, places, roles, trail

ROUTERS: dict[str, list[Router]] = {
    "": [me.router],
    "people": [places.router, agents.router, names.router],
    "roles": [roles.router],
    "audit": [trail.router],
}
