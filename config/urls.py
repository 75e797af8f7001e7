"""Addresses of the site."""

from django.contrib import admin
from django.urls import path

from content import views
from content.admin.people import OwnPasswordView
from content.reports import views as reports

admin.site.index_title = "Control room"

urlpatterns = [
    path("", views.home, name="home"),
    path("roundups/<int:match_id>/", views.roundup, name="roundup"),
    path("rounds/<int:season_id>/<str:slug>/", reports.round_report, name="round_report"),
    path("models/<int:model_id>/seasons/<int:season_id>/", reports.season_report, name="season_report"),
    path("admin/password_change/", admin.site.admin_view(OwnPasswordView.as_view())),
    path("admin/", admin.site.urls),
]
