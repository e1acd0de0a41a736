"""Setting up and giving up the code app, with what each means for the session."""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import (
    clear_authentication_records,
    record_authentication,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from events.backstage import edge
from events.people.signin import own_path
from events.people.tokens import commands as tokens


class Activate(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Setting it up proves a code, so the session counts as signed in with the second step."""

    def dispatch(self, request: HttpRequest, *args: object, **values: object) -> HttpResponse:
        """Who set up the app in another window only gives a code here."""
        if request.user.is_authenticated and is_mfa_enabled(request.user):
            target = own_path(request.GET.get("next", "")) or reverse("mfa_index")
            return HttpResponseRedirect(
                f"{reverse('mfa_reauthenticate')}?{urlencode({'next': target})}"
            )
        response: HttpResponse = super().dispatch(request, *args, **values)
        return response

    def form_valid(self, form: Form) -> HttpResponse:
        """Store the app and note the step."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(
            self.request, self.request.user, "mfa", type="totp", reauthenticated=True
        )
        return response


class Deactivate(DeactivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Without the app the session no longer counts as signed in with the second step."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Forget the app, the step, and the tokens that were made with it."""
        by, at = edge.actor(self.request), edge.moment(self.request)
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            tokens.revoke_guarded(person_id=self.request.user.pk, by=by, at=at)
        clear_authentication_records(self.request)
        return response


activate = Activate.as_view()
deactivate = Deactivate.as_view()
