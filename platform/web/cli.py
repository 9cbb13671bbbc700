"""`jiedui`: the commands of all packages."""

import sys

import click

from core.errors import Refused, StartupRefused
from core.i18n import set_locale
from core.settings import Settings, configure
from web.composition import modules, wire


@click.group()
def jiedui() -> None:
    """Jiedui: verified needs, several helpers, confirmed deliveries."""


def _collect() -> None:
    from core.cli import commands as core_commands  # noqa: PLC0415 - commands load models; --help of one group need not

    for command in core_commands:
        jiedui.add_command(command)
    from web.commands import commands as own_commands  # noqa: PLC0415 - see above

    for own in own_commands:
        jiedui.add_command(own)
    for module in modules("cli"):
        for command in module.commands:
            jiedui.add_command(command)


def main() -> None:
    """Run a command: exit 0 ok, 1 refused with the reason on standard error, 2 usage."""
    configure(Settings.load())
    set_locale("en")
    _collect()
    if sys.argv[1:2] == ["import"]:
        wire()  # every package brings the kinds of sheets that it knows
    try:
        jiedui(standalone_mode=True)
    except (Refused, StartupRefused) as refusal:
        click.echo(str(getattr(refusal, "detail", refusal)), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
