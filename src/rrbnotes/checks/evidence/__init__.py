"""What several rules go by: what a note says of its actions, how it is set, what a board usually does."""
