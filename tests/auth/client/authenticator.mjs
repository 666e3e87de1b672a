// An authenticator in software, where Better Auth's client looks for the browser's: resident ES256 keys behind a lock that
// always opens (WebAuthn level 3, 6.1 and 6.5.4; attestation "none").
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const encoded = (bytes) => Buffer.from(bytes).toString("base64url");
const sha256 = (data) => createHash("sha256").update(data).digest();
const PRESENT = 0x01, VERIFIED = 0x04, KEY_INCLUDED = 0x40;

// CBOR (RFC 8949), as far as it is needed: small integers, byte strings, text and maps.
function cbor(value) {
  const head = (major, length) =>
    length < 24 ? [major << 5 | length] : length < 256 ? [major << 5 | 24, length] : [major << 5 | 25, length >> 8, length & 255];
  if (typeof value === "number") return Buffer.from(value < 0 ? head(1, -1 - value) : head(0, value));
  if (typeof value === "string") return Buffer.concat([Buffer.from(head(3, Buffer.byteLength(value))), Buffer.from(value)]);
  if (value instanceof Map) {
    return Buffer.concat([Buffer.from(head(5, value.size)), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)])]);
  }
  return Buffer.concat([Buffer.from(head(2, value.length)), Buffer.from(value)]);
}

// `origin` is what it states, `verifies` whether the person unlocked it.
export function installAuthenticator({ origin, verifies = true }) {
  const keys = new Map();
  const state = { origin, verifies, counter: 0 };

  function data(rpId, more = Buffer.alloc(0), flags = 0) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE((state.counter += 1));
    const all = PRESENT | (state.verifies ? VERIFIED : 0) | flags;
    return Buffer.concat([sha256(rpId), Buffer.from([all]), counter, more]);
  }
  const clientData = (type, challenge) =>
    Buffer.from(JSON.stringify({ type, challenge: encoded(challenge), origin: state.origin, crossOrigin: false }));
  const credential = (id, response) => ({
    id: encoded(id), rawId: id, type: "public-key", response, authenticatorAttachment: "platform",
    getClientExtensionResults: () => ({}),
  });

  async function create({ publicKey: options }) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x, y } = publicKey.export({ format: "jwk" });
    const id = randomBytes(32);
    const cose = new Map([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x, "base64url")], [-3, Buffer.from(y, "base64url")]]);
    const length = Buffer.from([0, id.length]);
    const authData = data(options.rp.id, Buffer.concat([Buffer.alloc(16), length, id, cbor(cose)]), KEY_INCLUDED);
    keys.set(encoded(id), { privateKey, user: options.user.id });
    return credential(id, {
      attestationObject: cbor(new Map([["fmt", "none"], ["attStmt", new Map()], ["authData", authData]])),
      clientDataJSON: clientData("webauthn.create", options.challenge),
      getTransports: () => ["internal"],
    });
  }

  async function get({ publicKey: options }) {
    const [id, { privateKey, user }] = [...keys].at(-1);
    const authenticatorData = data(options.rpId);
    const clientDataJSON = clientData("webauthn.get", options.challenge);
    const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(clientDataJSON)]), privateKey);
    return credential(Buffer.from(id, "base64url"), { authenticatorData, clientDataJSON, signature, userHandle: user });
  }

  class PublicKeyCredential {}
  Object.assign(globalThis, { PublicKeyCredential, window: { PublicKeyCredential, location: { hostname: "localhost" } } });
  Object.defineProperty(globalThis, "navigator", { value: { credentials: { create, get } }, configurable: true });
  return state;
}
