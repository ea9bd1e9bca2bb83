"""Contract types of our own for import-linter (pyproject.toml, `contract_types`)."""

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.protected import ProtectedContract


class ProtectedWherePresent(ProtectedContract):
    """A `protected` contract that may name libraries and rooms before the first import of them exists."""

    type_name = "protected_where_present"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        self.protected_modules = [m for m in self.protected_modules if m.expression in graph.modules]
        self.allowed_importers = [m for m in self.allowed_importers if m.expression in graph.modules]
        return super().check(graph, verbose)
