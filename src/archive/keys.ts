/** Signatures with a key: Ed25519 over the canonical JSON of what the signature says. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { type Signing, statementOf } from "../model/statement.ts";
import { canonicalJson } from "./canonical.ts";

export interface KeySignature {
  /** `ed25519:` and the 32 bytes of the public key in base64. */
  readonly public: string;
  /** The 64 bytes of the signature in base64. */
  readonly signature: string;
}

const PREFIX = "ed25519:";

/** Points of small order, without the sign bit: under such a key a signature can hold for every text. */
const SMALL: ReadonlySet<string> = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]);

/** Reads a private key; the reason says what it is instead. Keys behind a passphrase are not opened. */
export function parsePrivateKey(
  pem: string,
): { readonly key: KeyObject; readonly public: string } | { readonly reason: string } {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    const locked = pem.includes("ENCRYPTED");
    return { reason: locked ? "is behind a passphrase" : "holds no private key in PEM" };
  }
  if (key.asymmetricKeyType !== "ed25519")
    return { reason: `holds a key of the kind ${key.asymmetricKeyType ?? "unknown"}, not Ed25519` };
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  return { key, public: `${PREFIX}${Buffer.from(x, "base64url").toString("base64")}` };
}

export function signWith(
  { key, public: publicKey }: { readonly key: KeyObject; readonly public: string },
  run: string,
  signature: Signing,
): KeySignature {
  const bytes = Buffer.from(canonicalJson(statementOf(run, signature, publicKey)));
  return { public: publicKey, signature: sign(null, bytes, key).toString("base64") };
}

/** Why a signature does not hold for what it is said to sign; null where it does. */
export function keyFault(run: string, signature: Signing, key: KeySignature): string | null {
  const raw = Buffer.from(key.public.slice(PREFIX.length), "base64");
  const bare = Buffer.from(raw);
  bare[31] = (bare[31] ?? 0) & 0x7f;
  if (SMALL.has(bare.toString("hex")))
    return "the key is a point of small order, under which everything holds";
  const holds = verify(
    null,
    Buffer.from(canonicalJson(statementOf(run, signature, key.public))),
    createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") }, format: "jwk" }),
    Buffer.from(key.signature, "base64"),
  );
  return holds ? null : "the signature does not hold for what is recorded here";
}
