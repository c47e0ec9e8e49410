"""The engine that classifies with the bundle of the moment, and how another bundle takes its place."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.errors import KnownError
from landmark_desktop.inference.classifier import Classifier
from landmark_desktop.inference.session import ProviderReport
from landmark_desktop.services import settings as table
from landmark_desktop.services.classification import ClassificationEngine
from landmark_desktop.services.engine_news import EngineNews
from landmark_desktop.services.lanes import Lane
from landmark_desktop.services.relay import Relay
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.sizing import EngineOptions

MakeClassifier = Callable[[Bundle, Settings], Classifier]
MakeNews = Callable[[Bundle, Callable[[ProviderReport], None], Callable[[KnownError], None]], EngineNews]
"""Makes the listener of an engine with this bundle, which is told where the model runs, or why it does not load."""


class EngineKeeper(QObject):
    """Keeps one engine. ``lane`` loads bundles and closes engines that were replaced: loading reads and hashes a model,
    closing waits for the photos under way.

    ``make_classifier`` runs on the engine's inference thread, not before :meth:`begin`.
    """

    provider_ready = Signal(object)  # ProviderReport
    failed = Signal(object)  # KnownError: the model does not load
    accepted = Signal(object)  # Bundle that was tried and whose model runs
    refused = Signal(object)  # KnownError: why a bundle that was tried cannot be used

    def __init__(
        self,
        bundle: Bundle,
        settings: Settings,
        make_classifier: MakeClassifier,
        make_news: MakeNews,
        *,
        relay: Relay,
        lane: Lane,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bundle = bundle
        self._settings = settings
        self._make_classifier = make_classifier
        self._make_news = make_news
        self._relay = relay
        self._lane = lane
        self._provider: ProviderReport | None = None
        # Loading the model shares Python's lock with whoever builds the window; it waits until that runs.
        self._begun = threading.Event()
        self._engine = self._start()

    @property
    def bundle(self) -> Bundle:
        """The bundle that classifies."""
        return self._bundle

    @property
    def engine(self) -> ClassificationEngine:
        """The engine of that bundle."""
        return self._engine

    @property
    def provider(self) -> ProviderReport | None:
        """Where its model runs, once it is loaded."""
        return self._provider

    def begin(self) -> None:
        """Let the model be loaded."""
        self._begun.set()

    def use(self, bundle: Bundle) -> None:
        """Classify with another bundle, or the same with other settings; the new engine has no photos yet."""
        self._bundle = bundle
        self._provider = None
        old, self._engine = self._engine, self._start()
        self._lane.submit(old.close)

    def try_bundle(self, source: Path) -> None:
        """Load the bundle at ``source`` and its model; ``accepted`` or ``refused`` tells. Nothing changes by that."""
        self._lane.submit(self._try, source)

    def close(self) -> None:
        """Drop what waits, finish what is under way, and join the engine's threads."""
        self._begun.set()
        self._engine.close()

    def _try(self, source: Path) -> None:
        """On the lane."""
        try:
            bundle = load_bundle(source)
            self._make_classifier(bundle, self._settings)  # the only proof that graph and description fit together
        except KnownError as error:
            refusal = error
            self._relay.post(lambda: self.refused.emit(refusal))
        else:
            self._relay.post(lambda: self.accepted.emit(bundle))

    def _start(self) -> ClassificationEngine:
        bundle = self._bundle

        def post(function: Callable[[], None]) -> None:
            """Run it, unless another engine is at work by then."""
            self._relay.post(lambda: function() if self._bundle is bundle else None)

        def make_classifier() -> Classifier:
            self._begun.wait()
            return self._make_classifier(bundle, self._settings)

        news = self._make_news(
            bundle,
            lambda provider: post(lambda: self._ready(provider)),
            lambda error: post(lambda: self.failed.emit(error)),
        )
        options = EngineOptions(int(self._settings.number(table.DECODE_WORKERS)), background=True)
        return ClassificationEngine(make_classifier, news, news.known.ask, options)

    def _ready(self, provider: ProviderReport) -> None:
        self._provider = provider
        self.provider_ready.emit(provider)
