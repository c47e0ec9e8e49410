"""Which files go with a photo, and which names in a folder a new photo must not have."""

from landmark_desktop.core.family import FolderIndex, Member, claimed_stems, name_key, stem_of


def family(names: list[str], *files: str) -> dict[str, str]:
    return {member.name: member.rest for member in FolderIndex(names).family(files)}


def test_sidecars_of_all_programs_go_with_their_photo() -> None:
    beside = [
        "IMG_1.jpg.xmp",
        "IMG_1.JPG.pp3",
        "IMG_1.xmp",
        "IMG_1.AAE",
        "IMG_1.CR2.dop",
        "IMG_1.wav",
        "IMG_1.jpg.json",
    ]
    strangers = [
        "IMG_10.jpg",
        "IMG_10.xmp",
        "IMG_1.txt",
        "IMG_1b.xmp",
        "IMG_1.JPG.xmp",
        "notes.xmp",
        ".IMG_1.xmp",
        "IMG_1.json",
    ]
    names = ["IMG_1.jpg", "IMG_1.CR2", *beside, *strangers]
    assert family(names, "IMG_1.jpg", "IMG_1.CR2") == {
        "IMG_1.jpg": ".jpg",
        "IMG_1.CR2": ".CR2",
        "IMG_1.AAE": ".AAE",
        "IMG_1.CR2.dop": ".CR2.dop",
        "IMG_1.jpg.json": ".jpg.json",
        "IMG_1.jpg.xmp": ".jpg.xmp",
        "IMG_1.wav": ".wav",
        "IMG_1.xmp": ".xmp",
    }


def test_further_edits_of_darktable_go_along_unless_they_belong_to_a_photo_of_that_name() -> None:
    names = ["a.jpg", "a.jpg.xmp", "a_01.jpg.xmp", "a_02.jpg.xmp", "a_02.jpg", "a_1.jpg.xmp", "a_01.png.xmp"]
    assert family(names, "a.jpg") == {"a.jpg": ".jpg", "a.jpg.xmp": ".jpg.xmp", "a_01.jpg.xmp": "_01.jpg.xmp"}
    assert family(names, "a_02.jpg") == {"a_02.jpg": ".jpg", "a_02.jpg.xmp": ".jpg.xmp"}


def test_a_sidecar_that_serves_another_photo_too_is_shared() -> None:
    members = FolderIndex(["a.jpg", "a.tif", "a.xmp", "a.jpg.xmp"]).family(["a.jpg"])
    assert members == [Member("a.jpg", ".jpg"), Member("a.jpg.xmp", ".jpg.xmp"), Member("a.xmp", ".xmp", shared=True)]
    assert not any(member.shared for member in FolderIndex(["a.jpg", "a.cr2", "a.xmp"]).family(["a.jpg", "a.cr2"]))


def test_files_keep_what_follows_their_stem_under_another_name() -> None:
    index = FolderIndex(["IMG_1.jpg", "img_1.CR2", "IMG_1_01.jpg.xmp", "img_1.CR2.xmp"])
    renamed = [member.renamed("x (2)") for member in index.family(["IMG_1.jpg", "img_1.CR2"])]
    assert renamed == ["x (2).jpg", "x (2).CR2", "x (2)_01.jpg.xmp", "x (2).CR2.xmp"]


def test_a_new_photo_must_not_become_a_pair_or_take_over_a_sidecar() -> None:
    claimed = claimed_stems(["IMG_1.CR2", "Île.jpg", "b.jpg.xmp", "c_01.jpg.xmp", "d.mov"])
    assert all(name_key(stem) in claimed for stem in ("img_1", "I\u0302LE", "B", "c", "c_01", "d"))
    assert name_key("IMG") not in claimed


def test_a_hidden_name_and_one_without_ending_are_their_own_stems() -> None:
    assert [stem_of(name) for name in (".hidden", "plain", "a.b.jpg")] == [".hidden", "plain", "a.b"]
