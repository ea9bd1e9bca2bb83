"""The picture that somebody pasted into a note of the sample."""

from hashlib import sha256

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage

from convergedesk.workspace.sample.bar_picture import bar_picture


def test_it_is_a_sound_png_with_bars_as_high_as_their_values() -> None:
    picture = bar_picture((100, 50))
    assert picture.digest == sha256(picture.content).hexdigest()
    image = QImage.fromData(QByteArray(picture.content))
    assert (image.width(), image.height()) == (picture.width, picture.height)
    ground = QColor("white")
    first, second = 100, 350
    assert image.pixelColor(first, 20) != ground
    assert image.pixelColor(second, 20) == ground
    assert image.pixelColor(second, 150) != ground


def test_the_same_values_give_the_same_bytes() -> None:
    assert bar_picture((3, 1, 2)) == bar_picture((3, 1, 2))
    assert bar_picture((3, 1, 2)).digest != bar_picture((3, 2, 1)).digest
