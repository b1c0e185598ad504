"""Names of pauses, cut so that a clerk still reads them."""

import pytest

from desk_terminal.fitting import fitting


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("NARADA", "NARADA"),
        ("PRZERWA ŚNIADANIOWA", "PRZERWA ŚNIADAN."),
        ("OBSŁUGA KORESPONDENCJI", "OBSŁUGA KORESPO."),
        ("KONSULTACJE Z KIEROWNIKIEM", "KONSULTACJE"),
        ("PRACA W TERENIE I W ARCHIWUM", "PRACA W TERENIE"),
        ("POMOC W KANCELARI I W BIURZE", "POMOC W KANCELA."),
        ("SZKOLENIA ZESPÓŁ PIERWSZY", "SZKOLENIA ZESPÓŁ"),
        ("NIEOBECNOŚĆUSPRAWIEDLIWIONA", "NIEOBECNOŚĆUSPR."),
        ("  NA   CHWILĘ ", "NA CHWILĘ"),
        ("", ""),
    ],
)
def test_a_name_is_cut_where_it_still_reads(name, shown):
    assert fitting(name, 16) == shown
    assert len(shown) <= 16
