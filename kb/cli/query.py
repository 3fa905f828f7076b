"""``kb query``: each canned query is a command with typed options.

The commands are made from the ``.cypher`` files when they are asked for, so a new file is a new
command, and ``kb --help`` reads none of them.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kb.cli.options import Db, Format, FormatOption, Timeout, Where
from kb.cli.output import print_rows, say

if TYPE_CHECKING:
    from kb.ask.query import Param, Query

FOLDER_HELP = "A folder with queries of your own (default: KB_QUERIES)."
Folder = Annotated[Path | None, typer.Option("--folder", help=FOLDER_HELP, show_default=False)]
Runner = Callable[["Query", dict[str, Any], dict[str, Any]], None]


def folders(folder: Path | str | None) -> list[Path]:
    """The user's query folders: the option, else the environment."""
    named = folder or os.environ.get("KB_QUERIES")
    return [Path(named)] if named else []


def folder_in(args: Sequence[str]) -> str | None:
    """The value of ``--folder`` among words not parsed yet: it decides which command they mean."""
    for at, word in enumerate(args):
        if word == "--folder" and at + 1 < len(args):
            return args[at + 1]
        if word.startswith("--folder="):
            return word.partition("=")[2]
    return None


EXPLAIN_HELP = "Print what would be sent to the graph, and what kb finds for it beforehand, instead of rows."
Explain = Annotated[bool, typer.Option("--explain", help=EXPLAIN_HELP)]


class QueryGroup(TyperGroup):
    """A group whose commands are the query files."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of all queries."""
        return [query.name for query in all_queries(ctx.params.get("folder"))]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of one query; an unknown name is an error that tells the nearest."""
        from kb.ask.query import find_query

        return self.command_of(find_query(cmd_name, folders(ctx.params.get("folder"))))

    def command_of(self, query: Query) -> Any:
        """The command that runs a query; other groups run it otherwise."""
        from kb.cli.run_query import run_query

        return query_command(query, run_query, _OPTIONS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The queries by their topics."""
        from kb.cli.groups import write_groups

        names = set(self.list_commands(ctx))
        topics: dict[str, list[str]] = {}
        for query in by_topic(q for q in all_queries(ctx.params.get("folder")) if q.name in names):
            topics.setdefault(query.topic, []).append(query.name)
        write_groups(ctx, formatter, topics)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; ``--folder`` may stand after its name too."""
        ctx.params["folder"] = folder_in(args) or ctx.params.get("folder")
        return super().resolve_command(ctx, args)


def query_group(cls: type[QueryGroup], help_: str) -> typer.Typer:
    """A group of commands made from the query files; called without one, it lists them itself."""
    return typer.Typer(
        cls=cls,
        help=help_,
        invoke_without_command=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )


def all_queries(folder: Path | None) -> list[Query]:
    """Every query that can be read, the shipped ones and the user's, by file name; the others are told."""
    from kb.ask.query import query_paths, read_query
    from kb.errors import InputError

    found = []
    for path in query_paths(folders(folder)).values():
        try:
            found.append(read_query(path))
        except InputError as error:
            say(f"left aside: {error}")
    return found


def by_topic(queries: Iterable[Query]) -> list[Query]:
    """Queries in the order in which they are listed: by topic, those without one last."""
    return sorted(queries, key=lambda q: (q.topic == "Other", q.topic, q.name))


app = query_group(QueryGroup, "Ask a canned question; without a name, list them.")


@app.callback(invoke_without_command=True)
def _list(ctx: typer.Context, folder: Folder = None, format_: FormatOption = Format.table) -> None:
    if ctx.invoked_subcommand is not None:
        return
    queries = by_topic(all_queries(folder))
    rows = [
        {"topic": q.topic, "query": q.name, "question": q.title, "draws": q.returns == "graph"}
        for q in queries
    ]
    print_rows(("topic", "query", "question", "draws"), rows, format_, title="Canned queries")
    say("`kb query NAME --help` shows a query's options.")


def query_command(query: Query, run: Runner, options: Sequence[inspect.Parameter]) -> Any:
    """A command with a typed option for each of the query's parameters.

    Args:
        query: The canned query.
        run: Called with the query, its parameters as typed, and the other options.
        options: The other options, besides ``--db`` and ``--folder``.
    """
    positional = _positionals(query)

    def command(ctx: typer.Context, **given: Any) -> None:
        params = {name: given.pop(_safe(name)) for name in query.params}
        for name in positional:
            value = given.pop(_bare(name))
            if value is None:
                continue
            if params[name] != value and _is_typed(ctx, _safe(name)):
                from kb.errors import UsageError

                raise UsageError(f"{value!r} and --{dashed(name)} {params[name]!r} are two values for one.")
            params[name] = value
        run(query, params, given)

    parameters = [keyword("ctx", typer.Context, inspect.Parameter.empty)]
    parameters += [_positional(name, query.params[name]) for name in positional]
    parameters += [_option(name, param) for name, param in query.params.items()]
    parameters += [*options, keyword("db", Db), keyword("folder", Folder)]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    command.__doc__ = _help(query)
    one = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    one.command(query.name)(command)
    return typer.main.get_command(one)


def _help(query: Query) -> str:
    lines = [query.title, query.description]
    lines += [f"Column {name.replace('_', ' ')}: {meaning}." for name, meaning in query.columns.items()]
    return "\n\n".join(lines)


def _positionals(query: Query) -> list[str]:
    """The parameters that may be given without their option: the first, and a code that follows a code."""
    names = list(query.params)
    if not names or query.params[names[0]].type in ("bool", "int", "float"):
        return []
    two_codes = len(names) > 1 and all(query.params[name].type == "code" for name in names[:2])
    return names[: 2 if two_codes else 1]


def _safe(name: str) -> str:
    return f"{name}_"


def _is_typed(ctx: typer.Context, option: str) -> bool:
    """Whether an option of a command was given, so that its value is no default."""
    source = ctx.get_parameter_source(option)
    return source is not None and source.name != "DEFAULT"


def _bare(name: str) -> str:
    return f"{name}_value"


def keyword(name: str, annotation: Any, default: Any = None) -> inspect.Parameter:
    """An option of a command made by `query_command`, with its annotation as typer wants it."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _positional(name: str, param: Param) -> inspect.Parameter:
    argument = typer.Argument(
        metavar=name.upper(), help=f"The same as --{dashed(name)}.", autocompletion=_completer(param)
    )
    return keyword(_bare(name), Annotated[str | None, argument])


def _option(name: str, param: Param) -> inspect.Parameter:
    types: dict[str, Any] = {"int": int, "float": float, "bool": bool}
    type_ = types.get(param.type, str)
    flag = f"--{dashed(name)}"
    note = f"{param.help}{' [required]' if param.required else ''}"
    limits: dict[str, Any] = {"min": param.min, "max": param.max} if param.type in ("int", "float") else {}
    if param.type == "choice":
        note += f" ({', '.join(param.choices)})"
    option = typer.Option(
        f"{flag}/{_other_way(name)}" if param.type == "bool" else flag,
        help=note,
        autocompletion=_completer(param),
        show_default=param.default is not None,
        **limits,
    )
    return inspect.Parameter(
        _safe(name),
        inspect.Parameter.KEYWORD_ONLY,
        default=param.default,
        annotation=Annotated[type_ | None, option],
    )


def _other_way(name: str) -> str:
    """The option that says no to one of type bool; to ``--without-x``, it is ``--with-x``."""
    if name.startswith("without_"):
        return f"--{dashed(name).replace('without', 'with', 1)}"
    return f"--no-{dashed(name)}"


def dashed(name: str) -> str:
    """A parameter's name as an option has it, without the leading dashes."""
    return name.replace("_", "-")


def _completer(param: Param) -> Callable[..., list[str]] | None:
    if param.type == "choice":
        return lambda incomplete: [c for c in param.choices if c.startswith(incomplete)]
    if param.type in ("code", "interview", "coder"):
        from kb.cli.names import completer

        return completer(param.type)
    return None


Full = Annotated[
    bool, typer.Option("--full", help="In a table too, print all rows and all quotes, and whole.")
]
_OPTIONS = (
    keyword("where", Where),
    keyword("format_", FormatOption, Format.table),
    keyword("full", Full, False),
    keyword("explain", Explain, False),
    keyword("timeout", Timeout),
)
