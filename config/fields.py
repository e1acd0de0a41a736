"""How forms are drawn: label, hint, mistake and input in the design of the product."""

from django.forms import BoundField, Widget
from django.forms import widgets as kinds
from django.forms.renderers import DjangoTemplates

WITHOUT_BOX = (
    kinds.CheckboxInput,
    kinds.RadioSelect,
    kinds.CheckboxSelectMultiple,
    kinds.HiddenInput,
)


DJANGOS_ROWS, ROWS = "10", "4"


class DrawnField(BoundField):
    """A field whose input carries the class `in`, as all boxes of the design do."""

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
