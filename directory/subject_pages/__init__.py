"""The pages of countries, sectors and goals: who is at work on each."""
