"""A contract of our own for import-linter: a package's tables are its own business."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules


class PrivateModels(Contract):
    """`models` may be imported only from inside their own package and from the modules named in `also_allowed`."""

    models = fields.ListField(subfield=fields.ModuleExpressionField())
    also_allowed = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        exempt = [str(name) for name in self.also_allowed or []]
        bad = [
            (importer, module.name)
            for module in module_expressions_to_modules(graph, self.models)
            for importer in graph.find_modules_that_directly_import(module.name)
            if not _lies_in(importer, [module.name.rpartition(".")[0], *exempt])
        ]
        return ContractCheck(kept=not bad, metadata={"bad": sorted(bad)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        bad: list[tuple[str, str]] = check.metadata["bad"]
        for importer, module in bad:
            output.print_error(f"{importer} imports {module}: ask its service or queries", bold=True)


def _lies_in(module: str, packages: list[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)
