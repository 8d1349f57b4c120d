"""A provider of OpenID Connect on loopback: real HTTP, real signatures, the proof key checked; tests tell it what to lie about."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "floorwalker", "a secret between the two of them"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What it knows of somebody, and how it lies: claims laid over the true ones, another key, another issuer."""

    claims: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    signs_with: Any = None
    algorithm: str = "RS256"
    sends_token: bool = True
    named_issuer: str = ""
    address: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    exchanged: int = 0

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.named_issuer or self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "first", "alg": "RS256", "use": "sig"}]}

    def authorize(self, question: dict[str, str]) -> str:
        """The address to which the reader comes back with a code."""
        assert question["client_id"] == CLIENT and question["response_type"] == "code"
        assert question["code_challenge_method"] == "S256" and "openid" in question["scope"].split()
        code = f"code-{len(self.asked)}"
        self.asked[code] = question
        return f"{question['redirect_uri']}?{urlencode({'code': code, 'state': question['state']})}"

    def exchange(self, given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A code and its proof for a token; a code works once."""
        question = self.asked.pop(given.get("code", ""), None)
        proof = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if question is None or given.get("client_secret") != SECRET or challenge != question["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        self.exchanged += 1
        answer = {"access_token": "opaque", "token_type": "Bearer"}
        return 200, answer | ({"id_token": self.token(question["nonce"])} if self.sends_token else {})

    def token(self, nonce: str) -> str:
        now = int(time.time())
        true = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, **self.claims}
        told = {name: value for name, value in {**true, **self.lies}.items() if value is not None}
        return jwt.encode(told, self.signs_with or self.key, self.algorithm, headers={"kid": "first"})


@contextmanager
def provider_at_work() -> Iterator[Provider]:
    """The provider, answering on loopback until the end of the block."""
    known = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                question = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", known.authorize(question))
                self.end_headers()
                return
            answers = {"/.well-known/openid-configuration": known.configuration, "/keys": known.keys}
            self._say(200, answers[parts.path]())

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*known.exchange({name: values[0] for name, values in parse_qs(text).items()}))

        def _say(self, status: int, said: dict[str, Any]) -> None:
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_said: Any) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
