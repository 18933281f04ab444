# What customer support does for a lost phone is a replacement everywhere; recovery codes keep their word.
def up(migrator, db):
    rename(db, "recovery", "replacement")


def down(migrator, db):
    rename(db, "replacement", "recovery")


def rename(db, old, new):
    db.execute_sql(f'ALTER TABLE "{old}" RENAME TO "{new}"')
    for column in ("user", "case", "started_by", "shortened_by"):
        db.execute_sql(f'DROP INDEX "{old}_{column}_id"')
        db.execute_sql(f'CREATE INDEX "{new}_{column}_id" ON "{new}" ("{column}_id")')
    db.execute_sql("UPDATE link SET kind = ? WHERE kind = ?".replace("?", db.param), (new, old))
