"""The same paths as ours."""

from django.http import HttpResponse
from django.urls import include, path
from rest_framework.routers import DefaultRouter

from desk.views import TicketViewSet

router = DefaultRouter()
router.register("tickets", TicketViewSet, basename="ticket")

urlpatterns = [
    path("livez", lambda request: HttpResponse("ok")),
    path("api/projects/<int:project_id>/conversations/", include(router.urls)),
]
