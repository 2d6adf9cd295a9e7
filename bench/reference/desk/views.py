"""The viewset of tickets."""

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Max, Sum
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from desk.models import Message, Project, Ticket
from desk.serializers import MessageSerializer, ReplySerializer, TicketSerializer

_UNREAD_SECONDS = 30


class TicketViewSet(viewsets.ModelViewSet):
    serializer_class = TicketSerializer

    def get_queryset(self):
        tickets = Ticket.objects.filter(
            project_id=self.kwargs["project_id"], deleted_at__isnull=True
        ).select_related("assignee_user", "assignee_role", "distinct__person")
        if wanted := self.request.query_params.get("status"):
            tickets = tickets.filter(status__in=wanted.split(","))
        return tickets.order_by("-updated_at", "-ticket_number")

    def retrieve(self, request, *args, **kwargs):
        ticket = self.get_object()
        if ticket.unread_team_count:
            ticket.unread_team_count = 0
            ticket.save(update_fields=["unread_team_count"])
            cache.delete(self._unread_key())
        return Response(self.get_serializer(ticket).data)

    def perform_create(self, serializer):
        project_id = self.kwargs["project_id"]
        with transaction.atomic():
            Project.objects.select_for_update().get(pk=project_id)
            last = Ticket.objects.filter(project_id=project_id).aggregate(n=Max("ticket_number"))
            serializer.save(project_id=project_id, ticket_number=(last["n"] or 0) + 1)

    @action(detail=True, methods=["post"])
    def reply(self, request, *args, **kwargs):
        body = ReplySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        text = body.validated_data["message"]
        with transaction.atomic():
            ticket = self.get_object()
            message = Message.objects.create(
                project_id=ticket.project_id,
                ticket=ticket,
                author_type="support",
                content=text,
                is_private=body.validated_data["is_private"],
            )
            Ticket.objects.filter(pk=ticket.pk).update(
                message_count=F("message_count") + 1,
                unread_customer_count=F("unread_customer_count") + 1,
                last_message_at=message.created_at,
                last_message_text=text[:500],
                updated_at=message.created_at,
            )
        return Response(MessageSerializer(message).data, status=status.HTTP_201_CREATED)

    @action(detail=False)
    def unread_count(self, request, *args, **kwargs):
        count = cache.get(self._unread_key())
        if count is None:
            unresolved = self.get_queryset().exclude(status="resolved").order_by()
            count = unresolved.aggregate(n=Sum("unread_team_count"))["n"] or 0
            cache.set(self._unread_key(), count, _UNREAD_SECONDS)
        return Response({"count": count})

    def _unread_key(self):
        return f"unread:{self.kwargs['project_id']}"
