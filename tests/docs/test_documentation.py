"""The documentation is true: its commands can be typed, its links lead somewhere, its tables are current."""

import argparse
import contextlib
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import landmark_desktop.cli
import trainer.cli
from tools import guide_pages

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(page for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")] if "_build" not in page.parts)
FENCE = re.compile(r"^```(?:sh|console|text)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)[^)]*\)")
PARSERS = {"landmark-desktop": landmark_desktop.cli.build_parser, "landmark-trainer": trainer.cli.build_parser}


def commands(text: str) -> Iterator[tuple[list[str], bool]]:
    """The words of every command of ours that goes on after its name, and whether it stands whole in a code block
    (True) or is only named in a sentence."""
    blocks = "\n".join(FENCE.findall(text)).replace("\\\n", " ").splitlines()
    spans = SPAN.findall(FENCE.sub("", text))
    for line, whole in [*((line, True) for line in blocks), *((span, False) for span in spans)]:
        command = line.strip().removeprefix("$ ").removeprefix(".venv/bin/")
        if not command.startswith(tuple(f"{name} " for name in PARSERS)) or "…" in command:
            continue
        words = shlex.split(command, comments=True)
        yield words[: next((n for n, word in enumerate(words) if word in (">", "|", "&&")), len(words))], whole


def test_the_documentation_shows_commands_of_both_programs() -> None:
    """Otherwise the next test would look at nothing."""
    shown = [words for page in PAGES for words, _ in commands(page.read_text("utf-8"))]
    assert {words[0] for words in shown} == set(PARSERS)
    assert {words[1] for words in shown if words[0] == "landmark-desktop"} >= set(landmark_desktop.cli.command_names())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_in_the_documentation_can_be_typed(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for (program, *arguments), whole in commands(page.read_text("utf-8")):
        if program == "landmark-desktop" and arguments[0] not in landmark_desktop.cli.command_names():
            continue  # folders for the window
        with contextlib.suppress(SystemExit):
            PARSERS[program]().parse_args(arguments)
        complaint = capsys.readouterr().err
        if not whole and "the following arguments are required" in complaint:
            options = {word.partition("=")[0] for word in arguments if word.startswith("-")}
            complaint = " ".join(options - known_options(program, arguments[0]))
        assert not complaint, f"{shlex.join([program, *arguments])}: {complaint}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    links = LINK.findall(FENCE.sub("", page.read_text("utf-8")))
    lost = [link for link in links if not link.startswith("<") and not (page.parent / link).exists()]
    assert not lost


@pytest.mark.parametrize("name", guide_pages.PAGES)
def test_pages_of_messages_keys_and_settings_are_what_the_program_has(name: str) -> None:
    assert (guide_pages.GUIDE / name).read_text("utf-8") == guide_pages.page(name), "run python -m tools.guide_pages"


def test_help_of_every_command_has_a_description_and_help_for_every_argument() -> None:
    silent = [
        f"{parser.prog} {action.dest}"
        for build in PARSERS.values()
        for parser in with_commands(build())
        for action in parser._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert not silent
    assert all(parser.description for build in PARSERS.values() for parser in with_commands(build()))


def known_options(program: str, command: str) -> set[str]:
    """What may follow a command of a program, with its dashes."""
    parsers = with_commands(PARSERS[program]())
    parser = next(parser for parser in parsers if parser.prog == f"{program} {command}")
    return {option for action in parser._actions for option in action.option_strings}


def with_commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its commands."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    """Sphinx warns of links and anchors that lead nowhere, of orphaned pages, and of pictures that are gone."""
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", ROOT / "docs", tmp_path / "site"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    commands_page = (tmp_path / "site" / "command-line.html").read_text("utf-8")
    assert all(f"landmark-desktop-{name}" in commands_page for name in landmark_desktop.cli.command_names())
