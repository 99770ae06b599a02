"""From the files of a content pack to pages, questions and frameworks: parse, plan, validate, execute."""

from academy.exchange.content_pack.load import PackRefused, load_content
from academy.exchange.content_pack.plan import Action, Plan

__all__ = ["Action", "PackRefused", "Plan", "load_content"]
