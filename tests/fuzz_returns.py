"""A longer fuzz of the reader: `python tests/fuzz_returns.py MINUTES`.

Hypothesis over the parts of the zip: a part is changed, cut or taken out and the archive made whole again, so that the damage
reaches past the zip itself. `test_hostile.py` runs a little of it each time."""

import sys
import time
import zipfile
from contextlib import suppress
from datetime import date
from io import BytesIO

import click
from conftest import CYCLE, OTHER, ROOT, complete
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pebble import ProcessExpired

from pipeline.readers.config import load_configuration
from pipeline.runner.deliveries import Delivery
from pipeline.runner.expecting import expect
from pipeline.runner.isolation import IsolatedProcesses
from pipeline.runner.working import Briefing, Task, work_on
from pipeline.runner.workspace import open_workspace

configuration, _ = load_configuration(ROOT / "config")
assert configuration is not None
GOOD = complete(OTHER, configuration)
EXPECTED = expect([OTHER], configuration, CYCLE)
with zipfile.ZipFile(BytesIO(GOOD)) as archive:
    PARTS = {name: archive.read(name) for name in archive.namelist()}
TOKENS = [b"<", b">", b'"', b"&", b"&#0;", b"<!DOCTYPE x>", b"#REF!", b'r="XFD1048576"', b"999999999", b"-1", b"\xff\xfe", b""]

edits = st.lists(
    st.tuples(
        st.sampled_from(sorted(PARTS)),
        st.integers(0, 10**6),
        st.one_of(st.sampled_from(TOKENS), st.binary(max_size=12)),
        st.integers(0, 40),
    ),
    min_size=1,
    max_size=6,
)


def build(changes: list[tuple[str, int, bytes, int]]) -> bytes:
    parts = dict(PARTS)
    for name, where, what, gone in changes:
        part = parts.get(name, b"")
        place = where % (len(part) + 1)
        parts[name] = part[:place] + what + part[place + gone :]
        if where % 97 == 0:
            parts.pop(name)
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as out:
        for name, part in parts.items():
            out.writestr(name, part)
    return result.getvalue()


def main(minutes: float) -> None:
    until, tried = time.monotonic() + 60 * minutes, 0

    @given(changes=edits)
    @settings(max_examples=2000, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    def read_one(changes: list[tuple[str, int, bytes, int]]) -> None:
        nonlocal tried
        if time.monotonic() < until:
            tried += 1
            with suppress(ProcessExpired):  # calamine aborts on some cells: that is what the workers are for
                made = processes.submit(work_on, Task((Delivery("fuzz.xlsx", build(changes), 0.0, ""),))).result()
                assert made, changes

    workspace, _ = open_workspace(ROOT, None)
    assert workspace is not None
    with IsolatedProcesses(Briefing(workspace, EXPECTED, date.today(), writes=False), 1) as processes:
        while time.monotonic() < until:
            read_one()
    click.echo(f"{tried} damaged workbooks, no exception but a worker's death")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10)
