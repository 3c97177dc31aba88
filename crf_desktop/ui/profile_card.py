"""What a site sets for itself, as fields: the unit of each analyte, limits of normal, numbers of the protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crf_desktop.model.definition import FormDef, ItemDef, MetaDataVersion, Parameter
from crf_desktop.ui.field import Picker, TextField
from crf_desktop.ui.label import Card, Label, Line
from crf_desktop.ui.look import Look
from crf_desktop.ui.page import column
from crf_desktop.wording.figure import with_unit

if TYPE_CHECKING:
    from crf_desktop.capture.profile import Profile

LABEL_WIDTH, UNIT_WIDTH, LIMIT_WIDTH = 280, 132, 84
NARROW_LABEL_WIDTH = 132
HEIGHT = 34


class ProfileCard(Card):
    """The laboratory of the site; read only for roles that may not change it."""

    changed = Signal()

    def __init__(self, look: Look, definition: MetaDataVersion, may: bool, parent: QWidget | None = None) -> None:
        from crf_desktop.capture.profile import analytes  # loads with the study

        super().__init__(look, parent)
        self.definition, self.may = definition, may
        self.units: dict[str, Picker] = {}
        self.limits: dict[str, TextField] = {}
        self._told: dict[str, Label] = {}
        """Where nothing can be changed, and where there is one unit only: what stands there."""
        self._told_limits: dict[tuple[str, str], Label] = {}
        """Where nothing can be changed: a limit and what it limits, and what stands there."""
        self._limit_units: dict[str, Label] = {}
        px = look.px
        self.title = Label(look, self.tr("Laboratory profile"), 17, True)
        self.note = Label(look, self._words(), 13, token="text_2", wrap=True)
        self.last = Label(look, "", 13, token="text_2", wrap=True)
        body = column(self, px(6), (px(16), px(14), px(16), px(14)))
        for label in (self.title, self.note, self.last):
            body.addWidget(label)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(2))
        self.grid.setColumnMinimumWidth(0, px(LABEL_WIDTH))
        self.grid.setColumnMinimumWidth(1, px(UNIT_WIDTH))
        self.grid.setColumnStretch(5, 1)
        body.addLayout(self.grid)
        for form, items in analytes(definition):
            self._add_form(form, items)

    def show_narrow(self, narrow: bool) -> None:
        """Names break into lines where the page is narrow, so that units and limits stay in sight."""
        self.grid.setColumnMinimumWidth(0, self.look.px(NARROW_LABEL_WIDTH if narrow else LABEL_WIDTH))

    def _words(self) -> str:
        return self.tr(
            "The unit of a field that has no answer yet, as this site’s laboratory reports it. Values are stored as "
            "typed and converted exactly; answers already given stay as they are. A limit of normal is shown beside "
            "its field and never filled in."
        )

    def _add_form(self, form: FormDef, items: tuple[ItemDef, ...]) -> None:
        look, line = self.look, self.grid.rowCount()
        self.grid.addWidget(Line(look), line, 0, 1, 6)
        head = Label(look, form.title.in_(look.language), 13, True)
        head.setContentsMargins(0, look.px(8), 0, look.px(2))
        self.grid.addWidget(head, line + 1, 0)
        for column_at, words in ((1, self.tr("Unit")), (2, self.tr("Limit of normal"))):
            name = Label(look, words, 13, token="text_2")
            name.setContentsMargins(0, look.px(8), 0, look.px(2))
            self.grid.addWidget(name, line + 1, column_at, 1, 1 if column_at == 1 else 3)
        for item in items:
            self._add_item(item)

    def _add_item(self, item: ItemDef) -> None:
        from crf_desktop.capture.profile import limits_of  # loads with the study

        look, line = self.look, self.grid.rowCount()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        label = item.label.in_(look.language)
        self.grid.addWidget(Label(look, label, 15, wrap=True), line, 0)
        if self.may and len(item.units) > 1:
            picker = self.units[item.oid] = Picker(look, HEIGHT)
            picker.setFixedWidth(look.px(UNIT_WIDTH))
            picker.setAccessibleName(self.tr("Unit, {0}").format(label))
            picker.chosen.connect(lambda _: self._changed())
            self.grid.addWidget(picker, line, 1, left)
        else:
            self._told[item.oid] = Label(look, "", 15)
            self.grid.addWidget(self._told[item.oid], line, 1, left)
        for limit in limits_of(self.definition, item)[:1]:
            self._add_limit(limit, item, line)
        self.grid.setRowMinimumHeight(line, look.px(44 if self.may else 28))

    def _add_limit(self, limit: ItemDef, item: ItemDef, line: int) -> None:
        look, px = self.look, self.look.px
        if not self.may:
            told = self._told_limits[limit.oid, item.oid] = Label(look, "", 15)
            self.grid.addWidget(told, line, 2, 1, 3)
            return
        self.grid.addWidget(Label(look, _sign(limit), 15, token="text_2"), line, 2)
        field = self.limits[limit.oid] = TextField(look, HEIGHT, LIMIT_WIDTH)
        field.setMaxLength(12)
        field.setAccessibleName(limit.label.in_(look.language))
        field.textEdited.connect(lambda _: self._changed())
        self.grid.addWidget(field, line, 3)
        self._limit_units[item.oid] = Label(look, "", 15, token="text_2")
        self._limit_units[item.oid].setMinimumWidth(px(64))
        self.grid.addWidget(self._limit_units[item.oid], line, 4)

    # ---- what it shows

    def show_profile(self, profile: Profile, last: str) -> None:
        """What is set now, and by whom last."""
        language = self.look.language
        for oid, picker in self.units.items():
            item = self.definition.item[oid]
            options = [(u, self.definition.unit[u].symbol.in_(language)) for u in item.units]
            picker.show_options(options, profile.unit(item))
        for oid, field in self.limits.items():
            field.setText(profile.limits.get(oid, ""))
        for oid, label in self._told.items():
            item = self.definition.item[oid]
            symbol = self.definition.unit[profile.unit(item)].symbol.in_(language)
            label.setText(symbol)
        for (oid, of), label in self._told_limits.items():
            symbol = self.definition.unit[profile.unit(self.definition.item[of])].symbol.in_(language)
            value = profile.limits.get(oid, "")
            label.setText(f"{_sign(self.definition.item[oid])} {with_unit(value, symbol)}" if value else "–")
        self.last.setText(last)
        self.last.setVisible(bool(last))
        self._name_limits(profile)

    def _name_limits(self, profile: Profile | None = None) -> None:
        for oid, label in self._limit_units.items():
            item = self.definition.item[oid]
            chosen = self.units[oid].value if oid in self.units else profile.unit(item) if profile else item.units[0]
            label.setText(self.definition.unit[chosen].symbol.in_(self.look.language))

    def _changed(self) -> None:
        if self.units:
            self._name_limits()
        self.changed.emit()

    def put(self, units: Mapping[str, str], limits: Mapping[str, str]) -> None:
        """Puts changes that are not stored yet back into the fields."""
        for oid in self.units.keys() & units.keys():
            self.units[oid].pick(units[oid])
        for oid in self.limits.keys() & limits.keys():
            self.limits[oid].setText(limits[oid])
        self._changed()

    def chosen(self) -> tuple[dict[str, str], dict[str, str]]:
        """Units and limits as they stand in the fields, by item OID."""
        return (
            {oid: p.value for oid, p in self.units.items()},
            {oid: f.text().strip() for oid, f in self.limits.items()},
        )

    def changes(self, profile: Profile) -> tuple[dict[str, str], dict[str, str]]:
        """Those of them that differ from what is set."""
        units, limits = self.chosen()
        return (
            {oid: unit for oid, unit in units.items() if unit != profile.unit(self.definition.item[oid])},
            {oid: text for oid, text in limits.items() if text != profile.limits.get(oid, "")},
        )

    def n_changed(self, profile: Profile) -> int:
        """How many of them differ from what is set."""
        return sum(map(len, self.changes(profile)))


def _sign(limit: ItemDef) -> str:
    return "≤" if limit.name.endswith("_uln") else "≥"


class ParameterCard(Card):
    """Numbers of the protocol that a site may set."""

    changed = Signal()

    def __init__(self, look: Look, parameters: tuple[Parameter, ...], definition: MetaDataVersion, may: bool) -> None:
        super().__init__(look)
        self.parameters = parameters
        self.fields: dict[str, TextField] = {}
        self._told: dict[str, Label] = {}
        px = look.px
        body = column(self, px(6), (px(16), px(14), px(16), px(14)))
        body.addWidget(Label(look, self.tr("Numbers of the protocol"), 17, True))
        words = self.tr("Used by rules from now on, as the ethics committee or the sponsor asks of this site.")
        body.addWidget(Label(look, words, 13, token="text_2", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setColumnMinimumWidth(0, px(LABEL_WIDTH))
        grid.setColumnStretch(3, 1)
        body.addLayout(grid)
        for line, parameter in enumerate(parameters):
            label = parameter.label.in_(look.language)
            grid.addWidget(Label(look, label, 15, wrap=True), line, 0)
            grid.addWidget(self._field(parameter, label) if may else self._told_of(parameter), line, 1)
            unit = definition.unit[parameter.unit].symbol.in_(look.language) if parameter.unit else ""
            unit_label = Label(look, unit, 15, token="text_2")
            unit_label.setMinimumWidth(px(64))
            grid.addWidget(unit_label, line, 2)

    def _field(self, parameter: Parameter, label: str) -> TextField:
        field = self.fields[parameter.name] = TextField(self.look, HEIGHT, LIMIT_WIDTH)
        field.setMaxLength(12)
        field.setAccessibleName(label)
        field.textEdited.connect(lambda _: self.changed.emit())
        return field

    def _told_of(self, parameter: Parameter) -> Label:
        self._told[parameter.name] = Label(self.look, "", 15, True)
        return self._told[parameter.name]

    def show_profile(self, profile: Profile) -> None:
        """What is set now, else what the protocol says."""
        for parameter in self.parameters:
            value = profile.parameters.get(parameter.name, parameter.value)
            if parameter.name in self.fields:
                self.fields[parameter.name].setText(value)
            else:
                self._told[parameter.name].setText(value)

    def put(self, values: Mapping[str, str]) -> None:
        """Puts changes that are not stored yet back into the fields."""
        for name in self.fields.keys() & values.keys():
            self.fields[name].setText(values[name])
        self.changed.emit()

    def chosen(self, profile: Profile) -> Mapping[str, str]:
        """Those that differ from what is set, by name."""
        set_now = {p.name: profile.parameters.get(p.name, p.value) for p in self.parameters}
        return {n: f.text().strip() for n, f in self.fields.items() if f.text().strip() != set_now[n]}
