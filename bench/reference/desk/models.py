"""Our tables, as Django sees them; it does not manage them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class StoredJson(models.JSONField):
    """A column of type `json`: psycopg has parsed it already, as it does not with `jsonb`."""

    def from_db_value(self, value, expression, connection):
        return value


class User(models.Model):
    email = models.TextField()

    class Meta:
        managed = False
        db_table = "users"


class Role(models.Model):
    id = models.UUIDField(primary_key=True)
    name = models.TextField()

    class Meta:
        managed = False
        db_table = "roles"


class Project(models.Model):
    name = models.TextField()

    class Meta:
        managed = False
        db_table = "projects"


class Person(models.Model):
    id = models.UUIDField(primary_key=True)
    project = models.ForeignKey(Project, models.DO_NOTHING)
    name = models.TextField()
    distinct_ids = ArrayField(models.TextField())
    properties = StoredJson()
    created_at = models.DateTimeField()
    is_identified = models.BooleanField()

    class Meta:
        managed = False
        db_table = "persons"


class PersonDistinctId(models.Model):
    pk = models.CompositePrimaryKey("project_id", "distinct_id")
    project = models.ForeignKey(Project, models.DO_NOTHING)
    distinct_id = models.TextField()
    person = models.ForeignKey(Person, models.DO_NOTHING)

    class Meta:
        managed = False
        db_table = "person_distinct_ids"


class Ticket(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    project = models.ForeignKey(Project, models.DO_NOTHING)
    ticket_number = models.BigIntegerField()
    channel_source = models.TextField(default="widget")
    channel_detail = models.TextField(null=True)
    distinct_id = models.TextField(default="")
    status = models.TextField(default="new")
    priority = models.TextField(null=True)
    assignee_user = models.ForeignKey(User, models.DO_NOTHING, null=True)
    assignee_role = models.ForeignKey(Role, models.DO_NOTHING, null=True)
    anonymous_traits = models.JSONField(default=dict)
    identity_verified = models.BooleanField(null=True)
    ai_resolved = models.BooleanField(default=False)
    escalation_reason = models.TextField(null=True)
    ai_triage = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    message_count = models.IntegerField(default=0)
    last_message_at = models.DateTimeField(null=True)
    last_message_text = models.TextField(null=True)
    unread_team_count = models.IntegerField(default=0)
    unread_customer_count = models.IntegerField(default=0)
    session_id = models.TextField(null=True)
    session_context = models.JSONField(default=dict)
    sla_due_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    email_subject = models.TextField(null=True)
    email_from = models.TextField(null=True)
    email_to = models.TextField(null=True)
    cc_participants = ArrayField(models.TextField(), default=list)
    tags = ArrayField(models.TextField(), default=list)
    deleted_at = models.DateTimeField(null=True)
    distinct = models.ForeignObject(
        PersonDistinctId,
        models.DO_NOTHING,
        from_fields=["project_id", "distinct_id"],
        to_fields=["project_id", "distinct_id"],
        null=True,
    )

    class Meta:
        managed = False
        db_table = "tickets"


class Message(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    project = models.ForeignKey(Project, models.DO_NOTHING)
    ticket = models.ForeignKey(Ticket, models.DO_NOTHING)
    author_type = models.TextField()
    author_user = models.ForeignKey(User, models.DO_NOTHING, null=True)
    content = models.TextField()
    is_private = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        managed = False
        db_table = "messages"
