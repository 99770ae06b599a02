from django.db import migrations

from academy.lib.append_only import LetErase


class Migration(migrations.Migration):
    """The database lets the reason of a mark be erased, and still nothing be changed."""

    dependencies = [("assessments", "0004_banks_belong_to_organisations")]

    operations = [LetErase("Mark", erasable={"reason": ""})]
