"""``python -m kb``: the same as the command ``kb``."""

from kb.start import main

main()
