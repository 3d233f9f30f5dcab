"""Makes the synthetic posts of the demo from `story.toml` and `templates/`."""
