"""Every code of a problem that a health may carry, and what to do about it, in the order of docs/contract.md."""

PROBLEM_CODES: dict[str, dict[str, str]] = {
    "printer": {
        "pl": "włóż papier, zamknij pokrywę, włącz drukarkę albo sprawdź kabel",
        "en": "put in paper, close the cover, switch the printer on or check its cable",
    },
    "speech": {
        "pl": "sprawdź głośnik kiosku i programy espeak-ng i aplay",
        "en": "check the kiosk's loudspeaker and the programs espeak-ng and aplay",
    },
    "screen": {
        "pl": "daj użytkownikowi okienko prawo do układu graficznego (grupy video i render)",
        "en": "let the user okienko use the graphics chip (groups video and render)",
    },
    "sound": {
        "pl": "sprawdź głośnik ekranu, kartę dźwiękową i głośność",
        "en": "check the wall's loudspeaker, its sound card and the volume",
    },
    "memory": {
        "pl": "sprawdź kartę pamięci ekranu: pełna albo tylko do odczytu",
        "en": "check the wall's card: full, or read-only",
    },
    "keypad": {
        "pl": "włóż wtyczkę klawiatury; sprawdź nazwę portu w desk.toml",
        "en": "plug the keypad in; check the name of its port in desk.toml",
    },
    "lamp": {
        "pl": "sprawdź przewód lampki i numer pinu w desk.toml",
        "en": "check the lamp's wire and its pin in desk.toml",
    },
    "buzzer": {
        "pl": "sprawdź przewód brzęczyka i numer pinu w desk.toml",
        "en": "check the buzzer's wire and its pin in desk.toml",
    },
    "unknown_desk": {
        "pl": "wpisz stanowisko do office.toml albo popraw jego numer w desk.toml",
        "en": "add the desk to office.toml, or put its id right in desk.toml",
    },
    "cut_off": {
        "pl": "nadaj drugiemu urządzeniu inny identyfikator: dwa mają ten sam",
        "en": "give the second device another id: two have the same",
    },
    "clock": {
        "pl": "podłącz serwer czasu albo ustaw zegar: sudo timedatectl set-time",
        "en": "connect a time server, or set the clock: sudo timedatectl set-time",
    },
    "storage": {
        "pl": "sprawdź kartę pamięci brokera: pełna, tylko do odczytu, uszkodzona",
        "en": "check the broker's card: full, read-only, broken",
    },
    "database": {
        "pl": "przywróć plik bazy na miejsce, zanim broker zostanie uruchomiony ponownie",
        "en": "put the database's file back before the broker is started again",
    },
    "disk": {
        "pl": "usuń z karty brokera to, co zbędne, albo włóż większą",
        "en": "remove what is not needed from the broker's card, or put in a larger one",
    },
    "slow_disk": {
        "pl": "zrób kopię i przygotuj nową kartę: ta może być zużyta",
        "en": "make a backup and have a new card at hand: this one may be worn out",
    },
    "backup": {
        "pl": "sprawdź folder albo pamięć USB na kopie",
        "en": "check the folder or the USB stick for the copies",
    },
    "log": {
        "pl": "uruchom okienko-broker verify i zapytaj administratora, kto zmieniał bazę",
        "en": "run okienko-broker verify, and ask who changed the database",
    },
    "retention": {
        "pl": "uruchom okienko-broker verify; stare dni zostają, póki log nie jest cały",
        "en": "run okienko-broker verify; old days stay until the log is whole",
    },
    "flood": {
        "pl": "wyłącz to urządzenie albo skreśl je: okienko-broker device revoke",
        "en": "switch that device off, or strike it off: okienko-broker device revoke",
    },
    "temperature": {
        "pl": "odsłoń otwory wentylacyjne, sprawdź wentylator",
        "en": "uncover the air slits, check the fan",
    },
    "under_voltage": {
        "pl": "użyj zasilacza producenta; odłącz to, co bierze prąd z portów USB",
        "en": "use the maker's power supply; unplug what draws power from the USB ports",
    },
}


def what_to_do(code: str, language: str) -> str | None:
    """Return what to do about a problem; None for the code of a later version."""
    words = PROBLEM_CODES.get(code)
    return None if words is None else words.get(language, words["en"])
