"""Importing: what the places in photos' files mean, and that a lost library loses nothing that was written."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import exiv2
import pytest
from pytestqt.qtbot import QtBot

from landmark_desktop.core.imported import FoundPlace, Imported
from landmark_desktop.core.photo import PhotoFacts
from landmark_desktop.core.review import Review, ReviewState
from landmark_desktop.core.tag import ReviewedBy
from landmark_desktop.metadata.places import Place
from landmark_desktop.metadata.reader import FileMetadata, FoundLocation, Mark, read_metadata
from landmark_desktop.services import settings as table
from landmark_desktop.services.importing import Importer, ImportService
from landmark_desktop.services.lanes import CancelToken
from tests.bundles import EIFFEL, LANDMARKS, PETRA, write_bundle
from tests.pictures import photo
from tests.unit.services.organise_desk import Desk as ServiceDesk
from tests.unit.services.test_workspace import Desk, waited

ACCEPTED = Review(ReviewState.ACCEPTED, "eiffel_tower")
MARK = Mark("eiffel_tower", "colours", "1.0", "run", "user", 0.97, "2024-05-01T10:11:12Z")
NEAR = PhotoFacts(latitude=48.86, longitude=2.3)
FAR = PhotoFacts(latitude=45.0, longitude=2.3)
NOWHERE = PhotoFacts()


def said(
    location: FoundLocation,
    facts: PhotoFacts = NOWHERE,
    keywords: Sequence[str] = (),
    *,
    estimated: bool = False,
) -> FileMetadata:
    return FileMetadata(facts, location, frozenset(keywords), estimated)


@pytest.fixture(scope="module")
def importer(tmp_path_factory: pytest.TempPathFactory) -> Importer:
    return Importer(write_bundle(tmp_path_factory.mktemp("bundle"), b"no model"))


# our own mark


def test_our_mark_is_the_review_it_was_written_for(importer: Importer) -> None:
    assert importer.interpret(said(FoundLocation(mark=MARK), estimated=True)) == Imported(ACCEPTED, "eiffel_tower")


def test_a_position_that_was_declined_stays_declined(importer: Importer) -> None:
    declined = importer.interpret(said(FoundLocation(mark=MARK)))
    assert declined.review == replace(ACCEPTED, taken_here=False)
    assert importer.interpret(said(FoundLocation(mark=MARK), NEAR)).review == ACCEPTED  # it has its own


def test_what_was_tagged_without_a_person_is_tagged_and_not_reviewed(importer: Importer) -> None:
    auto = replace(MARK, reviewed_by=ReviewedBy.AUTO.value)
    assert importer.interpret(said(FoundLocation(mark=auto))) == Imported(None, "eiffel_tower")


def test_a_landmark_of_another_bundle_is_kept_and_its_place_shown(importer: Importer) -> None:
    mark = replace(MARK, landmark_id="big_ben")
    found = importer.interpret(said(FoundLocation(shown=(Place("Big Ben", city="London"),), mark=mark)))
    assert found.review is not None
    assert (found.review.landmark_id, found.tagged) == ("big_ben", "big_ben")
    assert found.place == FoundPlace("Big Ben", city="London")


@pytest.mark.parametrize("landmark_id", ["../x", "Eiffel Tower", "a" * 200, "x\0"])
def test_a_mark_with_nonsense_is_none(importer: Importer, landmark_id: str) -> None:
    assert importer.interpret(said(FoundLocation(mark=replace(MARK, landmark_id=landmark_id)))) == Imported()


# other programs


@pytest.mark.parametrize(
    "place",
    [
        Place("Eiffel Tower", latitude=48.8584, longitude=2.2945),
        Place("EIFFEL  tower", country_code="FR"),
        Place("Tour Eiffel", country_code="FRA", city="Parigi"),
        Place("Eiffel Tower", city="Paris"),
        Place("Eiffel Tower", country="France"),
    ],
)
def test_a_place_that_another_program_shows_is_accepted_by_name_and_whereabouts(
    importer: Importer, place: Place
) -> None:
    assert importer.interpret(said(FoundLocation(shown=(place,)))) == Imported(ACCEPTED)


@pytest.mark.parametrize(
    "place",
    [
        Place("Eiffel Tower"),
        Place("Eiffel Tower", latitude=36.1126, longitude=-115.1728, country_code="FR"),  # Las Vegas
        Place("Eiffel Tower", country_code="US", city="Paris"),  # Texas
        Place("Eiffel Tower", country="Frankreich"),
        Place("Eiffel", city="Paris", country_code="FR"),
        Place("", city="Paris", country_code="FR"),
    ],
)
def test_a_place_elsewhere_or_of_another_name_is_only_shown(importer: Importer, place: Place) -> None:
    found = importer.interpret(said(FoundLocation(shown=(place,))))
    assert (found.review, found.tagged) == (None, None)
    assert found.place is not None
    assert found.place.city == place.city


def test_a_name_alone_needs_the_position_of_the_camera(importer: Importer) -> None:
    shown = FoundLocation(shown=(Place("Eiffel Tower"),))
    assert importer.interpret(said(shown, NEAR)).review == ACCEPTED
    assert importer.interpret(said(shown, FAR)).review is None


def test_the_old_fields_need_name_and_whereabouts_too(importer: Importer) -> None:
    legacy = Place(sublocation="Eiffel Tower", city="Paris", country="France")
    assert importer.interpret(said(FoundLocation(legacy=legacy))).review == ACCEPTED
    assert importer.interpret(said(FoundLocation(legacy=legacy), FAR)).review is None
    assert importer.interpret(said(FoundLocation(legacy=replace(legacy, sublocation="")))).review is None


def test_a_keyword_counts_with_a_position_or_a_city_and_not_with_a_country(importer: Importer) -> None:
    petra = Review(ReviewState.ACCEPTED, "petra")
    assert PETRA.location is not None
    there = PhotoFacts(latitude=PETRA.location.latitude, longitude=PETRA.location.longitude)
    assert importer.interpret(said(FoundLocation(), there, ["petra", "holiday"])).review == petra
    assert importer.interpret(said(FoundLocation(), NEAR, ["Petra"])).review is None  # a person in Paris
    assert importer.interpret(said(FoundLocation(), NOWHERE, ["Petra"])).review is None
    jordan = FoundLocation(legacy=Place(country="Jordan", country_code="JO"))
    assert importer.interpret(said(jordan, NOWHERE, ["Petra"])).review is None
    city = FoundLocation(created=(Place(city="Wadi Musa", country_code="JO"),))
    assert importer.interpret(said(city, NOWHERE, ["Petra"])).review == petra


def test_two_landmarks_at_once_are_none(importer: Importer, tmp_path: Path) -> None:
    twin = replace(EIFFEL, id="eiffel_tower_2")
    both = Importer(write_bundle(tmp_path, b"no model", landmarks=(*LANDMARKS, twin)))
    shown = FoundLocation(shown=(Place("Eiffel Tower", city="Paris"),))
    assert both.interpret(said(shown)).review is None
    assert importer.interpret(said(shown)).review == ACCEPTED


def test_where_a_photo_was_taken_is_not_what_it_shows(importer: Importer) -> None:
    created = FoundLocation(created=(Place("Eiffel Tower", city="Paris", country_code="FR"),))
    found = importer.interpret(said(created))
    assert found == Imported(place=FoundPlace("Eiffel Tower", city="Paris", country_code="FR"))


def test_endless_texts_are_cut(importer: Importer) -> None:
    found = importer.interpret(said(FoundLocation(shown=(Place("x " * 100_000),))))
    assert found.place is not None
    assert len(found.place.name) <= 500


# reading


def sidecar(path: Path, **texts: object) -> None:
    data = exiv2.XmpData()
    for key, value in texts.items():
        data["Xmp." + key.replace("__", ".")] = value
    path.with_name(path.name + ".xmp").write_text(exiv2.XmpParser.encode(data)[1], "utf-8")


def test_keywords_are_read_from_all_lists_by_their_last_level(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg", size=(60, 40), gps=(48.86, 2.3), camera="C")
    sidecar(
        path,
        dc__subject=["flat", "France"],
        digiKam__TagsList=["Places/France/Paris"],
        lr__hierarchicalSubject=["Places|France|Eiffel Tower"],
    )
    from landmark_desktop.core.photo import FileIdentity, Photo

    found = read_metadata(Photo(1, path, FileIdentity.of(path)))
    assert found.keywords == {"flat", "France", "Paris", "Eiffel Tower"}
    assert found.facts.latitude == pytest.approx(48.86, abs=1e-4)
    assert not found.estimated


# the library


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.classifier.gate.set()
    made.workspace.close()


def reviews(desk: Desk) -> dict[str, tuple[Review | None, str | None]]:
    return {record.photo.name: (record.review, record.tagged) for record in desk.workspace.records()}


def write(desk: Desk, qtbot: QtBot) -> None:
    workspace = desk.workspace
    (plan,) = waited(qtbot, workspace.writing.plan_ready, lambda: workspace.plan_tags(workspace.pending_tags()))
    waited(qtbot, workspace.writing.run_finished, lambda: workspace.writing.apply(plan))  # type: ignore[arg-type]


def lose_library(desk: Desk) -> None:
    desk.workspace.close()
    for path in desk.library.parent.glob(desk.library.name + "*"):
        path.unlink()
    desk.start()


@pytest.mark.parametrize("mode", ["sidecar", "embedded"])
def test_a_lost_library_loses_no_review_that_was_written(desk: Desk, qtbot: QtBot, mode: str) -> None:
    desk.settings.set(table.WRITE_MODE, mode)
    desk.fill(4)
    desk.open(qtbot)
    ids = {record.photo.name: record.id for record in desk.workspace.records()}
    desk.workspace.reviews.accept([ids["000.png"]])
    desk.workspace.reviews.accept([ids["001.png"]], "petra")  # picked against the model
    desk.workspace.reviews.accept([ids["002.png"]])
    desk.workspace.reviews.set_taken_here([ids["002.png"]], False)
    write(desk, qtbot)
    before = reviews(desk)
    assert [review is not None for review, _ in before.values()] == [True, True, True, False]
    lose_library(desk)
    desk.open(qtbot)
    assert reviews(desk) == before
    assert desk.workspace.pending_tags() == []
    # The library keeps them: the next start knows them without reading a file.
    desk.workspace.close()
    desk.start()
    desk.open(qtbot)
    assert reviews(desk) == before


def test_an_answer_that_was_taken_back_does_not_return(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(1)
    desk.open(qtbot)
    (record,) = desk.workspace.records()
    desk.workspace.reviews.accept([record.id])
    write(desk, qtbot)
    lose_library(desk)
    desk.open(qtbot)
    (record,) = desk.workspace.records()
    desk.workspace.reviews.clear([record.id])
    (desk.folder / "000.png").touch()  # read anew
    desk.workspace.close()
    desk.start()
    desk.open(qtbot)
    assert [review for review, _ in reviews(desk).values()] == [None]


def test_an_answer_given_while_the_photo_is_read_stays(desk: Desk, qtbot: QtBot) -> None:
    desk.fill(1)
    desk.open(qtbot)
    (record,) = desk.workspace.records()
    desk.workspace.reviews.accept([record.id])
    write(desk, qtbot)
    lose_library(desk)
    desk.classifier.gate.clear()
    desk.workspace.open([desk.folder])
    qtbot.waitUntil(lambda: len(desk.workspace.photos) == 1)
    (record,) = desk.workspace.records()
    desk.workspace.reviews.reject([record.id])
    desk.classifier.gate.set()
    desk.wait_idle(qtbot)
    assert [review for review, _ in reviews(desk).values()] == [Review(ReviewState.REJECTED, None)]
    desk.workspace.close()
    desk.start()
    desk.open(qtbot)
    assert [review for review, _ in reviews(desk).values()] == [Review(ReviewState.REJECTED, None)]


def test_places_of_other_programs_are_read_because_the_user_asks(tmp_path: Path) -> None:
    desk = ServiceDesk(tmp_path)
    try:
        for name in ("a.jpg", "b.jpg", "c.jpg", "d.jpg"):
            photo(desk.folder / name, size=(60, 40), gps=(48.86, 2.3), camera="C")
        records = desk.accepted(None)
        desk.db.call(desk.library.save_reviews, [(records[1].id, Review(ReviewState.REJECTED, None))])
        sidecar(desk.folder / "a.jpg", dc__subject=["Eiffel Tower"])
        sidecar(desk.folder / "b.jpg", dc__subject=["Eiffel Tower"])
        sidecar(desk.folder / "c.jpg", photoshop__City="Avignon", photoshop__Country="France")
        (desk.folder / "d.jpg").unlink()
        service = ImportService(desk.db, desk.library, desk.bundle)
        result = service.run(records)
        assert (result.read, result.reviewed, result.places) == (3, (records[0].id,), 1)
        assert [error.params["name"] for error in result.errors] == ["d.jpg"]
        assert [desk.row(record.id).review for record in records[:3]] == [
            ACCEPTED,
            Review(ReviewState.REJECTED, None),
            None,
        ]
        places = desk.db.call(desk.library.found_places, [record.id for record in records])
        assert places == {records[2].id: FoundPlace(city="Avignon", country="France")}
        # Asked again, nothing is new; a place that is no longer there is forgotten.
        (desk.folder / "c.jpg.xmp").unlink()
        assert service.run(records[:3]).reviewed == ()
        assert desk.db.call(desk.library.found_places, [record.id for record in records]) == {}
        token = CancelToken()
        token.cancel()
        assert service.run(records, token).read == 0
    finally:
        desk.close()
