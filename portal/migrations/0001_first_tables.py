"""The first tables. A frozen copy: it stays as it is when the models move on."""

from peewee import *  # noqa: F403, as the runner writes it
from portal.models.base import Instant


def up(migrator, db):
    class User(Model):
        email = CharField(unique=True, max_length=254)
        name = CharField(max_length=100)
        password = CharField(max_length=200)
        staff = CharField(null=True, max_length=20)
        failures = IntegerField(default=0)
        locked_until = Instant(null=True)
        frozen_at = Instant(null=True)
        created_at = Instant()
        class Meta:
            database = db
            table_name = 'user'
    db.create_tables([User])

    class Authenticator(Model):
        id = CharField(primary_key=True, max_length=16)
        user = ForeignKeyField(User, on_delete='CASCADE')
        kind = CharField(max_length=8)
        place = CharField(max_length=16)
        name = CharField(max_length=60, default='')
        number = CharField(index=True, null=True, max_length=16)
        secret = CharField(null=True, max_length=200)
        last_step = BigIntegerField(default=0)
        preferred = BooleanField(default=False)
        added_at = Instant()
        used_at = Instant(null=True)
        class Meta:
            database = db
            table_name = 'authenticator'
    db.create_tables([Authenticator])
    for column in ("user_id", "number"):
        name = "my_account_" + column.removesuffix("_id")
        where = "place = 'my_account'"
        db.execute_sql(f'CREATE UNIQUE INDEX "{name}" ON "authenticator" ("{column}") WHERE {where}')

    class Case(Model):
        user = ForeignKeyField(User, on_delete='CASCADE')
        desk = CharField(max_length=20)
        came = CharField(max_length=8)
        urgent = BooleanField(default=False)
        opened_at = Instant()
        waiting_since = Instant(null=True)
        said_at = Instant()
        person_seen_at = Instant(null=True)
        staff_seen_at = Instant(null=True)
        number = CharField(max_length=16, default='')
        call_when = CharField(max_length=100, default='')
        taken_by = ForeignKeyField(User, null=True, on_delete='SET NULL')
        identified_how = CharField(max_length=12, default='')
        identified_note = CharField(max_length=500, default='')
        identified_by = ForeignKeyField(User, null=True, on_delete='SET NULL')
        identified_at = Instant(null=True)
        closed_at = Instant(null=True)
        class Meta:
            database = db
            table_name = 'case'
            indexes = ((('desk', 'closed_at'), False),)
    db.create_tables([Case])

    class SignIn(Model):
        user = ForeignKeyField(User, on_delete='CASCADE')
        token_digest = CharField(unique=True, max_length=64)
        previous_digest = CharField(index=True, null=True, max_length=64)
        rotated_at = Instant(null=True)
        created_at = Instant()
        seen_at = Instant()
        ended_at = Instant(null=True)
        confirmed_at = Instant(null=True)
        second_step_at = Instant(null=True)
        address = CharField(max_length=45)
        browser = CharField(max_length=200)
        class Meta:
            database = db
            table_name = 'sign_in'
    db.create_tables([SignIn])

    class Company(Model):
        name = CharField(max_length=100)
        phone = CharField(max_length=16, default='')
        address = CharField(max_length=300, default='')
        website = CharField(max_length=200, default='')
        support = CharField(max_length=254, default='')
        second_step_at_sign_in = BooleanField(default=False)
        every_change = BooleanField(default=False)
        waiting_hours = IntegerField(default=0)
        four_eyes = BooleanField(default=False)
        payouts_held_at = Instant(null=True)
        created_at = Instant()
        class Meta:
            database = db
            table_name = 'company'
    db.create_tables([Company])

    class Challenge(Model):
        id = CharField(primary_key=True, max_length=16)
        sign_in = ForeignKeyField(SignIn, on_delete='CASCADE')
        user = ForeignKeyField(User, on_delete='CASCADE')
        company = ForeignKeyField(Company, null=True, on_delete='CASCADE')
        purpose = CharField(max_length=24)
        about = CharField(max_length=80, default='')
        secret = CharField(null=True, max_length=200)
        sends = IntegerField(default=0)
        created_at = Instant()
        passed_at = Instant(null=True)
        passed_by = CharField(null=True, max_length=16)
        passed_how = CharField(null=True, max_length=8)
        open_until = Instant(null=True)
        closed_at = Instant(null=True)
        approved_at = Instant(null=True)
        class Meta:
            database = db
            table_name = 'challenge'
            indexes = ((('sign_in', 'purpose', 'company', 'created_at'), False), (('user', 'open_until'), False))
    db.create_tables([Challenge])

    class Code(Model):
        id = CharField(primary_key=True, max_length=16)
        challenge = ForeignKeyField(Challenge, on_delete='CASCADE')
        authenticator = ForeignKeyField(Authenticator, null=True, on_delete='CASCADE')
        number = CharField(max_length=16)
        channel = CharField(max_length=8)
        digest = CharField(max_length=80)
        ref = CharField(max_length=4)
        sent_at = Instant()
        expires_at = Instant()
        delivery = CharField(max_length=12, default='sending')
        reason = CharField(max_length=20, default='')
        class Meta:
            database = db
            table_name = 'code'
    db.create_tables([Code])

    class Event(Model):
        id = BigAutoField()
        at = Instant(index=True)
        kind = CharField(max_length=40)
        user = IntegerField(index=True, null=True)
        company = IntegerField(index=True, null=True)
        sign_in = IntegerField(null=True)
        address = CharField(max_length=45)
        details = JSONField(default=dict)
        hash = CharField(max_length=90)
        class Meta:
            database = db
            table_name = 'event'
    db.create_tables([Event])

    class Line(Model):
        id = BigAutoField()
        case = ForeignKeyField(Case, on_delete='CASCADE')
        author = ForeignKeyField(User, null=True, on_delete='SET NULL')
        by_staff = BooleanField(default=False)
        text = TextField()
        at = Instant()
        class Meta:
            database = db
            table_name = 'line'
    db.create_tables([Line])

    class Link(Model):
        digest = CharField(unique=True, max_length=64)
        kind = CharField(max_length=12)
        email = CharField(max_length=254)
        user = ForeignKeyField(User, null=True, on_delete='CASCADE')
        company = ForeignKeyField(Company, null=True, on_delete='CASCADE')
        role = CharField(null=True, max_length=20)
        version = IntegerField(null=True)
        made_at = Instant()
        ends_at = Instant()
        used_at = Instant(null=True)
        class Meta:
            database = db
            table_name = 'link'
    db.create_tables([Link])

    class Membership(Model):
        user = ForeignKeyField(User, on_delete='CASCADE')
        company = ForeignKeyField(Company, on_delete='CASCADE')
        role = CharField(max_length=20)
        class Meta:
            database = db
            table_name = 'membership'
            indexes = ((('user', 'company'), True),)
    db.create_tables([Membership])

    class PaymentDraft(Model):
        user = ForeignKeyField(User, on_delete='CASCADE')
        company = ForeignKeyField(Company, on_delete='CASCADE')
        typed = TextField()
        kept_at = Instant()
        class Meta:
            database = db
            table_name = 'payment_draft'
            primary_key = CompositeKey('user', 'company')
    db.create_tables([PaymentDraft])

    class PaymentVersion(Model):
        id = CharField(primary_key=True, max_length=16)
        company = ForeignKeyField(Company, on_delete='CASCADE')
        version = IntegerField()
        details = TextField()
        changed = CharField(max_length=300)
        made_by = ForeignKeyField(User, on_delete='RESTRICT')
        made_at = Instant()
        challenge = ForeignKeyField(Challenge, null=True, on_delete='SET NULL')
        address = CharField(max_length=45, default='')
        verified_how = CharField(max_length=8, default='')
        approved_how = CharField(max_length=20, default='')
        takes_effect_at = Instant()
        four_eyes = BooleanField(default=False)
        seconded_by = ForeignKeyField(User, null=True, on_delete='RESTRICT')
        seconded_at = Instant(null=True)
        held_at = Instant(null=True)
        held_by = CharField(max_length=254, default='')
        class Meta:
            database = db
            table_name = 'payment_version'
            indexes = ((('company', 'version'), True),)
    db.create_tables([PaymentVersion])

    class Quota(Model):
        name = CharField(primary_key=True, max_length=200)
        since = Instant()
        spent = IntegerField()
        class Meta:
            database = db
            table_name = 'quota'
    db.create_tables([Quota])

    class Recovery(Model):
        user = ForeignKeyField(User, on_delete='CASCADE')
        case = ForeignKeyField(Case, on_delete='CASCADE')
        started_by = ForeignKeyField(User, on_delete='RESTRICT')
        started_at = Instant()
        takes_effect_at = Instant()
        shortened_by = ForeignKeyField(User, null=True, on_delete='SET NULL')
        cancelled_at = Instant(null=True)
        done_at = Instant(null=True)
        class Meta:
            database = db
            table_name = 'recovery'
    db.create_tables([Recovery])

    class RecoveryCode(Model):
        user = ForeignKeyField(User, on_delete='CASCADE')
        digest = CharField(max_length=80)
        made_at = Instant()
        used_at = Instant(null=True)
        class Meta:
            database = db
            table_name = 'recovery_code'
    db.create_tables([RecoveryCode])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('recovery_code'))
    migrator.migrate(migrator.drop_table('recovery'))
    migrator.migrate(migrator.drop_table('quota'))
    migrator.migrate(migrator.drop_table('payment_version'))
    migrator.migrate(migrator.drop_table('payment_draft'))
    migrator.migrate(migrator.drop_table('membership'))
    migrator.migrate(migrator.drop_table('link'))
    migrator.migrate(migrator.drop_table('line'))
    migrator.migrate(migrator.drop_table('event'))
    migrator.migrate(migrator.drop_table('code'))
    migrator.migrate(migrator.drop_table('challenge'))
    migrator.migrate(migrator.drop_table('company'))
    migrator.migrate(migrator.drop_table('sign_in'))
    migrator.migrate(migrator.drop_table('case'))
    migrator.migrate(migrator.drop_table('authenticator'))
    migrator.migrate(migrator.drop_table('user'))
