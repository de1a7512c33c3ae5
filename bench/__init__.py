"""The instrument of `make bench`: what the pages cost, beside an almost empty one."""
