"""Which tickets the metrics speak of: priority, pod and feature."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from convergedesk.desktop.widgets.fields import Select

if TYPE_CHECKING:
    from convergedesk.domain.kinds import PodId
    from convergedesk.domain.portfolio import PodSummary

ALL, HIGH = "all", "high"
_EVERYBODY = 0


class MetricsFilters(QWidget):
    """Three choices in a row.

    Signals:
        priority_chosen: ALL or HIGH.
        pod_chosen: The pod's id, or None for all accounts; every page is narrowed with it.
        feature_chosen: The feature's name, or None for all.
    """

    priority_chosen = Signal(str)
    pod_chosen = Signal(object)
    feature_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is narrowed."""
        super().__init__(parent)
        self.priority = Select([(ALL, "All priorities"), (HIGH, "High and urgent")], small=True)
        self.priority.setAccessibleName("Priority")
        self.pod = Select(small=True)
        self.pod.setAccessibleName("Pod")
        self.feature = Select(small=True)
        self.feature.setAccessibleName("Feature")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for select in (self.priority, self.pod, self.feature):
            select.setProperty("soft", True)
            row.addWidget(select)
        row.addStretch(1)
        self.priority.value_changed.connect(self._on_priority)
        self.pod.value_changed.connect(self._on_pod)
        self.feature.value_changed.connect(self._on_feature)
        self.set_pods((), None)
        self.set_features((), None)

    def set_pods(self, pods: Sequence[PodSummary], chosen: PodId | None) -> None:
        """Offer these pods; without any the choice is not shown."""
        options = [(_EVERYBODY, "All accounts"), *((pod.pod_id, pod.name) for pod in pods)]
        _offer(self.pod, options, chosen or _EVERYBODY)

    def set_features(self, names: Sequence[str], chosen: str | None) -> None:
        """Offer these features; without any the choice is not shown."""
        offered = [*names] if chosen is None or chosen in names else [chosen, *names]
        _offer(self.feature, [("", "All features"), *((name, name) for name in offered)], chosen or "")

    @Slot(object)
    def _on_priority(self, key: object) -> None:
        self.priority_chosen.emit(str(key))

    @Slot(object)
    def _on_pod(self, key: object) -> None:
        self.pod_chosen.emit(cast("PodId", key) or None)

    @Slot(object)
    def _on_feature(self, key: object) -> None:
        self.feature_chosen.emit(str(key) or None)


def _offer(select: Select, options: Sequence[tuple[Hashable, str]], chosen: Hashable) -> None:
    blocked = select.blockSignals(True)
    select.set_options(options)
    select.set_value(chosen)
    select.blockSignals(blocked)
    select.setVisible(len(options) > 1)
