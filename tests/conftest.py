"""How many examples a property is tried on: `make test` tries some, `make fuzz` many (EXAMPLES)."""

import os

from hypothesis import settings

# How long an example takes says more of the machine than of the code; the first one loads a dictionary.
settings.register_profile("ours", deadline=None, max_examples=int(os.environ.get("EXAMPLES", "40")))
settings.load_profile("ours")
