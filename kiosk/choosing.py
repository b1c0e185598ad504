"""The screens to choose from, in words: groups, matters, priority classes. Pure functions."""

import math
from collections.abc import Sequence

from msgspec.structs import replace

from broker.contract.messages import Category, Group, Menu

from .checking_in import check_in_button
from .menu import can_be_taken, has_own_letter, matters_of, start_entries
from .opening import opens
from .panel import plan
from .phrases import expected_wait, people_waiting, side_by_side
from .place import Matters, Priorities, Start
from .places import desks_in_words
from .signs import HANDS, sign_link
from .speech.ear import wait_for_the_ear
from .state import State
from .tongue import Tongue, own_name, plain
from .view import Button, Choice, View

DESK_LETTERS = 40


def start(state: State, tongue: Tongue) -> View:
    """Show the groups of matters."""
    assert state.menu is not None
    assert isinstance(state.place, Start)
    entries = start_entries(state.menu)
    choices = [
        _group(state.menu, entry, tongue) if isinstance(entry, Group) else matter_choice(state.menu, entry, tongue)
        for entry in entries
    ]
    return paged(
        View(
            "start",
            heading=tongue.words.gettext("What is your visit about?"),
            lines=(tongue.words.gettext("Touch your matter to get a number."),),
            buttons=(search_button(tongue), *check_in_button(state, tongue), *_priority_button(state, tongue)),
        ),
        choices,
        state,
        tongue,
    )


def matters(state: State, tongue: Tongue) -> View:
    """Show the matters of one group."""
    assert state.menu is not None
    place = state.place
    assert isinstance(place, Matters)
    group = next((group for group in state.menu.groups if group.id == place.group), None)
    return paged(
        View(
            "matters",
            heading=tongue.name(group.name) if group else "",
            lines=(tongue.words.gettext("Touch your matter to get a number."),),
            buttons=(
                Button("back", tongue.words.gettext("Back")),
                search_button(tongue),
                *_priority_button(state, tongue),
            ),
        ),
        [matter_choice(state.menu, category, tongue) for category in matters_of(state.menu, place.group)],
        state,
        tongue,
    )


def priorities(state: State, tongue: Tongue) -> View:
    """Show the classes of residents whose place is earlier."""
    assert state.menu is not None
    assert isinstance(state.place, Priorities)
    classes = [
        Choice(
            f"priority:{priority.id}",
            tongue.name(priority.name),
            tongue.words.ngettext(
                "your place in the queue is %d minute earlier",
                "your place in the queue is %d minutes earlier",
                priority.head_start_minutes,
            )
            % priority.head_start_minutes,
        )
        for priority in state.menu.priorities
    ]
    none = [Choice("priority:none", tongue.words.gettext("Without priority"))] if state.priority else []
    return paged(
        View(
            "priorities",
            heading=tongue.words.gettext("Priority"),
            lines=(tongue.words.gettext("Choose if it applies to you. You need not choose anything."),),
            buttons=(Button("back", tongue.words.gettext("Back")),),
        ),
        none + classes,
        state,
        tongue,
    )


def languages(state: State, tongue: Tongue) -> View:
    """Show the languages, each by its own name."""
    return paged(
        View(
            "languages",
            heading=tongue.words.gettext("Language"),
            buttons=(Button("back", tongue.words.gettext("Back")),),
        ),
        [Choice(f"language:{code}", own_name(code)) for code in tongue.languages],
        state,
        tongue,
    )


def search_button(tongue: Tongue) -> Button:
    """Return the way to the search."""
    return Button("search", tongue.words.gettext("Search"), icon="search")


def _priority_button(state: State, tongue: Tongue) -> tuple[Button, ...]:
    """Return the way to the priority classes; that one is chosen is shown, which one is nobody else's business."""
    if not (state.menu and state.menu.priorities):
        return ()
    return (Button("priority", tongue.words.gettext("Priority"), chosen=state.priority is not None),)


def paged(shown: View, choices: Sequence[Choice], state: State, tongue: Tongue) -> View:
    """Show all of the choices, or as many as can be read and hit at once, and how to turn to the others."""
    divided = plan(state.panel, state.modes)
    if len(choices) <= divided.at_once:
        return replace(shown, choices=tuple(choices))
    per_page = divided.per_page
    page = min(getattr(state.place, "page", 0), (len(choices) - 1) // per_page)
    words, of_matters = tongue.words, isinstance(state.place, Start | Matters)
    previous = words.gettext("Previous matters") if of_matters else words.gettext("Previous")
    more = words.gettext("More matters") if of_matters else words.gettext("More")
    turns = []
    if page > 0:
        turns.append(Button(f"page:{page - 1}", previous))
    if (page + 1) * per_page < len(choices):
        turns.append(Button(f"page:{page + 1}", more))
    return replace(
        shown,
        choices=tuple(choices[page * per_page : (page + 1) * per_page]),
        pages=tuple(turns),
        page=(page + 1, math.ceil(len(choices) / per_page)),
    )


def _group(menu: Menu, group: Group, tongue: Tongue) -> Choice:
    matters = matters_of(menu, group.id)
    note = ""
    if not any(category.open for category in matters):
        note = tongue.words.gettext("Closed now")
    elif all(category.open and category.full for category in matters):
        note = tongue.words.gettext("No more numbers today")
    return Choice(
        f"group:{group.id}",
        tongue.name(group.name),
        detail=side_by_side(tongue.name(category.name) for category in matters),
        note=note,
        opens=True,
    )


def matter_choice(menu: Menu, category: Category, tongue: Tongue) -> Choice:
    """Return a matter as something to take: how many wait, how long, where; or why not now, and where else."""
    words = tongue.words
    shown = Choice(
        f"matter:{category.id}",
        tongue.name(category.name),
        badge=plain(category.letter) if has_own_letter(menu, category) else "",
        also=f"group:{category.group}",
    )
    signed = sign_link(category, tongue)
    shown = replace(shown, icon=HANDS if signed else "")
    if can_be_taken(category):
        wait = expected_wait(words, category.wait_minutes) if category.waiting else ""
        where = desks_in_words(menu, category.desks, tongue, DESK_LETTERS)
        people = people_waiting(words, category.waiting)
        signs = words.gettext("information in sign language") if signed else ""
        return replace(
            shown,
            detail=side_by_side((people, wait, where)),
            said=side_by_side((people, wait and wait_for_the_ear(words, category.wait_minutes), where, signs)),
        )
    elsewhere = side_by_side(tongue.listed(category.alternatives))
    return replace(
        shown,
        note=_why_not(menu, category, tongue),
        detail=words.gettext("Without a visit: %s") % elsewhere if elsewhere else "",
    )


def _why_not(menu: Menu, category: Category, tongue: Tongue) -> str:
    """Say that no number can be had, and until when."""
    words = tongue.words
    if category.opens_at is None:
        return words.gettext("No more numbers today") if category.open else words.gettext("Closed now")
    again = opens(tongue, category.opens_at, menu.day)
    if category.open:
        return words.gettext("No more numbers today, again %s") % again
    return words.gettext("Closed now, open again %s") % again
