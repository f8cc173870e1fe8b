"""The desk's work on the content: drafts, checks before publishing, versions, export to the repository, import."""
