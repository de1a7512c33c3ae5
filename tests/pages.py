"""Read a page as its visitor does: its words, its links, its boxes to tick."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit


class Page(HTMLParser):
    """What a response shows; `Page(response).text` has single spaces."""

    def __init__(self, response):
        super().__init__()
        self.words, self.links, self.boxes, self.images = [], {}, {}, []
        self.current = {}
        self.title, self._open = "", []
        self.keys, self.counts, self.total = [], {}, None
        self.feed(response.content.decode())
        self.text = " ".join(" ".join(self.words).split())

    @property
    def main(self):
        """What the page says of its own, without the menu of the site."""
        _menu, crumb, rest = self.text.partition("Accueil")
        assert crumb, "The page has no breadcrumb."
        return rest

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self._note(values)
        if tag == "input" and values.get("type") == "checkbox":
            box = (values["name"], values["value"])
            self.boxes[box] = "checked" in values
        elif tag == "img":
            self.images.append(values)
        elif values.get("role") == "img":
            self.handle_data(values["aria-label"])
        elif tag == "a":
            self.handle_data(values.get("aria-label", ""))
            self._open.append((values, []))

    def _note(self, values):
        if "data-key" in values:
            self.keys.append(values["data-key"])
        if "data-total" in values:
            self.total = int(values["data-total"])
        if "data-count" in values:
            option = (values["data-facet"], values["data-value"])
            self.counts[option] = int(values["data-count"])

    def handle_endtag(self, tag):
        if tag == "a" and self._open:
            values, words = self._open.pop()
            text = values.get("aria-label") or " ".join(" ".join(words).split())
            self.links[text] = values
            if "aria-current" in values:
                self.current[text] = values["aria-current"]

    def handle_data(self, data):
        if self.get_starttag_text() == "<title>" and not self.title:
            self.title = data
        if any("aria-label" in values for values, _words in self._open):
            return  # The name of a link stands for what is in it.
        self.words.append(data)
        for _values, words in self._open:
            words.append(data)

    def href(self, words):
        """Where the link with these words leads."""
        return self.links[words]["href"]

    @property
    def pictures(self):
        """The images that say something: those with an alternative."""
        return [image for image in self.images if image["alt"]]

    def query(self, words):
        """The query string of the link with these words."""
        return parse_qs(urlsplit(self.href(words)).query)

    def values_of(self, name):
        """The values to tick of a facet, in the page's order."""
        return [value for facet, value in self.boxes if facet == name]

    def ticked(self, name):
        """The values ticked of a facet."""
        return [
            value for (facet, value), on in self.boxes.items() if facet == name and on
        ]
