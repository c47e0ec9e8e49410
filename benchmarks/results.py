"""Results with their bounds, and the table they are printed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: what was measured, the bound, the floor (what the machine takes for the parts that cannot
    be saved), and what stands between the two."""

    what: str
    value: float
    unit: str
    bound: float
    floor: str
    between: str
    at_least: bool = True

    @property
    def holds(self) -> bool:
        """True if the bound is kept."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def print_results(results: Sequence[Result]) -> None:
    """Print the table. A bound that is missed is marked, and no failure: the machine may be busy."""
    rows = [("", "what", "measured", "bound", "floor: what the machine takes in any case", "what stands between")]
    for result in results:
        sign = "≥" if result.at_least else "≤"
        rows.append(
            (
                "kept" if result.holds else "MISSED",
                result.what,
                f"{_number(result.value)} {result.unit}",
                f"{sign} {_number(result.bound)} {result.unit}",
                result.floor,
                result.between,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    print()
    for row in rows:
        mark, what, measured, bound, floor, between = (
            cell.rjust(width) if column in (2, 3) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print(f"{mark}  {what}  {measured}  {bound}  {floor}  {between}".rstrip())
    kept = sum(result.holds for result in results)
    print(f"\n{kept} of {len(results)} bounds are kept")


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"


def best_of(rounds: int, *parts: Callable[[], object]) -> list[float]:
    """Seconds that each part takes: the best of rounds in which they take turns, so that all see the same machine."""
    best = [float("inf")] * len(parts)
    for _ in range(rounds):
        for index, part in enumerate(parts):
            started = perf_counter()
            part()
            best[index] = min(best[index], perf_counter() - started)
    return best
