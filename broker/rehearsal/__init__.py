"""An office without hardware: residents, clerks and devices that act through the contract."""
