"""To which product and disease a statement belongs: the links of events, votes and catalysts."""

from eventrisk.links.agency import agency_of, countries
from eventrisk.links.find import Linker, Links

__all__ = ["Linker", "Links", "agency_of", "countries"]
