"""Addresses of the mailbox."""

from django.urls import path

from config.mailbox import pages

app_name = "mailbox"
urlpatterns = [
    path("", pages.inbox, name="inbox"),
    path("<slug:name>/", pages.letter, name="letter"),
    path("<slug:name>/html/", pages.as_html, name="html"),
    path("<slug:name>/files/<int:number>/", pages.download, name="file"),
]
