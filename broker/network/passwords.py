"""Passwords that nobody chooses: for devices."""

import secrets

from broker.contract.pairing import ALPHABET, PASSWORD_LENGTH


def new_password() -> str:
    """Return a password of 140 random bits, in signs that can be read off a screen and typed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PASSWORD_LENGTH))
