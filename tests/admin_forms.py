"""Go through the pages of the admin as a browser does."""

from html.parser import HTMLParser

from django.urls import reverse


def address(model, page, *args):
    """The address of a page of the admin: changelist, add, change, delete."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    return reverse(name, args=args)


def page_of(row):
    return address(type(row), "change", row.pk)


def listed(client, model, **query):
    """The rows of the first page of a list, in order."""
    response = client.get(address(model, "changelist"), query)
    return list(response.context["cl"].result_list)


def save(client, row, changes):
    """Open the page of a row, change it, send it."""
    url = page_of(row)
    return client.post(url, filled(client.get(url), changes))


def add(client, model, changes):
    """Open the page that adds a row, fill it in, send it."""
    url = address(model, "add")
    return client.post(url, filled(client.get(url), changes))


def act(client, action, *rows, query="", **answers):
    """Tick rows of a list and choose an action; answer what it asks, if it asks."""
    url = address(type(rows[0]), "changelist") + query
    keys = [row.pk for row in rows]
    sent = {"action": action, "_selected_action": keys, **answers}
    return client.post(url, sent, follow=True)


class FormReader(HTMLParser):
    """Reads what a page would send, untouched."""

    def __init__(self, page):
        super().__init__()
        self.sent = {}
        self.select = self.textarea = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        kind = attrs.get("type", "text")
        if tag == "input" and "name" in attrs:
            box = kind in {"checkbox", "radio"}
            if kind not in {"file", "submit"} and (not box or "checked" in attrs):
                self.sent[attrs["name"]] = attrs.get("value", "on" if box else "")
        elif tag == "textarea":
            self.textarea = attrs["name"]
            self.sent[self.textarea] = ""
        elif tag == "select":
            self.select = attrs["name"]
            self.sent[self.select] = []
        elif tag == "option" and self.select and "selected" in attrs:
            self.sent[self.select].append(attrs.get("value", ""))

    def handle_data(self, data):
        if self.textarea:
            self.sent[self.textarea] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            text = self.sent[self.textarea]
            self.sent[self.textarea] = text.removeprefix("\r\n").removeprefix("\n")
            self.textarea = None
        elif tag == "select":
            self.select = None


def filled(response, changes=None):
    """What the page would send with some changes; None unticks a box."""
    sent = FormReader(response.text).sent
    data = {**sent, **new_rows(sent, changes or {}), **(changes or {})}
    return {name: value for name, value in data.items() if value is not None}


def new_rows(sent, changes):
    """What the script of the admin copies when a row is added to an inline."""
    rows = {}
    for total, value in changes.items():
        prefix, _, rest = total.rpartition("-TOTAL_FORMS")
        if not prefix or rest:
            continue
        template = f"{prefix}-__prefix__-"
        for number in range(int(sent[total]), int(value)):
            for name in sent:
                if name.startswith(template):
                    rows[name.replace("__prefix__", str(number))] = sent[name]
    return rows


def added(prefix, number, **values):
    """The row of this number, typed in the inline of this prefix."""
    return {
        f"{prefix}-TOTAL_FORMS": number + 1,
        **{f"{prefix}-{number}-{name}": value for name, value in values.items()},
    }


def errors(response):
    """Every message of error of a page, the inlines’ too."""
    found = []
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        found += inline.formset.non_form_errors()
        forms += inline.formset.forms
    for form in forms:
        for messages in form.errors.values():
            found += messages
    return [str(message) for message in found]
