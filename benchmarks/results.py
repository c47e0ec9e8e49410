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
    """Print the table. A bound that is not kept is marked, and no failure: the machine may be busy."""
    print(f"\n{'':2}{'what':<58}{'measured':>14}{'bound':>16}   floor, and what stands between")
    for result in results:
        mark = "  " if result.holds else "! "
        sign = "≥" if result.at_least else "≤"
        bound = f"{sign} {_number(result.bound)} {result.unit}"
        measured = f"{_number(result.value)} {result.unit}"
        print(f"{mark}{result.what:<58}{measured:>14}{bound:>16}   {result.floor}; {result.between}")
    missed = sum(not result.holds for result in results)
    marked = ", the others are marked !" if missed else ""
    print(f"\n{len(results) - missed} of {len(results)} bounds are kept{marked}")


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
