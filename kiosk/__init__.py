"""The touchscreen at the entrance that gives residents their tickets."""
