"""What is asked of whoever opens, plans, carries on, reviews and decides an improvement cycle?"""

from floorwalker.apps.improvement.forms.opening import ChooseForm, OpenForm
from floorwalker.apps.improvement.forms.planning import LotForm, OptionForm, PlanForm
from floorwalker.apps.improvement.forms.reviewing import DecideForm, DoingForm, ReviewForm

__all__ = ["ChooseForm", "DecideForm", "DoingForm", "LotForm", "OpenForm", "OptionForm", "PlanForm", "ReviewForm"]
