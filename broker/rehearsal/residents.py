"""Who comes to the sample office, when, and what they touch. Pure."""

from msgspec import Struct

from broker.contract.messages import Menu

# After this part of the rehearsal nobody comes any more, so that those who came are served.
DOORS_CLOSE = 0.6


class Visit(Struct, frozen=True):
    """One resident: when they come, in seconds, and what they came for."""

    at: float
    category: str
    language: str = "pl"
    priority: str | None = None


AT_THE_KIOSK = (
    Visit(0.0, "id-cards"),
    Visit(5.0, "population", language="uk"),
    Visit(11.0, "business", language="en"),
    Visit(16.0, "id-cards", priority="small-child"),
    Visit(22.0, "drivers"),
)
# At a second kiosk, which is heard and not seen.
ELSEWHERE = (
    Visit(0.2, "id-cards"),
    Visit(0.8, "population"),
    Visit(1.4, "drivers"),
    Visit(2.0, "id-cards"),
    Visit(2.6, "business"),
    Visit(3.4, "vehicles"),
    Visit(4.5, "population", priority="elderly"),
    Visit(6.0, "id-cards"),
    Visit(7.5, "vehicles"),
    Visit(9.0, "drivers"),
    Visit(10.5, "id-cards", language="en"),
    Visit(13.0, "population"),
    Visit(16.0, "id-cards", priority="disability"),
    Visit(20.0, "vehicles"),
)


def coming(visits: tuple[Visit, ...], seconds: float) -> list[Visit]:
    """Return those who come to a rehearsal of so many seconds."""
    return [visit for visit in visits if visit.at <= seconds * DOORS_CLOSE]


def taps(visit: Visit, menu: Menu) -> list[str]:
    """Return what a resident touches on the kiosk, one after the other, to get the number."""
    names = []
    if visit.language != menu.languages[0]:
        names.append(f"language:{visit.language}")
    if visit.priority is not None:
        names += ["priority", f"priority:{visit.priority}"]
    group = next(category.group for category in menu.categories if category.id == visit.category)
    if sum(category.group == group for category in menu.categories) > 1:
        names.append(f"group:{group}")
    return [*names, f"matter:{visit.category}"]
