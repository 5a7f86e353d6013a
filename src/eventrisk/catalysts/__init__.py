"""Planned regulatory and clinical events with the time they are planned for."""

from eventrisk.catalysts.planned_cues import with_planned
from eventrisk.catalysts.read import read_catalysts

__all__ = ["read_catalysts", "with_planned"]
