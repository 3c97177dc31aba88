"""What a user may do to a study: enter, complete, sign. No Qt, no SQL; the window and the command line share it."""
