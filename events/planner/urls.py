"""Addresses of the planner."""

from django.urls import path

from events.planner import deeds, editpage, familypages, order, pages, partpages, termpages

urlpatterns = [
    path("plan/", pages.planner, name="planner"),
    path("plan/new/", pages.new, name="plan_new"),
    path("plan/copy/", termpages.copy, name="plan_copy"),
    path("plan/<int:event_id>/edit/", editpage.edit, name="plan_edit"),
    path("plan/<int:event_id>/order/", order.page, name="plan_order"),
    path("plan/<int:event_id>/parts/", partpages.parts, name="plan_parts"),
    path("plan/<int:event_id>/parts/<int:part_id>/", partpages.part, name="plan_part"),
    path("plan/families/new/", familypages.new, name="plan_family_new"),
    path("plan/families/<int:family_id>/events/", familypages.events, name="plan_family"),
    path("plan/<int:event_id>/publish/", deeds.publish, name="plan_publish"),
    path("plan/<int:event_id>/unpublish/", deeds.unpublish, name="plan_unpublish"),
    path("plan/<int:event_id>/cancel/", deeds.cancel, name="plan_cancel"),
]
