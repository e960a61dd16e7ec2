"""Filing: household, applications and events in one unit of work, and the draft is done. Qt-free."""
