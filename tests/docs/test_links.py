"""The pages lead somewhere."""

import re

import pytest

from tests.docs.pages import DOCS, page


@pytest.mark.parametrize("name", sorted(path.name for path in DOCS.glob("*.md")))
def test_a_link_from_a_page_leads_somewhere(name):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page(name))
    assert [link for link in links if not (DOCS / link).exists()] == []
