"""What a process keeps from page to page, and how it knows that it still holds."""
