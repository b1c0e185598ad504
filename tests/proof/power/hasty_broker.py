"""The broker, but with `synchronous=NORMAL`: it answers before the disk has it, and a power cut must show that."""

import sys

from broker.__main__ import main
from broker.store import database

FULL, NORMAL = "synchronous=FULL", "synchronous=NORMAL"

assert FULL in database._PRAGMAS
database._PRAGMAS = tuple(pragma.replace(FULL, NORMAL) for pragma in database._PRAGMAS)
sys.exit(main())
