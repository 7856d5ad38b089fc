"""The three formats to the letter, and broken or hostile files in them."""

import json
import logging
import os
import pickle

import pytest

from armoire.data.polyvore import files
from armoire.data.polyvore.files import FormatError
from armoire.data.polyvore.maryland import read_maryland
from armoire.data.polyvore.outfit_data import type_pairs
from armoire.data.polyvore.polyvore_outfits import read_polyvore_outfits
from armoire.data.polyvore.reader import read_outfit_data
from armoire.data.polyvore.repacked import read_repacked
from tests.tiny_polyvore import (
    WRITERS,
    World,
    write_json,
    write_maryland,
    write_named_questions,
    write_polyvore_outfits,
    write_repacked,
)


def change(path, edit) -> None:
    table = json.loads(path.read_text())
    edit(table)
    path.write_text(json.dumps(table))


@pytest.mark.parametrize("format", WRITERS)
def test_all_formats_read_alike(format, tmp_path):
    data = read_outfit_data(WRITERS[format](tmp_path), format, "disjoint")
    assert {name: len(part.outfits) for name, part in data.parts.items()} == {
        "train": 2,
        "valid": 1,
        "test": 5,
    }
    test = data.parts["test"]
    # Indices have gaps: 200_5 is the third item.
    assert test.outfits[0].items == ("11", "12", "13")
    assert test.questions[0].items == ("11", "13")
    assert test.questions[0].answers == ("15", "12", "18", "20")
    assert [q.right for q in test.questions] == [1, 2, 1]
    assert [line.label for line in test.lines] == [1, 1, 1, 1, 0, 0]
    assert test.lines[4].items == ("11", "15", "18")
    assert data.items["12"].category == "12"
    assert data.items["12"].image.is_file()
    # Items 1 and 3 are the same in train and test.
    assert data.parts["train"].item_ids() & test.item_ids() == {"1", "3"}
    assert not data.skipped


def test_polyvore_metadata(tmp_path):
    data = read_polyvore_outfits(write_polyvore_outfits(tmp_path), "disjoint")
    assert data.items["11"].kind == "tops"
    assert data.items["11"].name == "Title 11"
    # No title: the name in the address.
    assert data.items["1"].name == "red tops"
    assert data.parts["test"].outfits[0].title == "All red"
    assert data.parts["test"].outfits[1].title == ""


def test_the_misspelt_key_and_the_category_table_stand_in(tmp_path):
    root = write_polyvore_outfits(tmp_path)

    def edit(table):
        for key in ("title", "url_name", "semantic_category"):
            del table["11"][key]

    change(root / "polyvore_item_metadata.json", edit)
    item = read_polyvore_outfits(root, "disjoint").items["11"]
    assert (item.kind, item.name) == ("tops", "tops")


def test_an_item_without_metadata_has_no_category(tmp_path, caplog):
    root = write_polyvore_outfits(tmp_path)
    change(root / "polyvore_item_metadata.json", lambda table: table.pop("11"))
    data = read_polyvore_outfits(root, "disjoint")
    assert (data.items["11"].category, data.items["11"].kind) == ("", "")
    assert "1 items of outfits are not in it" in caplog.text


class Explosive:
    """Unpickling it makes a folder."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def test_typespaces_are_derived_and_the_pickle_is_never_opened(tmp_path):
    root = write_polyvore_outfits(tmp_path / "set")
    trap = tmp_path / "sprung"
    (root / "disjoint" / "typespaces.p").write_bytes(pickle.dumps(Explosive(trap)))
    data = read_polyvore_outfits(root, "disjoint")
    # Train has top + bottom + shoe, and top + bottom.
    assert type_pairs(data) == [("bottoms", "shoes"), ("bottoms", "tops"), ("shoes", "tops")]
    assert not trap.exists()


@pytest.mark.parametrize("format", ["polyvore", "maryland"])
def test_the_right_answer_is_of_the_same_set_wherever_it_stands(format, tmp_path):
    world = World()
    world.questions[0][2] = ["200_2", "201_2", "202_7", "203_2"]
    data = read_outfit_data(WRITERS[format](tmp_path, world), format, "disjoint")
    questions = data.parts["test"].questions
    assert [q.right for q in questions] == [0, 2, 1]
    assert questions[1].place == "fill_in_blank_test.json[1]"


@pytest.mark.parametrize(
    ("answers", "count"),
    [(["201_2", "203_2"], 0), (["200_2", "200_5", "201_2"], 2)],
)
def test_a_question_without_exactly_one_right_answer_is_skipped(answers, count, tmp_path, caplog):
    world = World()
    world.questions[0][2] = answers
    data = read_polyvore_outfits(write_polyvore_outfits(tmp_path, world), "disjoint")
    assert len(data.parts["test"].questions) == 2
    assert data.skipped == {"fill_in_blank_test.json": 1}
    expected = f"entry 0 skipped: {count} of its answers are of the question's set 200"
    assert expected in caplog.text


def test_a_question_of_two_sets_is_skipped(tmp_path, caplog):
    world = World()
    world.questions[0][0] = ["200_1", "201_1"]
    read_polyvore_outfits(write_polyvore_outfits(tmp_path, world), "disjoint")
    assert "entry 0 skipped: its items are of 2 sets" in caplog.text


def test_maryland_takes_both_spellings(tmp_path, caplog):
    root = write_maryland(tmp_path)
    for before, after in (
        ("fill_in_blank_test.json", "fill_in_the_blank_test.json"),
        ("fashion_compatibility_prediction.txt", "fashion-compatibility-prediction.txt"),
    ):
        (root / before).rename(root / after)
    data = read_maryland(root)
    assert (len(data.parts["test"].questions), len(data.parts["test"].lines)) == (3, 6)
    # With both there, the archive's spelling is read, and the log says so.
    world = World()
    world.questions = world.questions[:1]
    write_named_questions(root / "fill_in_blank_test.json", world)
    assert len(read_maryland(root).parts["test"].questions) == 1
    assert "read instead of fill_in_the_blank_test.json" in caplog.text


def test_maryland_without_a_product_number_names_items_by_set(tmp_path):
    root = write_maryland(tmp_path)

    def edit(table):
        table[0]["items"][0]["image"] = None

    change(root / "test_no_dup.json", edit)
    data = read_maryland(root)
    assert data.parts["test"].outfits[0].items == ("200_1", "12", "13")
    assert data.items["200_1"].image == root / "images" / "200" / "1.jpg"


def test_a_repacked_label_that_contradicts_the_outfits_is_skipped(tmp_path, caplog):
    world = World()
    world.questions[0][3] = 3
    data = read_repacked(write_repacked(tmp_path, world), "disjoint")
    assert len(data.parts["test"].questions) == 2
    assert "entry 0 skipped: label 3 contradicts the outfits" in caplog.text


def test_repacked_tasks_are_read_without_outfits(tmp_path):
    root = write_repacked(tmp_path)
    for name in ("train", "valid", "test"):
        (root / "disjoint" / f"{name}.json").unlink()
    data = read_repacked(root, "disjoint")
    assert [q.right for q in data.parts["test"].questions] == [1, 2, 1]
    assert not data.parts["test"].outfits


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2 200_1 200_2", "label '2' is neither 0 nor 1"),
        ("1 200_1", "1 items"),
        ("1 200_1 200_9", "'200_9' is in no outfit"),
        ("1 200_1 ../../etc/passwd", "is no id"),
        ("1 200_1 2002", "is not of the form setid_index"),
        ("1 " + "200_1 " * 101, "101 items"),
        ("\x00\x01", "items"),
    ],
)
def test_a_broken_line_is_skipped_by_number(line, reason, tmp_path, caplog):
    root = write_polyvore_outfits(tmp_path)
    path = root / "disjoint" / "compatibility_test.txt"
    path.write_text(line + "\n" + path.read_text())
    data = read_polyvore_outfits(root, "disjoint")
    assert len(data.parts["test"].lines) == 6
    assert f"{path}: line 1 skipped: " in caplog.text
    assert reason in caplog.text


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"items": []}, "no 'set_id'"),
        ({"set_id": "9", "items": []}, "set 9 has no items"),
        ({"set_id": "9", "items": 7}, "a list expected"),
        ({"set_id": "9", "items": [{"item_id": "1"}]}, "no 'index'"),
        ({"set_id": "9", "items": [{"item_id": "../x", "index": 1}]}, "'../x' is no id"),
        ({"set_id": True, "items": []}, "'True' is no id"),
        ({"set_id": "9", "items": [{"item_id": 1, "index": 1}] * 2}, "has index 1 twice"),
        ({"set_id": "9", "items": [{"item_id": 1, "index": 1}] * 101}, "101 items"),
        ({"set_id": 200, "items": [{"item_id": 1, "index": 1}]}, "set 200 is there already"),
        (None, "not subscriptable"),
        ("text", "string"),
    ],
)
def test_a_broken_outfit_is_skipped_by_entry(entry, reason, tmp_path, caplog):
    root = write_polyvore_outfits(tmp_path)
    path = root / "disjoint" / "test.json"
    change(path, lambda table: table.append(entry))
    data = read_polyvore_outfits(root, "disjoint")
    assert len(data.parts["test"].outfits) == 5
    assert f"{path}: entry 5 skipped: " in caplog.text
    assert reason in caplog.text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"set_id": "1",\n"items"', "line 2, column 8: not JSON"),
        ('{"set_id": 1}', "a list expected, not dict"),
        ("[" * 100_000, "not JSON"),
        ("[1" + "0" * 5000 + "]", "not JSON"),
        ("\xff\xfe\x00", "not JSON"),
    ],
)
def test_a_file_that_is_not_json_is_refused(text, reason, tmp_path):
    root = write_polyvore_outfits(tmp_path)
    path = root / "disjoint" / "test.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(FormatError, match=reason) as raised:
        read_polyvore_outfits(root, "disjoint")
    assert str(path) in str(raised.value)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path, monkeypatch):
    root = write_polyvore_outfits(tmp_path)
    with (root / "disjoint" / "test.json").open("r+b") as file:
        file.truncate(files.MAX_BYTES + 1)
    with pytest.raises(FormatError, match="at most"):
        read_polyvore_outfits(root, "disjoint")


def test_an_endless_line_is_refused(tmp_path):
    root = write_polyvore_outfits(tmp_path)
    path = root / "disjoint" / "compatibility_test.txt"
    path.write_text("1 200_1 200_2\n1 " + "x" * files.MAX_LINE)
    with pytest.raises(FormatError, match="line 2: longer than"):
        read_polyvore_outfits(root, "disjoint")


@pytest.mark.parametrize("format", WRITERS)
def test_another_folder_is_refused_by_name(format, tmp_path):
    with pytest.raises(FormatError, match=str(tmp_path)):
        read_outfit_data(tmp_path, format, "disjoint")


def test_ten_thousand_broken_entries_do_not_flood_the_log(tmp_path, caplog):
    root = write_maryland(tmp_path)
    write_json(root / "valid_no_dup.json", [None] * 10_000)
    with caplog.at_level(logging.WARNING):
        data = read_maryland(root)
    assert data.skipped == {"valid_no_dup.json": 10_000}
    assert len(caplog.records) == files.MAX_WARNINGS + 1


def test_another_format_is_no_format(tmp_path):
    with pytest.raises(ValueError, match="format must be one of"):
        read_outfit_data(tmp_path, "pog")
