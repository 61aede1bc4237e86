"""``python -m dateline``."""

from dateline.cli.app import main

main()
