from django.db import migrations
from django.utils import timezone

# What the two groups of version 0.1 were: kinds of grants, everywhere.
KINDS = {"Trainers": ["author", "publisher", "trainer"], "Editors": ["author", "publisher"]}


def give_grants(apps, schema_editor):
    """Give each member of a group the grants that allow the same, and drop the two groups."""
    group_model, grant_model = apps.get_model("auth", "Group"), apps.get_model("people", "Grant")
    for old in group_model.objects.filter(name__in=KINDS):
        # Wagtail brings a group of this name along: where nobody is in it, there is nothing to give.
        for kind in KINDS[old.name] if old.user_set.exists() else []:
            group, _created = group_model.objects.get_or_create(name=kind)
            for person in old.user_set.all():
                at = timezone.now()
                grant_model.objects.get_or_create(
                    person=person,
                    kind=kind,
                    scope="site",
                    group=group,
                    defaults={"given_at": at, "starts_at": at, "reason": f"Was in the group {old.name}."},
                )
        old.delete()


def take_back(apps, schema_editor):
    """Put people back into the groups that their grants name."""
    for grant in apps.get_model("people", "Grant").objects.filter(withdrawn_at=None).select_related("person", "group"):
        grant.person.groups.add(grant.group)


class Migration(migrations.Migration):
    """Whoever was in a group of staff holds grants that allow the same."""

    dependencies = [
        ("people", "0002_organisations_and_grants"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(give_grants, take_back)]
