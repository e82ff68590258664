"""``python -m transcmp``."""

from transcmp.cli import main

raise SystemExit(main())
