"""The mails of the site: their kinds, how one is written, how it leaves."""
