"""A printer's answers, found among all that it says."""

import pytest

from kiosk.printing.replies import Kind, Reply, replies

UNASKED = bytes((0x14, 0x12, 0x12, 0x12))  # whose later bytes look like answers


@pytest.mark.parametrize(
    ("received", "said"),
    [
        (b"", []),
        (b"\x12", [(Kind.STATUS, b"\x12")]),
        (UNASKED, [(Kind.REPORT, UNASKED)]),
        (UNASKED + b"\x1e", [(Kind.REPORT, UNASKED), (Kind.STATUS, b"\x1e")]),
        (b"\x11\x13\xff", []),
        (b"\xff\x72", [(Kind.STATUS, b"\x72")]),
        (b"\x00", [(Kind.PRINTED, b"\x00")]),
        (b"\x12\x0c", [(Kind.STATUS, b"\x12"), (Kind.PRINTED, b"\x0c")]),
        (b"\x37\x25\x00\x03", [(Kind.CALLED_OFF, b"\x37\x25\x00"), (Kind.PRINTED, b"\x03")]),
        (b"\x10\x0f\x01\x02\x00\x12\x12", [(Kind.FULL, b"\x01\x02\x00\x12"), (Kind.STATUS, b"\x12")]),
    ],
)
def test_every_kind_of_answer_is_told_from_the_others(received, said):
    assert replies(received) == (tuple(Reply(*each) for each in said), b"")


@pytest.mark.parametrize("whole", [UNASKED, b"\x37\x25\x00", b"\x10\x0f\x00\x00\x00\x00"])
def test_an_answer_that_comes_in_pieces_is_put_together(whole):
    for cut in range(1, len(whole)):
        begun, rest = replies(whole[:cut])
        assert begun == ()
        ((reply,), nothing) = replies(rest + whole[cut:])
        assert (whole.endswith(reply.body), nothing) == (True, b"")


def test_any_bytes_at_all_are_read_to_their_end():
    for first in range(256):
        for second in range(256):
            found, rest = replies(bytes((first, second, 0x12, 0x12, 0x12, 0x12)))
            assert len(rest) < 6
            assert all(reply.body for reply in found)
