"""Property tests have no deadline: how long one example takes depends on what else runs."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("eventrisk", deadline=None)
settings.load_profile("eventrisk")
