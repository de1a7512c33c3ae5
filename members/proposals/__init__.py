"""What members propose: forms, drafts, diffs, and what a decision writes.

The only writer of the state of a proposal is `members/moderation.py`.
"""
