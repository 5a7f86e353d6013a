"""Every error the library raises on purpose.

::

    EventRiskError(Exception)
    ├── InputError(ValueError)         the release given cannot be read as text
    │   ├── NotTextError(TypeError)    something other than a str was passed
    │   └── EmptyTextError             nothing but white space
    ├── DateError(ValueError)          a release date that is no date
    ├── DataError(ValueError)          a data file breaks its format: file, line, what to do
    ├── LexiconError(ValueError)       a term list or rule file, packaged or yours: file and line
    ├── ModelError(OSError)            a bundle is missing, altered, or of an incompatible version
    ├── OutputError(OSError)           a result cannot be written where it was asked for
    └── MissingExtraError(ImportError) an optional dependency is needed: which extra to install

    InputWarning(UserWarning)          something given was read in a way that the user should know
"""

from __future__ import annotations


class EventRiskError(Exception):
    """Root of the tree: ``except EventRiskError`` catches all that the library raises on
    purpose.
    """


class InputError(EventRiskError, ValueError):
    """The release given cannot be read."""


class InputWarning(UserWarning):
    """Something given was read in a way that the user should know: another encoding, a year for a
    date, files of a folder that were passed over.
    """


class NotTextError(InputError, TypeError):
    """Something other than a ``str`` was passed as a release."""

    def __init__(self, value: object, advice: str | None = None) -> None:
        super().__init__(
            f"a release must be a str, not {type(value).__name__}; {advice or _way_from(value)}"
        )


class EmptyTextError(InputError):
    """The release holds nothing but white space."""

    def __init__(self) -> None:
        super().__init__("the release is empty or holds only white space; there is nothing to read")


class DateError(EventRiskError, ValueError):
    """A release date that is no date of the calendar."""


class DataError(EventRiskError, ValueError):
    """A data file breaks its format; the message names file, line and what to do."""


class LexiconError(EventRiskError, ValueError):
    """A term list or rule file, packaged or of the user's own, is broken: file and line."""


class ModelError(EventRiskError, OSError):
    """A model bundle is missing, altered, or made by an incompatible version."""


class OutputError(EventRiskError, OSError):
    """A result cannot be written where it was asked for."""


class MissingExtraError(EventRiskError, ImportError):
    """An optional dependency is needed; the message says which extra to install."""

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs {package}; install it with: pip install 'eventrisk[{extra}]'"
        )


def _way_from(value: object) -> str:
    """What to do with a value that is no text."""
    if isinstance(value, bytes | bytearray):
        return "decode bytes first, e.g. data.decode('utf-8')"
    if isinstance(value, dict):
        return "give records to analyze_many, in a list"
    return "give its text; many releases go to analyze_many"
