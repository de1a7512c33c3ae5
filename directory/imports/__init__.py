"""Spreadsheets into the register: read, checked, reported, and only then written.

`structures.run` and `projects.run` are the two verbs; both return a `reports.Report`
and print nothing, so that the commands and the admin say the same thing.
"""
