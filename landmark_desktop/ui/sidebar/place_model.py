"""The tree of places: country, region or city, landmark, with how many photos are accepted and suggested."""

from collections.abc import Hashable, Mapping, Sequence

from PySide6.QtCore import QObject

from landmark_desktop.core.location import Landmark
from landmark_desktop.services.count_tree import Node, Step
from landmark_desktop.ui.icons import Sign
from landmark_desktop.ui.photo_grid.filter import PlaceFilter
from landmark_desktop.ui.photo_grid.tile import fold, named
from landmark_desktop.ui.sidebar.tree_model import Badge, TreeModel, keys_of
from landmark_desktop.ui.tallies import ACCEPTED, SUGGESTED, Tallies
from landmark_desktop.ui.texts import number


class PlaceModel(TreeModel):
    """Landmarks that photos are at, below their city and country."""

    def __init__(self, tallies: Tallies, parent: QObject | None = None) -> None:
        super().__init__(2, parent)
        self._tallies = tallies
        self._landmarks: Mapping[str, Landmark] = {}
        tallies.places_changed.connect(self._count)
        tallies.emptied.connect(self._forget)

    def use(self, landmarks: Mapping[str, Landmark]) -> None:
        """These landmarks are known from now on."""
        if landmarks == self._landmarks:
            return
        self._landmarks = dict(landmarks)
        self._forget()
        self._count(range(len(self._tallies.places.counts)))

    def filter_of(self, node: Node) -> PlaceFilter:
        """The filter for the photos of a row."""
        below = [leaf.step.value for leaf in (node, *node.walk()) if isinstance(leaf.step.value, str)]
        return PlaceFilter(node.step.text, frozenset(below))

    def keys_of_filter(self, place: PlaceFilter | None) -> Sequence[Hashable] | None:
        """The row that stands for a filter, the lowest of several; None where there is none."""
        if place is None or place.positions:
            return None
        found = [node for node in self.tree.root.walk() if self.filter_of(node).landmarks == place.landmarks]
        named_so = [node for node in found if node.step.text == place.name]
        return keys_of((named_so or found)[-1]) if found else None

    def badges(self, node: Node) -> Sequence[Badge]:
        """Accepted and suggested photos, each where there are any."""
        counts = ((Sign.CHECK, node.total[ACCEPTED]), (Sign.UNSURE, node.total[SUGGESTED]))
        return [Badge(number(count), sign) for sign, count in counts if count]

    def tip(self, node: Node) -> str:
        """Name and counts."""
        parts = [self.tr("%Ln accepted", "", node.total[ACCEPTED]), self.tr("%Ln suggested", "", node.total[SUGGESTED])]
        return f"{node.step.text}\n{' · '.join(parts)}"

    def _count(self, numbers: Sequence[int]) -> None:
        texts = self._tallies.table.ids.texts
        for place in numbers:
            if place < len(texts):
                steps = self._steps(named(self._landmarks, texts[place]))
                self.tree.put(steps, self._tallies.places.of(place))

    def _steps(self, landmark: Landmark) -> list[Step]:
        location = landmark.location
        leaf = Step(("landmark", landmark.id), landmark.name, (0, fold(landmark.name), landmark.id), landmark.id)
        if location is None or not location.country:
            # The last of all: what only another bundle knew the place of.
            elsewhere = self.tr("Place not known")
            return [Step("", elsewhere, (1, "")), leaf]
        steps = [Step(location.country, location.country, (0, fold(location.country)))]
        town = location.city or location.region
        if town:
            steps.append(Step(("town", town), town, (0, fold(town), "")))
        return [*steps, leaf]

    def _forget(self) -> None:
        for node in list(self.tree.root.children):
            self.tree.remove([node.step.key])
