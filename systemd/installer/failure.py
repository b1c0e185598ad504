"""Why an installation could not go on."""


class CannotInstall(Exception):
    """One line for whoever installs: what is wrong, and what to do."""
