"""The client of the bench, before a server that says what it is told."""

import gzip
import socket
import threading

import pytest

from bench.client import BadAnswer, Client

PAGE = b'<section data-total="1234"><article class="card" data-key="a"></article>'


@pytest.fixture
def serve():
    """Answer every connection with the same bytes: `serve(raw)` gives the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    requests = []

    def start(raw):
        def work():
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    requests.append(connection.recv(65_536))
                    connection.sendall(raw)

        threading.Thread(target=work, daemon=True).start()
        return listener.getsockname()[1], requests

    yield start
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def answer(body, status=b"200 OK", head=b""):
    return b"HTTP/1.1 " + status + b"\r\n" + head + b"\r\n" + body


def test_a_page_is_asked_for_as_a_browser_behind_a_proxy_does(serve):
    port, requests = serve(answer(PAGE))

    found = Client(port).get("/annuaire/?q=eau")

    assert requests[0].startswith(b"GET /annuaire/?q=eau HTTP/1.1\r\n")
    assert b"Accept-Encoding: gzip\r\n" in requests[0]
    assert b"X-Forwarded-Proto: https\r\n" in requests[0]
    assert found.milliseconds > 0


def test_results_are_what_a_listing_says_compressed_or_not(serve):
    packed = answer(gzip.compress(PAGE), head=b"Content-Encoding: gzip\r\n")
    port, _ = serve(packed)

    assert Client(port).get("/").results == 1234


def test_results_are_counted_where_a_listing_says_no_number(serve):
    port, _ = serve(answer(b'<article class="card"></article>' * 3))

    assert Client(port).get("/").results == 3


@pytest.mark.parametrize("at_once", [1, 4])
def test_every_address_is_asked_for_in_turn(serve, at_once):
    port, requests = serve(answer(PAGE))
    client = Client(port)

    times = client.load(["/a", "/b"], 6, at_once)

    assert len(times) == client.asked == 6
    paths = sorted(request.split()[1] for request in requests)
    assert paths == [b"/a"] * 3 + [b"/b"] * 3


@pytest.mark.parametrize("at_once", [1, 4])
def test_an_error_is_never_a_figure(serve, at_once):
    port, _ = serve(answer(b"", status=b"500 Internal Server Error"))

    with pytest.raises(BadAnswer, match=r"/a.*500"):
        Client(port).load(["/a"], 5, at_once)
