from django.db import migrations

from academy.lib.append_only import RefuseDeletes, RefuseUpdates


class Migration(migrations.Migration):
    """Nobody edits the log of the CMS: Wagtail only adds to it. The name of a forgotten person may be emptied."""

    dependencies = [
        ("people", "0005_audit_events"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        RefuseUpdates("wagtailcore.ModelLogEntry", erasable={"label": "", "data": {}}),
        RefuseDeletes("wagtailcore.ModelLogEntry"),
        RefuseUpdates("wagtailcore.PageLogEntry", erasable={"label": "", "data": {}}),
        RefuseDeletes("wagtailcore.PageLogEntry"),
    ]
