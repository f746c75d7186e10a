"""From true counts to published tables: threshold, complement, same answer, secondary, rounding.

Each step only ever hides more, so the loop ends. Decisions about cells rest on what will be published (rounded
numbers), not on true counts, so knowing the method gives an attacker nothing more.
"""

from collections.abc import Iterable, Mapping, Sequence

from engage.rules.disclosure.lattice import Family, Lattice, Sheet, build
from engage.rules.disclosure.rule import Rule, gives_away, hides_well, remainder
from engage.rules.disclosure.tables import Cell, RawTable, Reason, Table, Tables

_GRAVEST: tuple[Reason, ...] = ("same_answer", "complement", "secondary", "small")


def publish(
    tables: Iterable[RawTable], rule: Rule, *, total: int, dimensions: Mapping[str, Sequence[str]] | None = None
) -> Tables:
    """What may be seen of these counts.

    tables: every question's unfiltered table, its one-filter slices and, where wanted, its two-filter slices (a cut
    by two dimensions needs the cuts by each). total: everyone who answered, in people. dimensions: all values each
    dimension can take, so that an empty slice is published as hidden rather than left out.
    Raises ValueError on counts that do not fit together, TooManyFilters beyond the rule.
    """
    published: list[Table] = []
    for lattice in build(tables, rule, dimensions or {}):
        for sheet in lattice.sheets.values():
            _hide_small(sheet, rule)
        _hide_complements(lattice, rule)
        _hide_derivable(lattice, rule)
        published += [_published(sheet, rule) for sheet in lattice.sheets.values()]
    return Tables(rule, rule.gated(total), tuple(published))


def _hide_small(sheet: Sheet, rule: Rule) -> None:
    raw = sheet.raw
    if raw.base < rule.threshold:
        sheet.reason = "small"
        return
    sheet.hidden = {option: "small" for option, count in raw.counts if count < rule.threshold}
    if any(_nearly_all(rule, count, raw) for _, count in sheet.shown()):
        # Hiding the one cell alone would point at it.
        sheet.hide_all("same_answer")


def _nearly_all(rule: Rule, count: int, raw: RawTable) -> bool:
    """Group disclosure: an option that everybody gave, or provably all but a few of them."""
    if count == raw.base or not raw.multiple:
        return count == raw.base  # a single choice's other cells are hidden ones: secondary suppression sees to them
    low, high = remainder(rule, rule.rounded(raw.base), [rule.rounded(count)])
    return gives_away(rule, (max(low, 1), high))  # an option everybody ticked is hidden, so somebody did not tick it


def _hide_complements(lattice: Lattice, rule: Rule) -> None:
    """All minus the groups shown must be nobody or at least the threshold; else the smallest group shown is hidden."""
    found = True
    while found:
        found = False
        for family in lattice.families:
            group = _giving_group(family, rule)
            if group is None:
                continue
            found = True
            group.reason = "complement"
            for inner in lattice.under(group.raw.filters):
                # The parts of a hidden group would add up to it again.
                inner.reason = inner.reason or "complement"


def _giving_group(family: Family, rule: Rule) -> Sheet | None:
    shown = [child for child in family.children if not child.reason]
    if family.parent.reason or not shown:
        return None
    rest = family.parent.raw.base - sum(child.raw.base for child in shown)
    seen = remainder(rule, rule.rounded(family.parent.raw.base), [rule.rounded(child.raw.base) for child in shown])
    nobody_missing = rest == 0 and len(shown) == len(family.children)
    if nobody_missing or (not 0 < rest < rule.threshold and not gives_away(rule, seen)):
        return None
    return min(shown, key=lambda child: child.raw.base)


def _hide_derivable(lattice: Lattice, rule: Rule) -> None:
    """Secondary suppression until no hidden cell can be worked out from its own table or from the slices around it."""
    found = True
    while found:
        found = False
        for sheet in lattice.sheets.values():
            found = _hide_second(sheet, rule) or found
        for family in lattice.families:
            found = _hide_across(family, rule) or found


def _hide_second(sheet: Sheet, rule: Rule) -> bool:
    """Single choice: base minus shown cells must leave every hidden cell open from nobody to five or more."""
    shown = sheet.shown()
    if sheet.raw.multiple or not shown or not sheet.hidden:
        return False
    low, high = remainder(rule, rule.rounded(sheet.raw.base), [rule.rounded(count) for _, count in shown])
    one_low = low if len(sheet.hidden) == 1 else 0  # one of several hidden cells may always be empty
    if hides_well((one_low, high)):
        return False
    if len(shown) == 1:
        sheet.hide_all("same_answer")
    else:
        sheet.hidden[min(shown, key=lambda cell: cell[1])[0]] = "secondary"
    return True


def _hide_across(family: Family, rule: Rule) -> bool:
    """A parent's cell minus the same cell of the slices shown must not give away the rest."""
    changed = False
    for option, count in family.parent.shown():
        shown = [child for child in family.children if not child.reason and option not in child.hidden]
        parts = [rule.rounded(child.true[option]) for child in shown]
        whole = count == sum(child.true[option] for child in shown) and len(shown) == len(family.children)
        if shown and not whole and gives_away(rule, remainder(rule, rule.rounded(count), parts)):
            smallest = min(shown, key=lambda child: child.true[option])
            smallest.hidden[option] = "secondary"
            changed = True
    return changed


def _published(sheet: Sheet, rule: Rule) -> Table:
    raw = sheet.raw
    shown = {option for option, _ in sheet.shown()}
    cells = tuple(Cell(option, rule.rounded(count) if option in shown else None) for option, count in raw.counts)
    reasons = set(sheet.hidden.values())
    reason = sheet.reason or next((code for code in _GRAVEST if code in reasons), None)
    base = None if sheet.reason else rule.gated(raw.base)
    return Table(raw.question, raw.multiple, raw.filters, cells, base, reason)
