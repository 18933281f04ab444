# Generated from a schema diff on 2026-11-23 02:40.
from peewee import *

def up(migrator, db):
    migrator.migrate(migrator.add_column('user', 'language', CharField(max_length=8, default='')))


def down(migrator, db):
    migrator.migrate(migrator.drop_column('user', 'language'))
