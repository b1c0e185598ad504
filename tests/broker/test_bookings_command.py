"""`okienko-broker bookings`: an office's list goes in whole or not at all, also while the broker runs."""

from datetime import timedelta

import pytest

from broker.bookings_command import main
from tests.broker.conftest import MONDAY_MORNING

HEADINGS = "kod;sprawa;termin;minuty;stan\n"
TUESDAY = "24.11.2026 10:00"


class Office:
    """The office's staff at the command line, beside the broker."""

    def __init__(self, hallway, capsys, folder):
        self.hallway = hallway
        self._capsys = capsys
        self._file = folder / "wizyty.csv"
        self._database = hallway._url

    def says(self, *words):
        """Give a command; return its status, and what it said and complained of, line by line."""
        status = main([*words, "--database", self._database], self.hallway.now)
        said = self._capsys.readouterr()
        return status, said.out.splitlines(), said.err.splitlines()

    def imports(self, *lines):
        self._file.write_text(HEADINGS + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        status, said, wrong = self.says("import", str(self._file))
        return status, [line.replace(f"{self._file}", "FILE") for line in said + wrong]

    @property
    def listed(self):
        return self.says("list")[1]


@pytest.fixture
def staff(hallway, capsys, tmp_path):
    return Office(hallway, capsys, tmp_path)


def test_a_list_goes_in_and_the_same_list_again_changes_nothing(staff):
    lines = (f"482913;id-cards;{TUESDAY};20;", "000017;POJAZDY;2026-11-23 11:00;;")
    first = staff.imports(*lines)
    listed = staff.listed
    assert first == (0, ["FILE: 2 new"])
    assert listed == ["000017  2026-11-23 11:00  vehicles", "482913  2026-11-24 10:00  id-cards  20 min"]
    assert staff.imports(*lines) == (0, ["FILE: 2 as before"])
    assert staff.listed == listed


def test_a_later_list_moves_a_visit_and_cancels_another(staff):
    staff.imports(f"482913;id-cards;{TUESDAY};;", f"482914;id-cards;{TUESDAY};;", f"482915;fees;{TUESDAY};;")
    said = staff.imports("482913;id-cards;25.11.2026 12:00;;", "482914;;;;odwołana", "999999;;;;odwołana")
    assert said == (0, ["FILE: 1 moved or changed, 1 cancelled"])
    assert staff.listed == ["482915  2026-11-24 10:00  fees", "482913  2026-11-25 12:00  id-cards"]


def test_one_bad_line_and_nothing_is_imported(staff):
    staff.imports(f"482913;id-cards;{TUESDAY};;")
    before = staff.listed
    said = staff.imports(f"482914;id-cards;{TUESDAY};;", "482913;;;;odwołana", "4829x;id-cards;jutro;;")
    assert said == (
        2,
        [
            "okienko-broker: FILE, line 4: code '4829x' should be six digits, like 048213",
            "okienko-broker: FILE: nothing was imported",
        ],
    )
    assert staff.listed == before


def test_a_visit_that_has_its_number_is_neither_moved_nor_cancelled_nor_removed(staff):
    staff.imports("482913;fees;2026-11-23 09:30;;")
    assert staff.hallway.ask("check_in", code="482913")["ticket"]["number"] == "O001"
    for line in (f"482913;id-cards;{TUESDAY};;", "482913;;;;odwołana"):
        assert staff.imports(line) == (0, ["FILE: 1 checked in already, left as they were"])
    removed = staff.says("remove", "482913")
    assert removed == (1, [], ["okienko-broker: 482913: checked in already, number O001"])
    assert staff.listed == ["482913  2026-11-23 09:30  fees  O001"]


def test_a_visit_is_removed_by_its_code(staff):
    staff.imports(f"482913;id-cards;{TUESDAY};;")
    assert staff.says("remove", "482 913") == (0, [], [])
    assert staff.says("remove", "482913") == (1, [], ["okienko-broker: 482913: no such booking"])


def test_the_visits_of_one_day_can_be_listed(staff):
    staff.imports(f"482913;id-cards;{TUESDAY};;", "482914;id-cards;25.11.2026 10:00;;")
    assert staff.says("list", "--day", "2026-11-25")[1] == ["482914  2026-11-25 10:00  id-cards"]
    assert staff.says("list", "--day", "2026-11-26")[1] == []


def test_days_that_are_over_are_forgotten_and_not_taken_in_again(staff):
    lines = (f"482913;id-cards;{TUESDAY};;", "482914;id-cards;26.11.2026 10:00;;")
    staff.imports(*lines)
    staff.hallway.now = MONDAY_MORNING + timedelta(days=3)
    assert staff.imports(*lines) == (0, ["FILE: 1 as before, 1 of days past, left out"])
    assert staff.listed == ["482914  2026-11-26 10:00  id-cards"]


def test_what_cannot_be_done_is_said_in_one_line(staff, tmp_path):
    assert staff.says("import", str(tmp_path / "none.csv"))[2] == [
        f"okienko-broker: {tmp_path / 'none.csv'}: No such file or directory"
    ]
    status = main(["list", "--database", f"sqlite:///{tmp_path / 'none.db'}"])
    assert status == 2
    with pytest.raises(SystemExit) as ended:
        staff.says("remove", "12345")
    assert ended.value.code == 2
