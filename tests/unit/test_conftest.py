"""The safety net that the other tests hang in: it has to catch what it promises to catch."""

import os
from pathlib import Path

import platformdirs
import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"


def run(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    """Run one test file below the real conftest, in a process of its own."""
    pytester.makeconftest(CONFTEST.read_text("utf-8").replace("THREAD_GRACE_S = 3.0", "THREAD_GRACE_S = 0.1"))
    pytester.makepyfile(body)
    pytester.makeini("[pytest]\nmarkers =\n    shared_data: real photos\nqt_api = pyside6\n")
    return pytester.runpytest_subprocess("-rs", "-p", "no:randomly", "-p", "no:cacheprovider")


def test_a_leaked_thread_fails_its_test_and_no_other(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import threading

        stop = threading.Event()

        def test_leaks():
            threading.Thread(target=stop.wait, name="forgotten", daemon=True).start()

        def test_is_innocent():
            stop.set()
        """,
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*threads left behind: forgotten*"])


def test_a_leaked_qt_thread_fails_its_test(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import pytest
        from PySide6.QtCore import QThread

        @pytest.fixture(scope="session")
        def threads():
            kept = []
            yield kept
            for thread in kept:
                thread.quit()
                thread.wait()

        def test_leaks(qapp, threads):
            thread = QThread(objectName="forgotten lane")
            threads.append(thread)
            thread.start()

        def test_quits(qapp, threads):
            thread = QThread()
            threads.append(thread)
            thread.start()
            thread.quit()
        """,
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*threads left behind: forgotten lane*"])


def test_an_unexpected_warning_in_the_log_fails_a_test_unless_it_looks_at_the_log(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import logging

        def test_logs():
            logging.getLogger("landmark_desktop.core").warning("the disk smells")

        def test_expects(caplog):
            logging.getLogger("landmark_desktop.core").warning("as expected")
            assert caplog.messages == ["as expected"]

        def test_logs_of_others_are_theirs():
            logging.getLogger("PIL").warning("whatever")
        """,
    )
    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["*WARNING landmark_desktop.core: the disk smells*"])


def test_tests_of_real_photos_are_skipped_with_a_reason_where_there_are_none(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import pytest

        def test_takes_the_folder(shared_data):
            raise AssertionError

        @pytest.mark.shared_data
        def test_is_marked():
            raise AssertionError
        """,
    )
    # Pytester's folder has no ../shared/data.
    result.assert_outcomes(skipped=2)
    result.stdout.fnmatch_lines(["SKIPPED*the real photos are not there*"])


def test_the_users_folders_are_those_of_the_test(home: Path) -> None:
    assert Path.home() == home
    for of in (platformdirs.user_data_path, platformdirs.user_config_path, platformdirs.user_log_path):
        assert of("landmark-desktop").is_relative_to(home)
    assert os.environ["QT_QPA_PLATFORM"]
