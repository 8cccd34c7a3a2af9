/** A project with one small checklist, results files for it, and `ingest` typed in it. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach } from "vitest";
import { makeProject, type } from "./terminal.ts";

export const checklist = `---
title: A small change
metrics: [{id: error_rate, label: Error rate, unit: "%"}]
signoffs: [{id: ok, role: Lead, meaning: approval, before: change}]
questions: [{id: big, label: Is it big?, type: yes-no}]
fields: [{id: when, label: When, type: datetime}]
---

## Before <!-- section: {id: before, stage: before} -->

- [ ] One is done. <!-- item: one -->
- [ ] Two is done. <!-- item: two -->

## Change <!-- section: {id: change, stage: change} -->

- [ ] Errors stay low. <!-- item: {id: errors, limit: "error_rate < 1 %"} -->
- [ ] The place is noted. <!-- item: {id: place, capture: [{id: where, type: location, label: Where}]} -->

## Triggers <!-- section: {id: triggers, role: triggers, stage: after, when-met: rollback, decider: Lead} -->

- [ ] It burns. <!-- item: fire -->

## Back <!-- section: {id: back, role: contingency, stage: after} -->

- [ ] Put it back. <!-- item: {id: put-back, verifies: rollback} -->
`;

export type Json = Readonly<Record<string, unknown>>;

export const opening = {
  schema: "countersign/run@1",
  run: "2026-03-04-small",
  asOf: "2026-03-04T20:00:00+01:00",
  checklist: { id: "small", version: "1.0" },
  deployment: { environment: "staging" },
  people: [
    { id: "ada", name: "Ada" },
    { id: "bob", name: "Bob", role: "Lead", identity: "verified" },
  ],
  results: [{ item: "one", status: "passed", by: "ada", at: "2026-03-04T19:00:00+01:00" }],
} as const;

export const signed = {
  role: "Lead",
  by: "bob",
  meaning: "approval",
  at: "2026-03-04T20:10:00+01:00",
  method: "sso",
} as const;
export const ending = {
  ...opening,
  asOf: "2026-03-04T22:00:00+01:00",
  people: undefined,
  results: [
    { item: "two", status: "passed", by: "ada", at: "2026-03-04T20:05:00+01:00" },
    {
      item: "errors",
      status: "passed",
      by: "ada",
      at: "2026-03-04T21:00:00+01:00",
      observed: [{ value: 0.4 }],
    },
    { item: "place", status: "passed", by: "ada", at: "2026-03-04T21:10:00+01:00" },
    { item: "fire", status: "clear", by: "ada", at: "2026-03-04T21:20:00+01:00" },
  ],
  signatures: [signed],
  closed: { at: "2026-03-04T21:30:00+01:00", by: "ada" },
};

let folder = "";

/** The project of the test that runs. */
export const root = (): string => folder;

/** Makes a new project before each test of the file that calls it. */
export function freshProject(): void {
  beforeEach(() => {
    folder = makeProject({
      "content/checklists/small/1.0.md": checklist,
      "content/site.yaml": "organisation: Test\nurl: https://runbooks.example.com/test\n",
      "in/README": "results files",
    });
  });
}

/** Puts a file into `in/`, and returns its path as typed. */
export function put(name: string, content: Json | string | Uint8Array): string {
  const path = join(folder, "in", name);
  writeFileSync(
    path,
    typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content, null, 1),
  );
  return join("in", name);
}

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly first: string;
}

export async function ingest(args: readonly string[], stdin = ""): Promise<Answer> {
  const { code, stdout, stderr } = await type(folder, ["ingest", ...args], {
    now: "2026-03-04T21:33:00Z",
    stdin,
  });
  return { code, out: stdout, err: stderr, first: stdout.split("\n")[0] ?? "" };
}

/** Every file under content/, with its bytes and when it was written. */
export function tree(): Readonly<Record<string, string>> {
  const files = readdirSync(join(folder, "content"), { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    files.map((name) => {
      const path = join(folder, "content", name);
      const stats = statSync(path);
      return [name, stats.isFile() ? `${stats.mtimeMs} ${readFileSync(path, "base64")}` : "folder"];
    }),
  );
}
