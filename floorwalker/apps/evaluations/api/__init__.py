"""What of forms, evaluations, appeals, draws and calibration sessions can programs ask for and change?"""

from ninja import Router

from floorwalker.apps.evaluations.api import appeals, calibrations, evaluations, forms, marking, sampling

# Those of `marking` and `appeals` hang on the router of `evaluations`: they share an address.
ABOUT_EVALUATIONS = (evaluations, marking, appeals)
ROUTERS: dict[str, list[Router]] = {
    "evaluations": [forms.router, evaluations.router, sampling.router, calibrations.router]
}
