"""The overview page in a browser: how long until it is drawn, and until a filter shows."""

import shutil
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_ROUNDS = 5
# From setting out for the file until the table is drawn and the filters answer, as the browser's own clock has it.
_DRAWN = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(
    Math.max(performance.getEntriesByType("navigation")[0].loadEventEnd, performance.getEntriesByName("first-contentful-paint")[0].startTime)))))"""
# From choosing until the rows stand where they belong, laid out: every filter on and off again, and another order.
_FILTERED = """() => {
    const choose = (id, value) => {
        const field = document.getElementById(id), start = performance.now();
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        document.getElementById("map").getBoundingClientRect();
        return performance.now() - start;
    };
    const all = [["district", "0"], ["phase", "0"], ["level", "1"], ["movement", "0"], ["name", "st"], ["order", "name"]];
    return all.flatMap(([id, value]) => [choose(id, value), choose(id, "")]);
}"""


@dataclass(frozen=True)
class PageTimes:
    """Seconds until the page is drawn, and of the slowest of its filters; medians of several goes."""

    drawn: float
    filtered: float


def measure_page(path: Path) -> PageTimes | None:
    """Opens the page as an officer does; None where there is no Chromium to open it in."""
    command = shutil.which("chromium") or shutil.which("chromium-browser")
    if command is None or find_spec("playwright") is None:
        return None
    from playwright.sync_api import sync_playwright

    drawn: list[float] = []
    filtered: list[float] = []
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=command) as browser:
        for _ in range(_ROUNDS):
            with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
                page = context.new_page()
                page.goto(path.as_uri())
                drawn.append(page.evaluate(_DRAWN) / 1000)
                times: Sequence[float] = page.evaluate(_FILTERED)
                filtered.append(max(times) / 1000)
    return PageTimes(statistics.median(drawn), statistics.median(filtered))
