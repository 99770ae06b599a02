"""The stream of a lesson: a page's story, and questions."""

from __future__ import annotations

from academy.pages.blocks import StoryBlock
from assessments.blocks import KnowledgeCheckBlock


class LessonBlock(StoryBlock):
    """Everything that a lesson's body may hold."""

    knowledge_check = KnowledgeCheckBlock()

    class Meta:
        template = "blocks/story.html"
