"""What the package offers: every type that a call takes or returns, and one meaning a parameter."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, get_args, get_type_hints

import pytest

import eventrisk
from eventrisk import labels

FUNCTIONS = {
    "analyze",
    "analyze_many",
    "check",
    "compare",
    "convert",
    "evaluate",
    "load",
    "read",
    "suggest",
    "to_csv",
    "to_frame",
    "to_jsonl",
    "to_parquet",
    "train",
}
ALIASES = {"Columns", "Data", "Day", "Model", "Progress", "Record", "Records", "Terms", "Texts"}
# What only the command line and the library itself ask a result for: pages in parts, and the way
# from a bundle to an Analyzer.
INNER = {"Bundle", "Heading", "Paragraph", "Picture", "Row", "Table"}
OPERATORS = {"__call__", "__getitem__", "__iter__"}
PUBLIC = {name: getattr(eventrisk, name) for name in eventrisk.__all__}
CLASSES = {name for name, value in PUBLIC.items() if isinstance(value, type)}


def hints(call: Callable[..., Any]) -> dict[str, Any]:
    """The annotations of a call, those too that only type checkers import."""
    return get_type_hints(call, localns=imported_for_checkers(sys.modules[call.__module__]))


def imported_for_checkers(module: types.ModuleType) -> dict[str, Any]:
    """The names under ``if TYPE_CHECKING``; those of a package that is not installed are Any."""
    names: dict[str, Any] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for line in node.body:
                try:
                    exec(compile(ast.Module([line], []), module.__name__, "exec"), names)
                except ImportError:
                    assert isinstance(line, ast.Import | ast.ImportFrom)
                    names |= {alias.asname or alias.name: Any for alias in line.names}
    return names


def types_in(hint: Any) -> Iterator[type]:
    """The classes of ours that an annotation names, however deep."""
    if isinstance(hint, list | tuple):
        for part in hint:
            yield from types_in(part)
    elif get_args(hint):
        yield from types_in(get_args(hint))
    elif isinstance(hint, type) and hint.__module__.startswith("eventrisk."):
        yield hint


def members(record: type) -> Iterator[Callable[..., Any]]:
    """The public methods and properties that a class of ours defines."""
    for name, value in vars(record).items():
        member = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        if inspect.isfunction(member) and (not name.startswith("_") or name in OPERATORS):
            yield member


def named_in(record: type) -> Iterator[type]:
    """The types that a record's fields and public methods name."""
    for hint in get_type_hints(
        record, localns=imported_for_checkers(sys.modules[record.__module__])
    ).values():
        yield from types_in(hint)
    for member in members(record):
        yield from types_in([*hints(member).values()])


def reached() -> dict[str, str]:
    """Every type of ours that can be come by from a public function, and what names it."""
    found: dict[str, str] = {}
    waiting = [
        (record, name) for name in FUNCTIONS for record in types_in([*hints(PUBLIC[name]).values()])
    ]
    while waiting:
        record, by = waiting.pop()
        if record.__name__ in found:
            continue
        found[record.__name__] = by
        if record.__name__ not in INNER and not issubclass(record, Enum | Exception):
            waiting += [(other, record.__name__) for other in named_in(record)]
    return found


def calls() -> Iterator[tuple[str, inspect.Signature]]:
    """The public functions, and the methods that do as much; annotations as types."""
    methods = {
        "Analyzer.__call__": eventrisk.Analyzer.__call__,
        "Analyzer.many": eventrisk.Analyzer.many,
        "Suggestions.export": eventrisk.Suggestions.export,
    }
    for name, call in {**{name: PUBLIC[name] for name in FUNCTIONS}, **methods}.items():
        known, signature = hints(call), inspect.signature(call)
        parameters = [
            each.replace(annotation=known[each.name])
            for each in signature.parameters.values()
            if each.name != "self"
        ]
        yield name, signature.replace(parameters=parameters)


def test_every_type_that_a_call_takes_or_returns_can_be_imported() -> None:
    missing = {
        f"{name}, named by {by}"
        for name, by in reached().items()
        if name not in CLASSES and name not in INNER
    }
    assert missing == set()


def test_what_can_be_imported_is_functions_types_that_they_name_errors_and_labels() -> None:
    errors = {name for name in CLASSES if issubclass(PUBLIC[name], Exception)}
    warned = {name for name in errors if issubclass(PUBLIC[name], Warning)}
    closed = {
        name
        for name, value in vars(labels).items()
        if isinstance(value, type) and value.__module__ == labels.__name__
    }
    assert {*reached()} - INNER | errors | closed == CLASSES
    assert {*PUBLIC} - CLASSES == FUNCTIONS | ALIASES
    assert {error.__name__ for error in all_errors(eventrisk.EventRiskError)} == errors - warned
    assert warned == {"InputWarning"}


def all_errors(error: type) -> Iterator[type]:
    """An error and those below it."""
    yield error
    for below in error.__subclasses__():
        yield from all_errors(below)


def test_an_inner_type_is_one_that_is_named_and_that_nobody_imports() -> None:
    assert INNER - reached().keys() == set()
    assert PUBLIC.keys() & INNER == set()


def test_type_checkers_read_the_same_names_as_python() -> None:
    checked = {
        (node.module, alias.name, alias.asname)
        for node in ast.walk(ast.parse(inspect.getsource(eventrisk)))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("eventrisk.")
        for alias in node.names
    }
    assert checked == {(module, name, name) for name, module in eventrisk.HOME.items()}
    assert set(eventrisk.__all__) <= set(dir(eventrisk))


def test_no_name_stands_twice_in_the_table() -> None:
    names = [name for listed in eventrisk.PUBLIC.values() for name in listed.split()]
    assert sorted(names) == eventrisk.__all__


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        _ = eventrisk.nothing_of_ours


def test_a_type_is_loaded_without_what_reads_texts() -> None:
    script = (
        "import sys; from eventrisk import Event, EventType, Labelled, Problem, to_csv, ModelError;"
        "print([m for m in ('spacy', 'sklearn', 'numpy', 'pandas', 'rich') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_what_has_a_default_is_given_by_name_and_data_need_not_be() -> None:
    wrong = []
    for name, signature in calls():
        first, *others = signature.parameters.values()
        if first.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
            wrong.append(f"{name}: {first}")
        for each in others:
            optional = each.default is not inspect.Parameter.empty
            if optional != (each.kind is inspect.Parameter.KEYWORD_ONLY):
                wrong.append(f"{name}: {each}")
    assert wrong == []


def test_a_parameter_has_one_type_and_one_default_in_all_calls() -> None:
    meanings: dict[str, dict[tuple[Any, Any], list[str]]] = {}
    for name, signature in calls():
        for each in signature.parameters.values():
            meaning = (str(each.annotation), repr(each.default))
            meanings.setdefault(each.name, {}).setdefault(meaning, []).append(name)
    assert {name: found for name, found in meanings.items() if len(found) > 1} == {}


def test_format_is_what_a_file_is_written_in_and_form_the_kind_of_text() -> None:
    named = {name: set(signature.parameters) for name, signature in calls()}
    assert {name for name, found in named.items() if "format" in found} == {
        "check",
        "compare",
        "convert",
        "evaluate",
        "read",
        "suggest",
        "train",
    }
    assert {name for name, found in named.items() if "form" in found} == set()
    assert "form" in get_type_hints(eventrisk.Labelled)


def test_every_call_that_takes_long_says_how_far_it_is() -> None:
    told = {name for name, signature in calls() if "progress" in signature.parameters}
    assert told == {
        "Analyzer.many",
        "analyze_many",
        "check",
        "compare",
        "convert",
        "evaluate",
        "suggest",
        "train",
    }


def test_every_parameter_of_a_call_stands_in_its_docstring() -> None:
    missing = {
        name: [each for each in signature.parameters if f"``{each}``" not in words(name)]
        for name, signature in calls()
    }
    assert {name: found for name, found in missing.items() if found} == {}


def words(name: str) -> str:
    """The docstring of a call."""
    owner, _, method = name.partition(".")
    return inspect.getdoc(getattr(PUBLIC[owner], method) if method else PUBLIC[owner]) or ""
