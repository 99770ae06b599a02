from django.db import migrations

from academy.lib.append_only import LetErase, RefuseUpdates


class Migration(migrations.Migration):
    """The database lets a person's words be erased from the record, and still nothing be changed."""

    dependencies = [("records", "0006_move_names")]

    operations = [
        RefuseUpdates("AwardHolder", erasable={"name": "", "salt": ""}),
        LetErase("AwardRevocation", erasable={"reason": "-"}),
        LetErase("LearningEvent", erasable={"detail": {}}),
    ]
