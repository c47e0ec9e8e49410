"""Composition root of the window: builds settings, bundle, workspace and main window, and runs the event loop."""

import gc
import logging
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from landmark_desktop import __version__
from landmark_desktop.core.bundle import Bundle, load_bundle
from landmark_desktop.core.errors import BundleError, KnownError
from landmark_desktop.core.resources import default_bundle_path, resource_path
from landmark_desktop.inference.classifier import Classifier, OnnxClassifier
from landmark_desktop.inference.session import ProviderChoice
from landmark_desktop.services import paths
from landmark_desktop.services import settings as table
from landmark_desktop.services.one_window import Door
from landmark_desktop.services.relay import Relay
from landmark_desktop.services.settings import Settings
from landmark_desktop.services.sizing import model_threads
from landmark_desktop.services.workspace import Workspace
from landmark_desktop.ui.languages import install_texts
from landmark_desktop.ui.main_window import MainWindow
from landmark_desktop.ui.notifications import show_crash
from landmark_desktop.ui.theme import apply_theme

log = logging.getLogger(__name__)


def make_classifier(bundle: Bundle, settings: Settings) -> Classifier:
    """Load the model as the settings say; a CUDA that was chosen and does not load falls back to the CPU, with the
    reason in the provider report, because a window that cannot classify helps nobody."""
    threads = model_threads(int(settings.number(table.THREADS)))
    choice = ProviderChoice(settings.text(table.PROVIDER))
    if choice is ProviderChoice.CUDA:
        choice = ProviderChoice.AUTO
    return OnnxClassifier(bundle, choice, threads)


def chosen_bundle(settings: Settings) -> tuple[Bundle, BundleError | None]:
    """The bundle of the settings; the shipped one where that cannot be used, with the reason.

    The shipped one is only described here: the thread that loads its model checks it, and the window does not wait.

    Raises:
        BundleError: the shipped bundle cannot be described either.
    """
    chosen = settings.text(table.BUNDLE)
    if chosen:
        try:
            return load_bundle(Path(chosen)), None
        except BundleError as error:
            return load_bundle(default_bundle_path(), with_model=False), error
    return load_bundle(default_bundle_path(), with_model=False), None


def run(photo_paths: Sequence[Path], library_path: Path | None = None) -> int:
    """Open the window on these folders and files, and return the exit code when it is closed."""
    library = library_path or paths.library_path()
    door = Door(library)
    if not door.enter() and door.knock(photo_paths):
        return 0
    application = _application()
    settings = Settings(paths.settings_path())
    install_texts(application, settings.text(table.LANGUAGE))
    apply_theme(application, settings.text(table.THEME))
    try:
        bundle, bundle_problem = chosen_bundle(settings)
        workspace = Workspace(library, bundle, settings, make_classifier)
    except KnownError as error:
        log.error("start failed: %s", error)
        from landmark_desktop.ui.help_dialogs import StartProblemDialog

        dialog = StartProblemDialog(error, library.parent)
        dialog.exec()
        door.close()
        return 1 if dialog.elsewhere is None else run(photo_paths, dialog.elsewhere / library.name)
    relay = Relay()
    _install_crash_handlers(relay)
    window = MainWindow(workspace)
    window.installEventFilter(_Ending(window))
    window.show()
    # What is there by now stays: the collector need not walk all modules while somebody scrolls.
    gc.freeze()
    gc.enable()  # see __main__
    for problem in (workspace.library_notice, bundle_problem):
        if problem is not None:
            workspace.problem.emit(problem)
    window.begin(photo_paths)
    door.knocked.connect(window.called)
    QTimer.singleShot(0, door, door.listen)
    try:
        return application.exec()
    finally:
        door.close()
        workspace.close()


class _Ending(QObject):
    """Ends the program with its window, whose workspace is closed then.

    Qt would do so itself; but a crash dialog that comes while the window closes belongs to it and counts as no window
    of its own, and Qt would run on with nothing to see.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """See the window go."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            QTimer.singleShot(0, lambda: QCoreApplication.exit(0))
        return super().eventFilter(watched, event)


def _application() -> QApplication:
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("landmark-desktop")
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setApplicationDisplayName("Landmark Desktop")
    QGuiApplication.setDesktopFileName("landmark-desktop")
    application.setWindowIcon(QIcon(str(resource_path("icons", "landmark-desktop.svg"))))
    return application


def _install_crash_handlers(relay: Relay) -> None:
    """Bugs on any thread are logged and shown; nothing dies in silence."""

    def report(error: BaseException) -> None:
        log.critical("a bug", exc_info=error)

        def show() -> None:
            show_crash(error, paths.log_path())

        relay.post(show)

    def on_main(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            QCoreApplication.quit()
        else:
            report(error)

    def on_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            report(arguments.exc_value)

    sys.excepthook = on_main
    threading.excepthook = on_thread
