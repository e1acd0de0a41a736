"""Django's own pages: without the secrets of code apps and recovery codes."""

from allauth.mfa.models import Authenticator
from django.contrib import admin

# Its rows hold what a second step is made of; `events.people.rescue` is the way to look after them.
admin.site.unregister(Authenticator)
