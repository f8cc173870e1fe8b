"""The same framework and server as the bot's, the signature checked and nothing else."""

import base64
import hashlib
import hmac
import os

from flask import Flask, abort, request

SECRET = os.environ["LINE_CHANNEL_SECRET"].encode()
app = Flask(__name__)


@app.post("/callback")
def callback() -> tuple[str, int]:
    made = base64.b64encode(hmac.new(SECRET, request.get_data(), hashlib.sha256).digest())
    if not hmac.compare_digest(made, request.headers.get("X-Line-Signature", "").encode()):
        abort(400)
    return "", 200
