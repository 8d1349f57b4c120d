"""What of forms, evaluations and draws can programs ask for and change?"""

from ninja import Router

from floorwalker.apps.evaluations.api import evaluations, forms, marking, sampling

# Those of `marking` hang on the router of `evaluations`: they share an address.
ABOUT_EVALUATIONS = (evaluations, marking)
ROUTERS: dict[str, list[Router]] = {"evaluations": [forms.router, evaluations.router, sampling.router]}
