"""The words of the text panel: two lines of at most sixteen characters for every state, refusal and confirmation.

An empty second line is filled with the queue, a blank one stays blank. Keys are the contract's desk states and
error codes.
"""

Words = dict[str, tuple[str, str]]

POLISH: Words = {
    "waiting": ("CZEKA: {waiting}", ""),
    "closed": ("ZAMKNIĘTE", ""),
    "free": ("WOLNE", ""),
    "calling": ("{number} WEZWANY", ""),
    "serving": ("{number} W OBSŁUDZE", ""),
    "paused": ("PRZERWA", ""),
    "recall": ("{number}", "WEZWANY PONOWNIE"),
    "no_show": ("{number}", "NIEOBECNOŚĆ"),
    "no_connection": ("BRAK POŁĄCZENIA", "POCZEKAJ CHWILĘ"),
    "busy": ("CZEKAM NA", "ODPOWIEDŹ"),
    "bad_request": ("BŁĘDNE POLECENIE", "WEZWIJ SERWIS"),
    "unknown_category": ("NIEZNANA SPRAWA", ""),
    "unknown_desk": ("NIEZNANE", "STANOWISKO"),
    "unknown_ticket": ("NIE MA TAKIEGO", "NUMERU"),
    "category_closed": ("SPRAWA ZAMKNIĘTA", ""),
    "category_full": ("LIMIT WYCZERPANY", ""),
    "desk_closed": ("STANOWISKO", "ZAMKNIĘTE"),
    "desk_taken": ("STANOWISKO", "ZAJĘTE"),
    "nothing_waiting": ("NIKT NIE CZEKA", " "),
    "too_soon": ("ZA SZYBKO", "NACIŚNIJ PÓŹNIEJ"),
    "illegal_move": ("TEGO TERAZ", "NIE MOŻNA"),
    "target_unavailable": ("CEL NIEDOSTĘPNY", "NUMER ZOSTAJE"),
    "not_allowed": ("BRAK UPRAWNIEŃ", " "),
    "storage_failed": ("NIE ZAPISANO", "SPRÓBUJ PONOWNIE"),
}

ENGLISH: Words = {
    "waiting": ("WAITING: {waiting}", ""),
    "closed": ("CLOSED", ""),
    "free": ("FREE", ""),
    "calling": ("{number} CALLED", ""),
    "serving": ("{number} SERVING", ""),
    "paused": ("PAUSED", ""),
    "recall": ("{number}", "CALLED AGAIN"),
    "no_show": ("{number}", "DID NOT COME"),
    "no_connection": ("NO CONNECTION", "PLEASE WAIT"),
    "busy": ("WAITING FOR", "AN ANSWER"),
    "bad_request": ("BAD REQUEST", "CALL SERVICE"),
    "unknown_category": ("UNKNOWN MATTER", ""),
    "unknown_desk": ("UNKNOWN", "DESK"),
    "unknown_ticket": ("NO SUCH", "NUMBER"),
    "category_closed": ("MATTER CLOSED", ""),
    "category_full": ("NO MORE TICKETS", ""),
    "desk_closed": ("THIS DESK", "IS CLOSED"),
    "desk_taken": ("THIS DESK", "IS TAKEN"),
    "nothing_waiting": ("NOBODY WAITS", " "),
    "too_soon": ("TOO SOON", "PRESS LATER"),
    "illegal_move": ("NOT POSSIBLE", "NOW"),
    "target_unavailable": ("NOT AVAILABLE", "NUMBER STAYS"),
    "not_allowed": ("NOT ALLOWED", " "),
    "storage_failed": ("NOT SAVED", "PRESS AGAIN"),
}

UKRAINIAN: Words = {
    "waiting": ("У ЧЕРЗІ: {waiting}", ""),
    "closed": ("ЗАЧИНЕНО", ""),
    "free": ("ВІЛЬНО", ""),
    "calling": ("{number} ВИКЛИКАНО", ""),
    "serving": ("{number} НА ПРИЙОМІ", ""),
    "paused": ("ПЕРЕРВА", ""),
    "recall": ("{number}", "ПОВТОРНИЙ ВИКЛИК"),
    "no_show": ("{number}", "НЕЯВКА"),
    "no_connection": ("НЕМАЄ ЗВ'ЯЗКУ", "ЗАЧЕКАЙТЕ"),
    "busy": ("ЧЕКАЮ", "НА ВІДПОВІДЬ"),
    "bad_request": ("ХИБНА КОМАНДА", "ВИКЛИЧТЕ СЕРВІС"),
    "unknown_category": ("НЕВІДОМА СПРАВА", ""),
    "unknown_desk": ("НЕВІДОМЕ", "ВІКОНЦЕ"),
    "unknown_ticket": ("НЕМАЄ ТАКОГО", "НОМЕРА"),
    "category_closed": ("ПРИЙОМ ЗАКРИТО", ""),
    "category_full": ("ТАЛОНІВ НЕМАЄ", ""),
    "desk_closed": ("ВІКОНЦЕ", "ЗАЧИНЕНО"),
    "desk_taken": ("ВІКОНЦЕ", "ЗАЙНЯТЕ"),
    "nothing_waiting": ("НІХТО НЕ ЧЕКАЄ", " "),
    "too_soon": ("ЗАШВИДКО", "НАТИСНІТЬ ЗГОДОМ"),
    "illegal_move": ("ЦЕ ЗАРАЗ", "НЕМОЖЛИВО"),
    "target_unavailable": ("НЕДОСТУПНО", "НОМЕР ЛИШАЄТЬСЯ"),
    "not_allowed": ("НЕМАЄ ДОЗВОЛУ", " "),
    "storage_failed": ("НЕ ЗБЕРЕЖЕНО", "НАТИСНІТЬ ЩЕ РАЗ"),
}

WORDS: dict[str, Words] = {"pl": POLISH, "en": ENGLISH, "uk": UKRAINIAN}
