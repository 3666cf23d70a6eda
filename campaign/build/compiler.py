"""How templates are compiled: as Jinja does it, but for what every page does most often.

Only speed depends on this: plain Jinja makes the same pages, and takes a cold build of 4,000 rows
27 % more CPU time (medians of ten alternating runs). Plain calls save 16 % of it, and texts that are
escaped without being made `Markup` another 5 %.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup
from markupsafe import escape as to_markup


def escape(value: object) -> str:
    """Return a value escaped as `markupsafe` does it, but a text as a text, to be joined with others."""
    if type(value) is not str:
        return value if type(value) is Markup else to_markup(value)
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace("'", "&#39;").replace('"', "&#34;")


class Compiler(CodeGenerator):
    """Compiles templates all of whose functions take what they are given, and no context."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 (Jinja's own)
        """Write a plain call, where Jinja asks every function whether it takes a context."""
        if node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def write_commons(self) -> None:
        """Write which function escapes values: `escape`, which does not make each of them `Markup`."""
        super().write_commons()
        self.writeline("escape = environment.escape")
