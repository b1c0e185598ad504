"""The sensors of a Raspberry Pi, on files as its kernel writes them."""

from datetime import UTC, datetime

import pytest

from broker.contract.computer import LOOK_EVERY_S, REMEMBER_S, Computer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# What `grep -r . /sys/class/hwmon /sys/class/thermal` shows on a Raspberry Pi 4 with a fan.
RECORDED = {
    "class/hwmon/hwmon0/name": "cpu_thermal\n",
    "class/hwmon/hwmon0/temp1_input": "51608\n",
    "class/hwmon/hwmon1/name": "rpi_volt\n",
    "class/hwmon/hwmon1/in0_lcrit_alarm": "0\n",
    "class/thermal/thermal_zone0/type": "cpu-thermal\n",
    "class/thermal/thermal_zone0/temp": "51608\n",
    "class/thermal/cooling_device0/type": "pwm-fan\n",
}


class Pi:
    """A computer whose sensors say what the test wants, and whose time passes when told."""

    def __init__(self, root):
        self.root = root
        self.seconds = 0.0
        self.computer = Computer(root, lambda: self.seconds, lambda: NOW)
        for name, text in RECORDED.items():
            self.writes(name, text)

    def writes(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def degrees(self, celsius):
        self.writes("class/thermal/thermal_zone0/temp", f"{celsius * 1000:.0f}\n")
        return self.after(LOOK_EVERY_S)

    def alarm(self, state):
        self.writes("class/hwmon/hwmon1/in0_lcrit_alarm", f"{state}\n")
        return self.after(LOOK_EVERY_S)

    def after(self, seconds):
        self.seconds += seconds
        return [(problem.code, problem.detail) for problem in self.computer.problems()]


@pytest.fixture
def pi(tmp_path):
    return Pi(tmp_path)


def test_nothing_is_wrong_with_a_cool_pi_nor_with_a_computer_without_sensors(pi, tmp_path):
    assert pi.after(0) == []
    assert Computer(tmp_path / "nothing").problems() == []


def test_a_pi_that_slows_down_from_warmth_says_so_until_it_is_cool_again(pi):
    warm = [("temperature", "the computer is 80 °C warm or more and slows down")]
    seen = [pi.degrees(celsius) for celsius in (79, 81, 84, 86, 76, 74, 79)]
    warmer = [("temperature", "the computer is 85 °C warm or more and slows down")]
    assert seen == [[], warm, warm, warmer, [("temperature", warm[0][1].replace("80", "75"))], [], []]


def test_a_drop_of_the_voltage_is_told_for_ten_minutes(pi):
    low = [("under_voltage", "the power supply gives too little voltage")]
    assert [pi.alarm(0), pi.alarm(1), pi.alarm(0)] == [[], low, low]
    assert pi.after(REMEMBER_S - 2 * LOOK_EVERY_S) == low
    assert pi.after(LOOK_EVERY_S) == []


def test_the_sensors_are_read_only_now_and_then(pi):
    assert pi.after(0) == []
    pi.writes("class/hwmon/hwmon1/in0_lcrit_alarm", "1\n")
    assert pi.after(LOOK_EVERY_S / 2) == []
    assert len(pi.after(LOOK_EVERY_S / 2)) == 1


def test_a_problem_keeps_the_time_at_which_it_began(pi):
    pi.degrees(81)
    (problem,) = pi.computer.problems()
    assert problem.since == NOW


@pytest.mark.parametrize("garbage", ["", "hot\n", "-\n"])
def test_a_sensor_that_says_nothing_sensible_is_no_problem(pi, garbage):
    pi.writes("class/thermal/thermal_zone0/temp", garbage)
    assert pi.alarm(garbage) == []
