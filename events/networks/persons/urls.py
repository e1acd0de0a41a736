"""Addresses of one's own details and of the people one answers for."""

from django.urls import path

from events.networks.persons import helping, mine, pages

urlpatterns = [
    path("me/data/", mine.my_data, name="my_data"),
    path("me/data/identifier/", mine.my_identifier, name="my_identifier"),
    path("me/data/download/", mine.my_download, name="my_download"),
    path("people/", pages.listed, name="people"),
    path("people/add/", pages.add, name="person_add"),
    path("people/<slug:handle>/", pages.person, name="person"),
    path("people/<slug:handle>/second-step/", helping.second_step, name="person_second_step"),
    path("people/<slug:handle>/address/", helping.address, name="person_address"),
    path("people/<slug:handle>/mail/again/", helping.mail_again, name="person_mail_again"),
    path("people/<slug:handle>/roles/<int:grant_id>/", pages.role, name="person_role"),
    path("people/<slug:handle>/mails/<int:letter_id>/again/", pages.send_again, name="mail_again"),
]
