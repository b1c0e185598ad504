"""The paper ticket: laid out, turned into a printer's bytes, and brought onto paper by one thread."""
