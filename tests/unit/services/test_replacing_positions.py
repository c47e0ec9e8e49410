"""The one photo whose position the user gave up gets the estimate; the others of the run keep theirs."""

from dataclasses import replace

from landmark_desktop.core.photo import PhotoFacts
from landmark_desktop.services.tagging import TagOptions
from tests.unit.services.test_tagging import Desk, desk

__all__ = ["desk"]


def test_a_confirmation_is_for_one_photo(desk: Desk) -> None:
    records = [
        replace(record, photo=replace(record.photo, facts=PhotoFacts(latitude=10.0, longitude=20.0)))
        for record in desk.accepted("a.jpg", "b.jpg")
    ]
    options = TagOptions(replace_position=frozenset([records[1].id]))
    requests = [item.change.request for item in desk.service.plan(records, options).items if item.change is not None]
    assert [request.replace_position for request in requests] == [False, True]
    assert [request.taken_here for request in requests] == [False, True]
