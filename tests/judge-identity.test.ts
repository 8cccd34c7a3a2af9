/** One person under two ids, or with a name that is written otherwise, is one person to every rule. */
import { describe, expect, it } from "vitest";
import { folded } from "../src/model/judgement/identity.ts";
import { at, facts, roster } from "./build.ts";
import { clean, judges, shopReport } from "./shop.ts";

const verified = "verified" as const;

describe("names are the same whatever way they are written", () => {
  it.each([
    ["full width", "Ａｙｌｉｎ　ＤＥＭＩＲ", "Aylin Demir"],
    ["characters that nobody sees", "Ay\u00adlin\u200b De\u202emir\u2060", "Aylin Demir"],
    ["accents, composed or not", "José Mun\u0303oz", "Jose Muñoz"],
    ["capitals", "STRASSE", "Straße"],
    ["Cyrillic letters among Latin ones", "Аylin Dеmir", "Aylin Demir"],
    ["Greek letters among Latin ones", "Αylin Demir", "Aylin Demir"],
    ["spaces", " Aylin\t\n Demir ", "Aylin Demir"],
  ])("%s", (_, one, other) => expect(folded(one)).toBe(folded(other)));

  it.each([
    ["Aylin Demir", "Aylin Demirel"],
    ["Анна", "Ahha"],
    ["Ольга Петрова", "Ольга Петров"],
    ["चित्रा", "चत्र"],
  ])("%s is not %s", (one, other) => expect(folded(one)).not.toBe(folded(other)));
});

describe("a second id does not make a second person", () => {
  const two = (name: string) => [...clean.people, { id: "bob2", name, identity: verified }];
  const bob = { id: "bob", name: "Bob Stone", identity: verified };

  judges(
    "who waives what they did",
    {
      people: [...two("BOB  Stone"), bob],
      results: {
        tests: {
          status: "failed",
          reason: "red",
          waiver: { reason: "known", by: "bob2", at: at("22:01") },
        },
      },
    },
    ["blocker failed tests"],
    { policy: { waivers: ["CTO"] }, facts: { roster: roster({ ...holders(), CTO: "bob2" }) } },
  );
  judges(
    "who watches what they do",
    { people: [...two("Bob Stone"), bob], results: { deploy: { witness: "bob2" } } },
    ["gap witness-missing deploy"],
  );
  judges(
    "who checks what they typed in",
    {
      people: [...two("Bob\u200b Stone"), bob],
      source: { kind: "paper", transcribedBy: "bob", checkedBy: "bob2" },
    },
    ["exception transcription-unchecked"],
  );
  judges(
    "who has the name from the roster",
    { results: { rate: { by: "bob2" } } },
    ["exception same-person approved"],
    { facts: { roster: named({ bob2: "Eve Adams", eve: "Eve Adams" }) } },
  );
});

it("a name that only the roster knows is printed, not the id", () => {
  const report = shopReport(
    {
      signatures: clean.signatures.map((entry) => ({ ...entry, by: entry.by === "eve" ? "zoe" : entry.by })),
    },
    { facts: { roster: named({ eve: "Eve Adams", zoe: "Zoe Quinn" }) } },
  );
  expect(facts(report, "signer-not-in-role")[0]?.reason).toMatch(/signed by Zoe Quinn, .*it names Eve Adams/);
  expect(report.signatures[0]?.by).toMatchObject({ id: "zoe", name: "Zoe Quinn" });
});

function holders(): Readonly<Record<string, string>> {
  return { "Engineering lead": "eve", "DevOps lead": "dan" };
}

/** A roster with names; whoever has no role of the checklist has another one. */
function named(names: Readonly<Record<string, string>>): ReturnType<typeof roster> {
  const others = Object.fromEntries(Object.keys(names).map((id) => [`Role of ${id}`, id]));
  return {
    roles: roster({ ...others, ...holders() }).roles.map((entry) => {
      const name = names[entry.person];
      return name === undefined ? entry : { ...entry, name };
    }),
  };
}

it("whoever owns what is left open is named too", () => {
  const report = shopReport({
    people: [...clean.people, { id: "ops1", name: "Olga Peters", identity: verified }],
    results: { thanks: null, content: null },
    closed: {
      at: at("02:00"),
      by: "ada",
      open: [{ item: "content", reason: "asked tomorrow", owner: "ops1", due: "2026-03-06" }],
    },
  });
  expect(facts(report, "open-at-close")[0]?.reason).toContain("owner Olga Peters, due 2026-03-06");
  expect(report.actions.find(({ item }) => item.id === "content")?.owner).toBe("Olga Peters");
});
