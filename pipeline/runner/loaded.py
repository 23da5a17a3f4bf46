"""All that a worker needs, imported: by the process that workers are copied from, so that each begins with it."""

import gc

import docxtpl
import jinja2
import lxml.etree
import pydantic
import python_calamine

import pipeline.runner.isolation
import pipeline.writers.compiling
import pipeline.writers.overview

__all__ = ["docxtpl", "jinja2", "lxml", "pipeline", "pydantic", "python_calamine"]

gc.freeze()  # what is loaded stays: no worker need look through it for rubbish
