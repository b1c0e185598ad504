"""Booked visits of the sample office for journeys by the real clock, imported beside the running broker."""

from datetime import UTC, datetime, timedelta

from broker.domain.office_file import office_from_toml
from tests.builders import SAMPLE_OFFICE
from tests.running_broker import run_broker

OFFICE = office_from_toml(SAMPLE_OFFICE.read_text(encoding="utf-8"), "sample")


def booked_time(days=0):
    """A time at which a resident who comes now is on time, on the same business day; or so many days later."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    soon, before = now + timedelta(minutes=5), now - timedelta(minutes=5)
    same_day = OFFICE.business_day(soon) == OFFICE.business_day(now)
    return (soon if same_day else before).astimezone(OFFICE.time_zone) + timedelta(days=days)


def imports(broker, *lines):
    """Import a list as the office's staff would; return what they are told."""
    file = broker.folder / "wizyty.csv"
    file.write_text("\ufeffKod;Sprawa;Termin\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    where = ("--database", f"sqlite:///{broker.database}", "--office", str(broker.office))
    done = run_broker("bookings", "import", str(file), *where)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout
