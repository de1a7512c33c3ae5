"""The demonstration network, made by `manage.py load_demo`.

Real facts of public pages (files `real_….json`, each row with its page) surrounded by
invented organisations, people and projects, whose addresses end in `.example`. Nothing
invented is said of a real organisation, but for one name: a page that we reproduce
names the representative of Aix-en-Provence, and no real person is named here.
"""
