"""An invented county: its register, its schools' characters, and the workbooks they complete."""
