from django.db import migrations

from academy.lib.append_only import RefuseUpdates


class Migration(migrations.Migration):
    """The database itself refuses to change what was written once."""

    dependencies = [("assessments", "0001_initial")]

    operations = [
        RefuseUpdates("ItemVersion"),
        RefuseUpdates("AttemptItem"),
        RefuseUpdates("Answer"),
        RefuseUpdates("Mark"),
        RefuseUpdates("AttemptResult"),
        RefuseUpdates("PracticeResponse"),
    ]
