"""Coursewright's build side: a MkDocs plugin that turns Markdown lessons into runnable pages."""
