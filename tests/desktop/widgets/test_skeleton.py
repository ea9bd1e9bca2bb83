"""While a page is fetched its outline stands in its place."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from convergedesk.desktop.models.column import Column
from convergedesk.desktop.models.rows_model import RowsModel
from convergedesk.desktop.theme import Theme, color
from convergedesk.desktop.widgets.card import Card
from convergedesk.desktop.widgets.label import Label
from convergedesk.desktop.widgets.skeleton import Skeleton
from convergedesk.desktop.widgets.table.view import TableView


def page() -> tuple[QWidget, Card, TableView]:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    rows: RowsModel[int] = RowsModel(
        [Column(key="n", title="Number", text=str, stretch=1)], id_of=int, parent=content
    )
    table = TableView(rows, name="Numbers")
    card = Card("Numbers", flush=True)
    card.add(table, 1)
    hidden = Label("Nobody sees this")
    hidden.hide()
    column.addWidget(card)
    column.addWidget(hidden)
    return content, card, table


def picture(qtbot: QtBot, skeleton: Skeleton) -> QImage:
    qtbot.addWidget(skeleton)
    skeleton.resize(400, 300)
    skeleton.show()
    return skeleton.grab().toImage()


def blocks(image: QImage, rows: range) -> int:
    grey = color("neutral_soft").rgb()
    return sum(image.pixel(x, y) == grey for y in rows for x in range(0, image.width(), 4))


def test_cards_and_tables_stand_where_they_will_be(light: Theme, qtbot: QtBot) -> None:
    content, card, table = page()
    qtbot.addWidget(content)
    image = picture(qtbot, Skeleton(content))
    assert content.size() == image.deviceIndependentSize().toSize()
    assert card.width() == 400
    assert image.pixelColor(200, 295) == color("surface")
    top = table.mapTo(content, table.viewport().pos()).y()
    assert blocks(image, range(top, top + table.row_height)) > 0
    assert blocks(image, range(top + table.row_height, top + 2 * table.row_height)) > 0


def test_nothing_to_outline_is_a_few_plain_blocks(light: Theme, qtbot: QtBot) -> None:
    assert blocks(picture(qtbot, Skeleton(QWidget())), range(300)) > 0
    assert blocks(picture(qtbot, Skeleton()), range(300)) > 0
