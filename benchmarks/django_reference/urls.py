"""The two addresses of the reference: the page, and the same list as JSON."""

from django.urls import path

from benchmarks.django_reference.views import NeedList, NeedPage, needs_as_json

urlpatterns = [
    path("needs", NeedList.as_view(), name="needs"),
    path("needs/<uuid:need_id>", NeedPage.as_view(), name="need"),
    path("api/v1/needs", needs_as_json),
]
