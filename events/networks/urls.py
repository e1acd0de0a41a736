"""Addresses of the first run and of the network."""

from django.urls import path

from events.networks.pages import clusters, communities, lists, network, schools
from events.networks.setup import pages as setup

urlpatterns = [
    path("setup/", setup.start, name="setup"),
    path("setup/<slug:code>/", setup.step, name="setup_step"),
    path("network/", network.network, name="network"),
    path("network/terms/<str:code>/", network.terms, name="network_terms"),
    path("network/programmes/", network.programmes, name="network_programmes"),
    path("network/schools/", schools.schools, name="network_schools"),
    path("network/schools/new/<str:code>/", schools.add, name="network_school_add"),
    path("network/schools/<int:school_id>/", schools.school, name="network_school"),
    path("network/schools/<int:school_id>/close/", schools.close, name="network_school_close"),
    path("network/import/", lists.lists, name="network_lists"),
    path("network/import/<int:roster_id>/", lists.one, name="network_list"),
    path("network/import/<slug:kind>/", lists.take_over, name="network_import"),
    path("communities/", communities.communities, name="communities"),
    path("communities/<slug:code>/", communities.community, name="community"),
    path("communities/<slug:code>/belong/", communities.belong, name="community_belong"),
    path("clusters/<slug:slug>/", clusters.cluster, name="cluster"),
    path("clusters/<slug:slug>/edit/", clusters.edit, name="cluster_edit"),
]
