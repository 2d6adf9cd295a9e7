"""What is taken and answered."""

from rest_framework import serializers

from desk.models import Message, Person, Role, Ticket, User


class PersonSerializer(serializers.ModelSerializer):
    class Meta:
        model = Person
        fields = ["id", "name", "distinct_ids", "properties", "created_at", "is_identified"]


class UserSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = ["id", "email"]


class RoleSerializer(serializers.ModelSerializer):
    class Meta:
        model = Role
        fields = ["id", "name"]


class TicketSerializer(serializers.ModelSerializer):
    assignee_user = UserSerializer(read_only=True)
    assignee_role = RoleSerializer(read_only=True)
    person = PersonSerializer(source="distinct.person", read_only=True, allow_null=True)

    class Meta:
        model = Ticket
        fields = [
            "id", "ticket_number", "channel_source", "channel_detail", "distinct_id", "status",
            "priority", "assignee_user", "assignee_role", "anonymous_traits", "identity_verified",
            "ai_resolved", "escalation_reason", "ai_triage", "created_at", "updated_at",
            "message_count", "last_message_at", "last_message_text", "unread_team_count",
            "unread_customer_count", "session_id", "session_context", "sla_due_at",
            "snoozed_until", "email_subject", "email_from", "email_to", "cc_participants", "tags",
            "person",
        ]  # fmt: skip
        read_only_fields = [
            "id", "ticket_number", "created_at", "updated_at", "message_count", "last_message_at",
            "last_message_text", "unread_team_count", "unread_customer_count",
        ]  # fmt: skip


class MessageSerializer(serializers.ModelSerializer):
    class Meta:
        model = Message
        fields = ["id", "author_type", "author_user", "content", "is_private", "created_at"]


class ReplySerializer(serializers.Serializer):
    message = serializers.CharField(max_length=5000)
    is_private = serializers.BooleanField(default=False)
