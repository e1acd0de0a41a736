"""What a browser sends back from the pages that take a list over."""

import html
import io
import re


def upload(client, data, path="/setup/schools/", **more):
    file = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    file.name = more.pop("file_name", "schools.csv")
    return client.post(path, {"do": "preview", "country": "HR", "file": file, **more})


def hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    return html.unescape(found[1]) if found else ""


def fields_of(page):
    """What a browser would send back: hidden fields and the chosen option of each select."""
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    for name, inner in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page.text, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        sent[name] = chosen[1] if chosen else ""
    return sent


def confirm(client, page, path="/setup/schools/", **more):
    return client.post(path, {**fields_of(page), "do": "confirm", **more})
