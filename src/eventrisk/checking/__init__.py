"""What is wrong with labelled releases, and how it may be mended: rules over records, one file a
family. Pure.

What only the pipeline knows (where its words begin and end, what the dateline says) comes in as a
``View`` of a text.
"""

from eventrisk.checking.mend import mended
from eventrisk.checking.problem import Edit, Problem, Severity
from eventrisk.checking.rules import find_problems
from eventrisk.checking.view import PlainView, View

__all__ = ["Edit", "PlainView", "Problem", "Severity", "View", "find_problems", "mended"]
