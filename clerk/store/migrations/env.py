"""Run by Alembic: the connection is given by `clerk.store.migrate`, which began its transaction."""

from __future__ import annotations

from alembic import context

from clerk.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=context.config.attributes["connection"].dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
