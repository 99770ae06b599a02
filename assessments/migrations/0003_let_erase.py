from django.db import migrations

from academy.lib.append_only import LetErase


class Migration(migrations.Migration):
    """The database lets the reason of a mark be erased, and still nothing be changed."""

    dependencies = [("assessments", "0002_refuse_updates")]

    operations = [LetErase("Mark", {"reason": ""})]
