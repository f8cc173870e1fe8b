"""Edits the content without a deploy: drafts, checks before publishing, versions, export to the repository, import."""
