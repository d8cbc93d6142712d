"""The documents, as the server of the page has them."""

import pytest

from bpssim.report.documents.pages import document_files


def test_every_file_of_the_documents_is_served_as_it_is_written(client):
    for name, content in document_files().items():
        answer = client.get(f"/docs/{name}")
        assert (answer.status_code, answer.content) == (200, content), name
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert client.get("/docs/search.js").headers["content-type"].startswith("text/javascript")


def test_the_list_of_documents_is_at_the_root(client):
    assert client.get("/docs/").content == document_files()["index.html"]


@pytest.mark.parametrize("name", ["nothing.html", "contents.yaml", "..%2f..%2fpyproject.toml"])
def test_nothing_else_is_served_there(client, name):
    answer = client.get(f"/docs/{name}")
    assert (answer.status_code, answer.text) == (404, "There is no such document.\n")
