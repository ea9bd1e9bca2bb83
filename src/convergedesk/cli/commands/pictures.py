"""`convergedesk pictures`: every page as a PNG, as the person would see it."""

from __future__ import annotations

import argparse

from convergedesk.cli.opening import key_of
from convergedesk.cli.output import write_json
from convergedesk.cli.ports import PictureRequest, Ports
from convergedesk.figures.wording import count


def run(arguments: argparse.Namespace, ports: Ports) -> int:
    """Write the pictures; returns 0."""
    width, height = arguments.size
    path, key = key_of(arguments, ports)
    files = ports.make_pictures(
        PictureRequest(
            path,
            key,
            arguments.out,
            arguments.theme,
            width,
            height,
            float(arguments.scale),
            scenes=tuple(arguments.scene),
            pseudo=arguments.language == "pseudo",
            right_to_left=arguments.right_to_left,
            text_scale=arguments.text_size / 100,
        )
    )
    if arguments.json:
        write_json(ports.out, {"pictures": list(files)})
    else:
        ports.out.write(f"{count(len(files), 'picture')} in {arguments.out}\n")
    return 0
