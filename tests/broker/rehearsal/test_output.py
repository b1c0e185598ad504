"""The folder of a rehearsal is emptied only if a rehearsal made it."""

import pytest

from broker.rehearsal.failures import Failed
from broker.rehearsal.output import Output


def test_the_folder_of_an_earlier_rehearsal_is_emptied(tmp_path):
    output = Output(tmp_path / "demo")
    output.prepare()
    output.tickets.mkdir()
    (output.tickets / "D001.png").touch()
    (output.folder / "wall-1.png").touch()
    output.prepare()
    assert [path.name for path in output.folder.iterdir() if path.name[0] != "."] == ["logs"]


def test_an_empty_folder_is_taken(tmp_path):
    Output(tmp_path).prepare()
    assert (tmp_path / "logs").is_dir()


def test_somebody_elses_folder_is_left_alone(tmp_path):
    thesis = tmp_path / "thesis.odt"
    thesis.touch()
    with pytest.raises(Failed, match="holds files that no rehearsal made"):
        Output(tmp_path).prepare()
    with pytest.raises(Failed, match="--output names a folder"):
        Output(thesis).prepare()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]
