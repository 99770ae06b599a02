"""Review: what authors hand in goes to the reviewers of the place, and to nobody else's."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask


def set_review(group: Group, *, pages: Collection[Page], own: Collection[Page]) -> Workflow:
    """Send what is handed in on ``pages``, and below them, to a group of reviewers.

    A page of ``own`` goes to them whoever had it before; of the others only those for which nobody is named.
    """
    task, _new = GroupApprovalTask.objects.get_or_create(name=group.name)
    task.groups.set([group])
    workflow, _new = Workflow.objects.get_or_create(name=group.name)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    taken = set(WorkflowPage.objects.filter(page__in=pages).values_list("page_id", flat=True))
    mine = {page.pk for page in own}
    for page in pages:
        if page.pk in mine or page.pk not in taken:
            WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return workflow
