"""Forms of pages that check what programs send, so that both keep to one set of rules."""

from collections.abc import Iterator, Mapping

from django.forms import BaseForm

from events.interface.refusals import FieldsWrong


def require_valid(form: BaseForm, pointers: Mapping[str, str]) -> None:
    """Raise FieldsWrong unless the form is valid; `pointers` maps its fields to those of the body."""
    if not form.is_valid():
        raise FieldsWrong(errors=list(_errors(form, pointers)))


def _errors(form: BaseForm, pointers: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for name, errors in form.errors.get_json_data().items():
        pointer = pointers.get(name, f"/{name}" if name != "__all__" else "")
        for error in errors:
            code = error["code"] or "unusable"
            yield {"pointer": pointer, "code": code, "detail": str(error["message"])}
