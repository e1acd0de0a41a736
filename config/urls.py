"""All addresses."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from config import about, appearance, design, health

handler403 = "config.failures.forbidden"
handler404 = "config.failures.missing"
handler500 = "config.failures.broken"

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("api/v1/", include("config.api.urls")),
    path("account/", include("config.signing_in.urls")),
    path("admin/login/", RedirectView.as_view(pattern_name="sign_in", query_string=True)),
    path("admin/", admin.site.urls),
    path("language/", appearance.set_language, name="set_language"),
    path("theme/", appearance.set_theme, name="set_theme"),
    path("about/", include(about.urlpatterns)),
    path("design/", design.page, name="design"),
    path("", include("events.backstage.urls")),
    path("", include("events.people.urls")),
    path("", include("attendance.certificates.urls")),
    path("", include("events.networks.urls")),
    path("", include("events.networks.persons.urls")),
    path("", include("attendance.recognition.urls")),
    path("", include("attendance.exports.urls")),
    path("", include("events.programme.urls")),
    path("", include("events.registration.urls")),
    path("", include("events.planner.urls")),
    path("", include("events.visits.urls")),
    path("", include("recordings.captions.urls")),
    path("", include("recordings.arrivals.urls")),
    path("", include("attendance.doors.urls")),
    path("", include("attendance.presence.urls")),
    path("", include("recordings.processing.urls")),
    path("", include("attendance.questions.urls")),
    path("", include("integrations.pasted.urls")),
    path("", include("events.mydays.urls")),
    path("", include("events.availability.urls")),
    path("", include("integrations.accounts.urls")),
    path("", include("integrations.sync.urls")),
    path("", include("integrations.meet.urls")),
    path("", include("integrations.webhooks.urls")),
    path("", include("integrations.harvest.urls")),
    path("", include("recordings.watched.urls")),
    path("", include("recordings.viewing.urls")),
    path("", include("recordings.keeping.urls")),
]

if settings.EMBEDDED_MAILBOX:
    urlpatterns.append(path("mailbox/", include("config.mailbox.urls")))
