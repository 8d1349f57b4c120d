"""One kind more of which somebody can be reminded: a matter of feedback that was watched until now."""

from django.db import migrations, models

ABOUT = models.CharField(
    choices=[
        ("read_standard", "A standard that I am asked to read"),
        ("refresh_standard", "A standard that I am asked to read again"),
        ("answer_evaluation", "The last days in which I can answer an evaluation of my contacts"),
        ("release_evaluation", "Evaluations that I handed in and have not released"),
        ("take_appeal", "Appeals that wait for somebody who has not read the marks"),
        ("mark_drawn", "Contacts that were drawn for me a week ago or longer"),
        ("mark_calibration", "The last days in which I can mark the contacts of a calibration session"),
        ("look_at_feedback", "Matters of feedback that I watched until now"),
    ],
    max_length=30,
)


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_reminders_of_calibration")]

    operations = [
        migrations.AlterField(model_name="reminder", name="about", field=ABOUT),
        migrations.AlterField(model_name="switchedoff", name="about", field=ABOUT),
    ]
