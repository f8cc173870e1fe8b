"""LINE's own API over HTTP: `/v2/…` of api.line.me and api-data.line.me."""
