"""The rules of the queue. Pure: the standard library only; no clock, no logging, no files, no network."""
