"""The sign-in of the tenant: discovery, and tokens for an application by secret or certificate."""

import hashlib
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from integrations.simulators.messages import Answer, Request
from integrations.simulators.microsoft.world import CLIENT, TENANT, World

HOST = "https://login.microsoftonline.com"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LASTS = 3599


class Wrong(Exception):
    """A sign-in that is refused: the OAuth error, and the AADSTS text."""

    def __init__(self, error: str, description: str) -> None:
        """Take both."""
        super().__init__(f"{error}: {description}")
        self.error, self.description = error, description


def discovery(tenant: str) -> Answer:
    """The discovery document; its addresses are those of the real service, as msal insists."""
    base = f"{HOST}/{tenant}"
    return Answer.of({
        "issuer": f"{base}/v2.0",
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "token_endpoint": f"{base}/oauth2/v2.0/token",
        "jwks_uri": f"{base}/discovery/v2.0/keys",
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
    })  # fmt: skip


def answer(world: World, request: Request) -> Answer | None:
    """The answer to a request of the sign-in; None where it is for Graph."""
    parts = request.path.strip("/").split("/")
    if parts[1:] == ["v2.0", ".well-known", "openid-configuration"]:
        return discovery(parts[0])
    if parts[1:] != ["oauth2", "v2.0", "token"]:
        return None
    try:
        _check(world, parts[0], request.form())
    except Wrong as wrong:
        said = {"error": wrong.error, "error_description": wrong.description}
        return Answer.of(said, 401 if wrong.error == "invalid_client" else 400)
    token = uuid.uuid4().hex
    world.tokens[token] = world.clock() + timedelta(seconds=LASTS)
    return Answer.of({"token_type": "Bearer", "expires_in": LASTS, "access_token": token})


def _check(world: World, tenant: str, form: Mapping[str, str]) -> None:
    if world.switches.sign_in_error:
        raise Wrong(*world.switches.sign_in_error)
    if tenant != TENANT:
        raise Wrong("invalid_request", "AADSTS90002: Tenant was not found.")
    if form.get("client_id") != CLIENT:
        raise Wrong("unauthorized_client", "AADSTS700016: Application was not found.")
    if form.get("grant_type") != "client_credentials":
        raise Wrong("unsupported_grant_type", "AADSTS70003: The grant type is not supported.")
    if form.get("scope", "").split()[:1] != ["https://graph.microsoft.com/.default"]:
        raise Wrong("invalid_scope", "AADSTS70011: The scope is not valid.")
    if form.get("client_assertion_type") == ASSERTION:
        _check_assertion(world, form["client_assertion"])
    elif form.get("client_secret") != world.secret:
        raise Wrong("invalid_client", "AADSTS7000215: Invalid client secret provided.")


def _check_assertion(world: World, assertion: str) -> None:
    """The certificate must be the registered one, and the signature made with its key."""
    audience = f"{HOST}/{TENANT}/oauth2/v2.0/token"
    try:
        certificate = x509.load_pem_x509_certificate(world.certificate.encode())
        digest = hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest()
        given = str(jwt.get_unverified_header(assertion).get("x5t#S256"))
        # msal writes the padding that RFC 7515 leaves away.
        if given.rstrip("=") != urlsafe_b64encode(digest).decode().rstrip("="):
            raise Wrong("invalid_client", "AADSTS700027: The certificate is not registered.")
        # The clock of the assertion is msal's, not the simulator's.
        claims = jwt.decode(
            assertion, certificate.public_key(), ["PS256"], audience=audience,  # type: ignore[arg-type]
            options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
        )  # fmt: skip
    except (ValueError, jwt.PyJWTError) as wrong:
        raise Wrong("invalid_client", f"AADSTS700027: {wrong}") from wrong
    if (claims["iss"], claims["sub"]) != (CLIENT, CLIENT):
        raise Wrong("invalid_client", "AADSTS700021: Issuer and subject must be the client id.")
