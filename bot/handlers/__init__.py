"""One webhook event in, one result out: what the bot answers. Pure, like the flows it calls."""
