"""How forms are drawn: label, hint, mistake and input in the design of the product."""

from copy import copy

from django.forms import BoundField, Widget
from django.forms import widgets as kinds
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList

from config import mistakes

WITHOUT_BOX = (
    kinds.CheckboxInput,
    kinds.RadioSelect,
    kinds.CheckboxSelectMultiple,
    kinds.HiddenInput,
)


DJANGOS_ROWS, ROWS = "10", "4"


class DrawnField(BoundField):
    """A field whose input carries the class `in`, and whose mistakes name it.

    `form.errors` stays as Django fills it: programs find the field in it by its name.
    """

    @property
    def errors(self) -> ErrorList:
        """The mistakes of this field, each in a sentence that says which field and what to do."""
        found = super().errors
        said = copy(found)
        said.data = [mistakes.told(self, one) for one in found.data]
        return said

    def build_widget_attrs(
        self, attrs: dict[str, str | bool], widget: Widget | None = None
    ) -> dict[str, str | bool]:
        """Django's own attributes, and the class."""
        drawn = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        if isinstance(drawn, WITHOUT_BOX):
            return built
        if isinstance(drawn, kinds.Textarea) and drawn.attrs.get("rows") == DJANGOS_ROWS:
            built["rows"] = ROWS
        given = built.get("class") or drawn.attrs.get("class", "")
        return {**built, "class": f"in {given}".strip()}


class Renderer(DjangoTemplates):
    """Finds `forms/field.html` among the templates of the app `config`."""

    field_template_name = "forms/field.html"
    bound_field_class = DrawnField
