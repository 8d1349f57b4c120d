"""What of figures and saved views can programs ask for?"""

from ninja import Router

from floorwalker.apps.dashboards.api import addresses, boards, figures, findings, starters, views

ROUTERS: dict[str, list[Router]] = {
    "figures": [figures.router, boards.router, findings.router, starters.router, views.router],
    "roles": [addresses.router],
}
