"""Conversations as pure step functions: (session, input, content, today) in, (session, replies) out."""
