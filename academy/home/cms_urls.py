"""Addresses under /cms/ that stand in front of Wagtail's: where it would tell of what is another country's."""

from django.urls import path

from academy.home.staff.others import ChosenMultipleView, SearchView, bulk_action

urlpatterns = [
    path("choose-page/search/", SearchView.as_view(), name="wagtailadmin_choose_page_search"),
    path("choose-page/chosen-multiple/", ChosenMultipleView.as_view(), name="wagtailadmin_choose_page_chosen_multiple"),
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk_action, name="wagtail_bulk_action"),
]
