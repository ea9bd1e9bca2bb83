from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF

from convergedesk.desktop.theme import Role, Theme, font
from convergedesk.desktop.theme.fonts import FAMILY, package_folder
from convergedesk.desktop.theme.pseudo import LENGTHENED, PSEUDO_FAMILY, pseudo_font

TEXT = "Open high-priority tickets, 31 % below expected"


def roboto() -> bytes:
    return (Path(package_folder("font_roboto")) / "files" / "Roboto-Regular.ttf").read_bytes()


@pytest.mark.parametrize("role", list(Role))
def test_every_role_writes_two_fifths_longer_and_plain_again(light: Theme, role: Role) -> None:
    plain = QFontMetricsF(font(role)).horizontalAdvance(TEXT)
    light.set_pseudo(pseudo=True)
    try:
        assert QFontInfo(font(role)).family() == PSEUDO_FAMILY
        assert QFontMetricsF(font(role)).horizontalAdvance(TEXT) / plain == pytest.approx(
            LENGTHENED, rel=0.03
        )
    finally:
        light.set_pseudo(pseudo=False)
    assert QFontInfo(font(role)).family() == FAMILY
    assert QFontMetricsF(font(role)).horizontalAdvance(TEXT) == plain


def test_a_font_without_a_usable_map_is_refused() -> None:
    data = bytearray(roboto())
    number = int.from_bytes(data[4:6], "big")
    cmap = next(
        int.from_bytes(data[20 + 16 * n : 24 + 16 * n], "big")
        for n in range(number)
        if data[12 + 16 * n : 16 + 16 * n] == b"cmap"
    )
    data[cmap + 2 : cmap + 4] = b"\0\0"
    with pytest.raises(ValueError, match="character map"):
        pseudo_font(bytes(data))
