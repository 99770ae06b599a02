from django.db import migrations, models


class Migration(migrations.Migration):
    """Count the rounds of a person's sessions, so that all can be ended by one number."""

    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="session_round",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
