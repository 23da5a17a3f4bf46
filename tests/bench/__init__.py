"""How long a county takes, against what a user would write instead."""
