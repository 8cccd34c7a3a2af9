/** Signatures with a key: made by `sign --key`, checked when they come in and wherever the archive is read. */
import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { canonicalJson, digestOf } from "../src/archive/canonical.ts";
import { readChain, sealed } from "../src/archive/chain.ts";
import { disk as realDisk } from "../src/archive/disk.ts";
import { keyFault, parsePrivateKey, signWith } from "../src/archive/keys.ts";
import type { Envelope } from "../src/model/envelope.schema.ts";
import { statementOf } from "../src/model/statement.ts";
import { at } from "./build.ts";
import { clean, judges } from "./shop.ts";
import { freshProject, ingest, opening, put, root } from "./small.ts";
import { type as typed } from "./terminal.ts";

freshProject();

const pemOf = (kind: "ed25519" | "x25519"): string => {
  const pair = kind === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("x25519");
  return pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
};
const keyOf = (pem: string) => {
  const key = parsePrivateKey(pem);
  if ("reason" in key) throw new Error(key.reason);
  return key;
};
const lead = ["sign", opening.run, "--role", "Lead", "--meaning", "approval", "--by", "bob"];
const folder = (): string => join(root(), "content/runs", opening.run);
const stored = (n: number): Envelope => JSON.parse(readFileSync(join(folder(), `${n}.json`), "utf8"));

test("sign --key signs what the signature says, and an amendment of it is refused", async () => {
  await ingest([put("1.json", opening)]);
  const pem = pemOf("ed25519");
  const file = put("key.pem", pem);
  const { code, stdout } = await typed(root(), [...lead, "--key", file], {
    now: "2026-03-04T21:00:00Z",
  });
  expect([code, stdout]).toEqual([0, expect.stringContaining("bob, Lead, approval: signed with ed25519:")]);
  const [signature] = stored(2).record.signatures ?? [];
  if (!signature?.key) throw new Error("no key in the record");
  expect(signature).toMatchObject({ method: "key", covers: { record: stored(1).digest } });
  expect(JSON.stringify(stored(2))).not.toContain("PRIVATE");
  // Checked apart from the code that made it.
  const bytes = Buffer.from(canonicalJson(statementOf(opening.run, signature, signature.key.public)));
  expect(verify(null, bytes, createPublicKey(pem), Buffer.from(signature.key.signature, "base64"))).toBe(
    true,
  );

  const amend = {
    ...opening,
    people: undefined,
    asOf: "2026-03-04T22:10:00+01:00",
    results: [],
    amends: [
      {
        pointer: "/signatures/Lead/at",
        old: signature.at,
        new: "2026-03-04T20:00:00Z",
        by: "ada",
        at: "2026-03-04T22:05:00+01:00",
        reason: "it was earlier",
      },
    ],
  };
  const refused = await ingest([put("3.json", amend)]);
  expect([refused.code, refused.out]).toEqual([1, expect.stringContaining("[bad-signature]")]);

  const changed = structuredClone(stored(2)) as { -readonly [K in keyof Envelope]: Envelope[K] };
  changed.record = { ...changed.record, signatures: [{ ...signature, by: "ada" }] };
  const { seal: _, ...content } = { ...changed, digest: digestOf(canonicalJson(changed.record)) };
  writeFileSync(join(folder(), "2.json"), JSON.stringify(sealed(content)));
  expect(readChain(realDisk, folder()).problems.map(({ rule }) => rule)).toEqual(["bad-signature"]);
});

test("who typed a name may still sign with a key, once", async () => {
  await ingest([put("1.json", opening)]);
  const file = put("key.pem", pemOf("ed25519"));
  const codes: number[] = [];
  for (const argv of [lead, [...lead, "--key", file], [...lead, "--key", file]])
    codes.push((await typed(root(), argv, { now: `2026-03-04T21:0${codes.length}:00Z` })).code);
  expect(codes).toEqual([0, 0, 1]);
});

const key = keyOf(pemOf("ed25519"));
const base = {
  role: "Lead",
  by: "bob",
  meaning: "approval",
  at: "2026-03-04T21:00:00Z",
  method: "key",
} as const;

test("ingest names each signature with a key that does not hold", async () => {
  await ingest([put("1.json", opening)]);
  const covers = { record: stored(1).digest };
  const good = { ...base, covers, key: signWith(key, opening.run, { ...base, covers }) };
  const other = { ...good, key: signWith(key, "another-run", { ...base, covers }) };
  const nothing = { ...base, key: signWith(key, opening.run, base) };
  const elsewhere = { record: digestOf("x") };
  const next = (signature: object) =>
    ingest([
      put("2.json", {
        ...opening,
        people: undefined,
        asOf: "2026-03-04T22:10:00+01:00",
        results: [],
        signatures: [signature],
      }),
    ]);
  for (const [signature, says] of [
    [other, "/signatures/0/key: the signature does not hold"],
    [{ ...good, by: "ada" }, "/signatures/0/key: the signature does not hold"],
    [{ ...good, method: "sso" }, "/signatures/0/key: a signature with a key has the method 'key', got 'sso'"],
    [nothing, "/signatures/0/key: a signature with a key names under covers.record"],
    [
      { ...base, covers: elsewhere, key: signWith(key, opening.run, { ...base, covers: elsewhere }) },
      "/signatures/0/key: covers the record",
    ],
    [{ ...good, key: { ...good.key, public: "ed25519:AAAA" } }, "a key is 'ed25519:' and 32 bytes"],
  ] as const) {
    const { code, out } = await next(signature);
    expect([code, out]).toEqual([1, expect.stringContaining(says)]);
  }
  expect((await next(good)).out).toMatch(/^STORED/);
});

test("a key under which everything holds, and what is no key, are named", () => {
  const point = (bytes: Buffer) => ({
    public: `ed25519:${bytes.toString("base64")}`,
    signature: Buffer.alloc(64).toString("base64"),
  });
  expect(keyFault("r", base, point(Buffer.alloc(32)))).toContain("small order");
  expect(keyFault("r", base, point(Buffer.from(`01${"00".repeat(30)}80`, "hex")))).toContain("small order");
  expect(keyFault("r", base, point(Buffer.alloc(32, 0xff)))).toContain("does not hold");
  expect(parsePrivateKey(pemOf("x25519"))).toEqual({ reason: "holds a key of the kind x25519, not Ed25519" });
  expect(parsePrivateKey("hello")).toEqual({ reason: "holds no private key in PEM" });
});

const [approval, execution] = clean.signatures;
const keyed = (by: string) => ({
  ...execution,
  by,
  method: "key" as const,
  key: { public: key.public, signature: Buffer.alloc(64).toString("base64") },
});
judges(
  "one key under two names is one person",
  {
    signatures: [
      { ...approval, role: "Engineering lead", method: "key", key: keyed("x").key },
      { ...keyed("dan"), role: "DevOps lead", at: at("01:30") },
    ],
  },
  ["exception same-person"],
);
