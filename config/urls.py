"""Addresses of the site."""

from django.contrib import admin
from django.urls import path

from content import views

admin.site.index_title = "All pages"

urlpatterns = [
    path("", views.home, name="home"),
    path("roundups/<int:match_id>/", views.roundup, name="roundup"),
    path("admin/", admin.site.urls),
]
