"""Words of time and the days they allow, read from a release's own date; nothing here looks at a
clock.
"""

from eventrisk.dates.calendar import When, parse_iso
from eventrisk.dates.given import Day, read_given
from eventrisk.dates.times import TimeExpression, find_times

__all__ = ["Day", "TimeExpression", "When", "find_times", "parse_iso", "read_given"]
