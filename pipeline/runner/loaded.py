"""All that a worker needs, imported: by the process that workers are copied from, so that each begins with it."""

import gc
import os

import docxtpl
import jinja2
import lxml.etree
import pydantic
import python_calamine

import pipeline.runner.isolation
import pipeline.writers.compiling
import pipeline.writers.overview

__all__ = ["docxtpl", "jinja2", "lxml", "pipeline", "pydantic", "python_calamine"]

# Ctrl-C may end a worker that is still being copied; its last words go where those of all workers go.
os.dup2(pipeline.runner.isolation.open_log(), 2)
gc.freeze()  # what is loaded stays: no worker need look through it for rubbish
