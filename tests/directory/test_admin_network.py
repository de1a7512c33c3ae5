"""The staff’s page of the network, which is one."""

from directory.models import Network
from tests.admin_forms import add, added, address, filled
from tests.factories import NetworkFactory, NetworkPartnerFactory, OfficeFactory

LIST = address(Network, "changelist")
ADD = address(Network, "add")
PAGE = address(Network, "change", Network.ONLY_KEY)


def test_the_list_goes_straight_to_the_network(staff_client):
    NetworkFactory()

    assert staff_client.get(LIST).url == PAGE


def test_the_list_goes_to_the_empty_form_before_the_network_is_described(staff_client):
    assert staff_client.get(LIST).url == ADD


def test_the_network_is_described_with_its_offices_and_partners(staff_client):
    changes = {
        "name": "Réseau d’ailleurs",
        "phones": "04 00 00 00 00\n04 00 00 00 01",
        **added("offices", 0, address="1, quai Neuf", postcode="13001", city="Ici"),
        **added("partners", 0, name="La Région"),
    }

    add(staff_client, Network, changes)

    network = Network.objects.get()
    assert network.phones == ["04 00 00 00 00", "04 00 00 00 01"]
    assert network.offices.get().city == "Ici"
    assert network.partners.get().name == "La Région"


def test_a_second_network_cannot_be_described_nor_the_first_deleted(staff_client):
    NetworkFactory()
    delete = address(Network, "delete", Network.ONLY_KEY)

    assert staff_client.get(ADD).status_code == 403
    assert staff_client.post(delete, {"post": "yes"}).status_code == 403
    assert Network.objects.exists()


def test_the_same_partner_is_not_named_twice(staff_client):
    NetworkPartnerFactory(name="La Région")
    OfficeFactory()
    changes = added("partners", 1, name="La Région")

    data = filled(staff_client.get(PAGE), changes)
    response = staff_client.post(PAGE, data, follow=True)

    assert response.status_code == 200
    assert Network.objects.get().partners.count() == 1


def test_a_partner_named_twice_in_one_go_gives_no_error_page(staff_client):
    NetworkFactory()
    changes = {**added("partners", 0, name="État"), **added("partners", 1, name="État")}

    data = filled(staff_client.get(PAGE), changes)
    response = staff_client.post(PAGE, data, follow=True)

    assert response.status_code == 200
    assert not Network.objects.get().partners.exists()
