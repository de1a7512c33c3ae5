"""The addresses of the news. Paths are French and public: they never break."""

from django.urls import path

from news import views

app_name = "news"
urlpatterns = [
    path("actualites/", views.ArticleListView.as_view(), name="articles"),
    path("actualites/<slug:slug>/", views.ArticleView.as_view(), name="article"),
]
