from django.db import migrations, models


class Migration(migrations.Migration):
    """Count the rounds of a person's sessions, so that all can be ended by one number."""

    dependencies = [("people", "0006_keep_the_log_of_wagtail")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="session_round",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
