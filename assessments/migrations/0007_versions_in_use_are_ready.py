from django.db import migrations


def make_ready(apps, schema_editor):
    """Until now every version was asked from its first day: each was ready, and the latest is the one."""
    Item = apps.get_model("assessments", "Item")
    ItemVersion = apps.get_model("assessments", "ItemVersion")
    ReadyVersion = apps.get_model("assessments", "ReadyVersion")
    versions = ItemVersion.objects.order_by("number")
    ReadyVersion.objects.bulk_create(
        [
            ReadyVersion(version=version, ready_at=version.created_at, ready_by_id=version.created_by_id)
            for version in versions.defer("content", "stem", "explanation").iterator()
        ],
        batch_size=500,
    )
    latest = dict(versions.values_list("item_id", "pk"))
    items = list(Item.objects.filter(pk__in=latest))
    for item in items:
        item.ready_version_id = latest[item.pk]
    Item.objects.bulk_update(items, ["ready_version"], batch_size=500)


class Migration(migrations.Migration):
    """What learners were asked until now goes on being asked."""

    dependencies = [("assessments", "0006_question_bank")]

    operations = [migrations.RunPython(make_ready, migrations.RunPython.noop)]
