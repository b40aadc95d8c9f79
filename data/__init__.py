"""Where it is kept: store, change history, keys, migrations, and the content files.

May import `schema` only. The only room that knows SQLAlchemy sessions and the database driver.
"""
