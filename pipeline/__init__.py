"""The Inclusive Practice Toolkit: completed Excel self-evaluation workbooks in, Word action plans out."""

__version__ = "0.1.0"
