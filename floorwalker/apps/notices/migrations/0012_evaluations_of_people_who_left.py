"""One kind more of which somebody can be told: evaluations that people who have left handed in and did not release."""

from django.db import migrations, models

ABOUT = models.CharField(
    choices=[
        ("read_standard", "A standard that I am asked to read"),
        ("refresh_standard", "A standard that I am asked to read again"),
        ("answer_evaluation", "The last days in which I can answer an evaluation of my contacts"),
        ("release_evaluation", "Evaluations that I handed in and have not released"),
        ("take_appeal", "Appeals that wait for somebody who has not read the marks"),
        ("find_for_appeal", "Appeals that nobody can take, because everybody has read the marks"),
        ("release_left", "Evaluations that were handed in and not released by people who have left"),
        ("mark_drawn", "Contacts that were drawn for me a week ago or longer"),
        ("review_cycle", "Planned reviews of improvement cycles that I answer for"),
        ("plan_cycle", "Improvement cycles of mine that have no plan a week after they were opened"),
        ("mark_calibration", "The last days in which I can mark the contacts of a calibration session"),
        ("hold_coaching", "Coaching sessions of today and tomorrow"),
        ("agree_coaching", "A colleague who asks to learn with me"),
        ("sign_coaching", "Coaching sessions that I have not signed"),
        ("rate_coaching", "Coaching sessions of which I have not said how useful they were"),
        ("follow_up_coaching", "Promises of coaching sessions whose day has come"),
        ("look_at_feedback", "Matters of feedback that I watched until now"),
        ("answer_objective", "Proposed objectives that wait for my yes, before they lapse"),
        ("refresh_training", "Trainings that are due again"),
        ("do_action", "What I took on in a meeting, once it is due"),
        ("answer_in_meeting", "Questions to meetings that I led, two days without an answer"),
        ("team_goal", "What came of a goal of my team, in the week after it was judged"),
    ],
    max_length=30,
)


class Migration(migrations.Migration):
    dependencies = [("notices", "0011_goals_of_teams")]

    operations = [
        migrations.AlterField(model_name="reminder", name="about", field=ABOUT),
        migrations.AlterField(model_name="switchedoff", name="about", field=ABOUT),
    ]
