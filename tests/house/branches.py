"""Which branches of the templates were taken: every arm of an `if`, both sides of `a if b else c`, loops that have
something in them (and their `else`), macros and blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

OURS = ("ours/", "gallery/")  # the same once more, and the pages of the gallery itself


@dataclass(frozen=True, order=True)
class Branch:
    """`what` says which one it is without a line number: `if code: no`."""

    template: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.template}:{self.line}  {self.what}"


@dataclass
class Branches:
    """Of an environment: those that are `taken` from the moment that it is watched, and all that there are."""

    known: list[Branch] = field(default_factory=list)  # a template that is read again has its branches here again
    taken: set[Branch] = field(default_factory=set)

    def watch(self, environment: Environment) -> None:
        parse = environment._parse

        def marked(source: str, name: str | None, filename: str | None) -> nodes.Template:
            tree = parse(source, name, filename)
            return Marker(self, name).visit(tree) if name and is_watched(name) else tree

        environment._parse = marked
        environment.take = self.take
        environment.take_side = self.take_side
        environment.nothing = lambda: environment.undefined("a side that is not there")
        if environment.cache is not None:
            environment.cache.clear()

    def add(self, branch: Branch) -> int:
        self.known.append(branch)
        return len(self.known) - 1

    def take(self, number: int) -> None:
        self.taken.add(self.known[number])

    def take_side(self, number: int, value: Any) -> Any:
        self.take(number)
        return value

    @classmethod
    def all_of(cls, environment: Environment) -> set[Branch]:
        """Those of every template that the environment finds, rendered or not."""
        branches = cls()
        for name in environment.list_templates(filter_func=is_watched):
            source, filename, _ = environment.loader.get_source(environment, name)
            Marker(branches, name).visit(Environment._parse(environment, source, name, filename))
        return set(branches.known)


class Marker(NodeTransformer):
    """Puts into a template what tells `Branches` that one was there."""

    def __init__(self, branches: Branches, template: str) -> None:
        self.branches, self.template = branches, template
        self.elifs: set[int] = set()
        self.seen: Counter[str] = Counter()

    def number(self, node: nodes.Node, what: str) -> nodes.Const:
        self.seen[what] += 1
        told_apart = f"{what} #{self.seen[what]}" if self.seen[what] > 1 else what
        return nodes.Const(self.branches.add(Branch(self.template, node.lineno, told_apart)))

    def get_visitor(self, node: nodes.Node) -> Any:
        return getattr(self, f"mark_{type(node).__name__.lower()}", None)

    def mark(self, node: nodes.Node, what: str) -> nodes.ExprStmt:
        return nodes.ExprStmt(call("take", self.number(node, what)), lineno=node.lineno)

    def side(self, node: nodes.CondExpr, value: nodes.Expr | None, what: str) -> nodes.Call:
        return call("take_side", self.number(node, what), value or call("nothing"))

    def mark_template(self, node: nodes.Template) -> nodes.Node:
        self.generic_visit(node)
        node.body.insert(0, self.mark(node, "rendered"))
        return node

    def mark_if(self, node: nodes.If) -> nodes.Node:
        test = words(node.test)
        alone = id(node) not in self.elifs
        self.elifs |= {id(each) for each in node.elif_}
        self.generic_visit(node)
        node.body.insert(0, self.mark(node, f"if {test}: yes"))
        if alone:
            node.else_.insert(0, self.mark(node, f"if {test}: no"))
        return node

    def mark_for(self, node: nodes.For) -> nodes.Node:
        what = f"for {words(node.target)} in {words(node.iter)}"
        self.generic_visit(node)
        node.body.insert(0, self.mark(node, f"{what}: some"))
        if node.else_:
            node.else_.insert(0, self.mark(node, f"{what}: none"))
        return node

    def mark_condexpr(self, node: nodes.CondExpr) -> nodes.Node:
        test = words(node.test)
        self.generic_visit(node)
        node.expr1 = self.side(node, node.expr1, f"{test} ? yes")
        node.expr2 = self.side(node, node.expr2, f"{test} ? no")
        return node

    def mark_macro(self, node: nodes.Macro) -> nodes.Node:
        self.generic_visit(node)
        node.body.insert(0, self.mark(node, f"macro {node.name}"))
        return node

    def mark_block(self, node: nodes.Block) -> nodes.Node:
        self.generic_visit(node)
        if any(has_something(each) for each in node.body):
            node.body.insert(0, self.mark(node, f"block {node.name}"))
        return node


def is_watched(name: str) -> bool:
    return name.endswith(".html") and not name.startswith(OURS)


def call(name: str, *given: nodes.Expr) -> nodes.Call:
    return nodes.Call(nodes.EnvironmentAttribute(name), list(given), [], None, None)


def has_something(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Output):
        return any(not isinstance(each, nodes.TemplateData) or each.data.strip() for each in node.nodes)
    return True


def words(node: nodes.Node) -> str:
    """An expression in short, as it would be found in the template."""
    match node:
        case nodes.Name():
            return str(node.name)
        case nodes.Const():
            return repr(node.value)
        case nodes.Getattr():
            return f"{words(node.node)}.{node.attr}"
        case nodes.Compare():
            return words(node.expr) + "".join(f" {each.op} {words(each.expr)}" for each in node.ops)
        case nodes.And() | nodes.Or():
            return f"{words(node.left)} {type(node).__name__.lower()} {words(node.right)}"
        case nodes.Not():
            return f"not {words(node.node)}"
        case nodes.Filter() | nodes.Test():
            return f"{words(node.node) if node.node else ''}|{node.name}"
    return f"{type(node).__name__.lower()}({', '.join(inside(node))})"


def inside(node: nodes.Node) -> Iterator[str]:
    return (words(each) for each in node.iter_child_nodes())
