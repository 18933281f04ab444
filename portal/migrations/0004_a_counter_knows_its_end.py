# A counter has its limit and its end in its row, so that one statement can spend several. What is counted begins anew.
from peewee import BigIntegerField, IntegerField


def up(migrator, db):
    db.execute_sql("DELETE FROM quota")
    migrator.migrate(
        migrator.add_column("quota", "ends_at", BigIntegerField(default=0)),
        migrator.add_column("quota", "most", IntegerField(default=0)),
    )


def down(migrator, db):
    migrator.migrate(migrator.drop_column("quota", "ends_at"), migrator.drop_column("quota", "most"))
