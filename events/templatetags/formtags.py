"""What a page shows of a form: one field, and all mistakes above the page."""

from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString


def field(bound: BoundField, *, hint: str = "", label: str = "", **attributes: str) -> SafeString:
    """One field with label, hint and mistake.

    Other keywords become attributes of the input (`autocomplete="email"`); `look` is a class of
    a group of choices, as in `look="r3"`.
    """
    look = attributes.pop("look", "")
    bound.help_text = hint or bound.help_text
    bound.label = label or bound.label
    bound.field.widget.attrs |= attributes
    return bound.render(context={"field": bound, "look": look})


def error_summary(*forms: object) -> dict[str, object]:
    """All mistakes of the forms above the page, each a link to its field; a list counts as many."""
    listed = [item for form in forms for item in (form if isinstance(form, list) else [form])]
    bound = [form for form in listed if isinstance(form, BaseForm) and form.is_bound]
    general = [error for form in bound for error in form.non_field_errors()]
    fields = [item for form in bound for item in form if item.errors]
    return {"general": general, "fields": fields}
