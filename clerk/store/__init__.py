"""Where everything is kept: an encrypted file, its migrations, numbers, search keys, drafts and the journal of events.

Importing this room loads SQLAlchemy; the window does so after its first paint.
"""

from clerk.store.drafts import Draft, DraftJournal, Saved
from clerk.store.households import ChangedMeanwhile
from clerk.store.store import Store, UnitOfWork, View, open_store

__all__ = ["ChangedMeanwhile", "Draft", "DraftJournal", "Saved", "Store", "UnitOfWork", "View", "open_store"]
