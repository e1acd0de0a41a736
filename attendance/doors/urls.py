"""Addresses of the door."""

from django.urls import path

from attendance.doors import join, pages

urlpatterns = [
    path("j/<str:token>/", join.join, name="join"),
    path("go/<int:part_id>/", join.go, name="go"),
    path("attendance/<int:event_id>/list/", pages.door_list, name="door_list"),
    path("attendance/<int:event_id>/list/in/", pages.check_in, name="door_check_in"),
    path("attendance/<int:event_id>/list/undo/", pages.undo, name="door_undo"),
    path("attendance/<int:event_id>/list/out/", pages.check_out, name="door_check_out"),
    path("attendance/<int:event_id>/list/walk-in/", pages.walk_in, name="door_walk_in"),
    path("attendance/<int:event_id>/list/new/", pages.new_face, name="door_new_face"),
    path("attendance/<int:event_id>/list/paper/", pages.attest, name="door_attest"),
]
