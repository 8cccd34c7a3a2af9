/** Reading `content/`: names, sizes, the lock, the installation's files; and what our own content gives. */

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderSchema } from "../scripts/schema.ts";
import { publishedSchemas } from "../src/model/jsonschema.ts";
import { outlineOf } from "../src/model/outline.ts";
import { readChecklists } from "../src/source/checklists.ts";
import { makeProject } from "./terminal.ts";

const DRAFT = `---
title: Night release
changes: Something.
signoffs: [{id: lead, role: Lead, meaning: approval}]
---

## Deploy <!-- section: deploy -->

- [ ] Live <!-- item: live -->
`;
const digest = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const lock = (text: string, more: object = {}) =>
  JSON.stringify({
    schema: "countersign/lock@1",
    checklists: {
      night: {
        "1.0.0": { digest: digest(text), date: "2026-01-01", approvedBy: "Ann", rules: "1", ...more },
      },
    },
  });
const faults = (root: string) =>
  readChecklists(root).diagnostics.map(
    ({ severity, rule, file, reason }) => `${severity} ${rule} ${file}: ${reason}`,
  );

test("versions are sorted by number, and every file is read once", () => {
  const root = makeProject({
    "content/checklists/night/1.10.0.md": DRAFT,
    "content/checklists/night/1.9.0.md": DRAFT,
    "content/checklists/night/1.10.0-rc.1.md": DRAFT,
    "content/checklists/a/2.0.0.md": DRAFT,
    "content/checklists/night/files/notes.txt": "not a version",
  });
  const { sources, diagnostics } = readChecklists(root);
  expect(diagnostics).toEqual([]);
  expect(sources.map(({ id, version }) => `${id}@${version}`)).toEqual([
    "a@2.0.0",
    "night@1.9.0",
    "night@1.10.0-rc.1",
    "night@1.10.0",
  ]);
});

test("names that are no id or no version, bytes that are no UTF-8 and files that are too large are refused by name", () => {
  const root = makeProject({
    "content/checklists/Night/1.0.0.md": DRAFT,
    "content/checklists/night/latest.md": DRAFT,
    "content/checklists/night/1.0.0.md": new Uint8Array([0x2d, 0xff, 0xfe]),
    "content/checklists/night/2.0.0.md": `${DRAFT}${"x".repeat(1024 * 1024)}`,
  });
  expect(faults(root).map((line) => line.split(": ")[0])).toEqual([
    "error path-matches content/checklists/Night/1.0.0.md",
    "error not-utf8 content/checklists/night/1.0.0.md",
    "error too-large content/checklists/night/2.0.0.md",
    "error path-matches content/checklists/night/latest.md",
  ]);
});

test("two names for one version are told", () => {
  const root = makeProject({
    "content/checklists/night/1.0.md": DRAFT,
    "content/checklists/night/1.0.0.md": DRAFT,
  });
  expect(faults(root)).toEqual([
    "error path-matches content/checklists/night/1.0.0.md: the version 1.0.0 is the same as 1.0",
  ]);
});

test("a released file that changed by one byte, lost its lock entry or is gone is an error with both digests", () => {
  const released = DRAFT.replace("title:", "status: released\ntitle:");
  const changed = released.replace("Live", "live");
  expect(
    faults(
      makeProject({ "content/checklists/night/1.0.0.md": released, "content/lock.json": lock(released) }),
    ),
  ).toEqual([]);
  const [one] = faults(
    makeProject({ "content/checklists/night/1.0.0.md": changed, "content/lock.json": lock(released) }),
  );
  expect(one).toContain(digest(released));
  expect(one).toContain(digest(changed));
  expect(
    faults(
      makeProject({
        "content/checklists/night/1.0.0.md": released.replaceAll("\n", "\r\n"),
        "content/lock.json": lock(released),
      }),
    )[0],
  ).toContain("only line ends differ");
  expect(faults(makeProject({ "content/checklists/night/1.0.0.md": released }))[0]).toMatch(
    /^error frozen .*the lock does not know it/,
  );
  expect(
    faults(
      makeProject({ "content/checklists/other/1.0.0.md": DRAFT, "content/lock.json": lock(released) }),
    )[0],
  ).toMatch(/^error frozen .*the file is gone/);
});

test("an id is never given to something else, and from the second version on somebody says what changed", () => {
  const released = (version: string, items: string) => ({
    [`content/checklists/night/${version}.md`]: DRAFT.replace("title:", "status: released\ntitle:") + items,
  });
  const files: Readonly<Record<string, string>> = {
    ...released("1.0.0", "- [ ] A <!-- item: a -->\n- [ ] B <!-- item: b -->\n"),
    ...released("1.1.0", "- [ ] B <!-- item: b -->\n"),
    "content/checklists/night/1.2.0.md": `${DRAFT.replace("changes: Something.\n", "")}- [ ] Another <!-- item: a -->\n\n## B <!-- section: b -->\n\nText.\n`,
  };
  const checklists = {
    night: Object.fromEntries(
      ["1.0.0", "1.1.0"].map((version, at) => [
        version,
        {
          digest: digest(files[`content/checklists/night/${version}.md`] ?? ""),
          date: `2026-0${9 - at}-01`,
          approvedBy: "Ann",
          rules: "1",
        },
      ]),
    ),
  };
  const root = makeProject({
    ...files,
    "content/lock.json": JSON.stringify({ schema: "countersign/lock@1", checklists }),
  });
  expect(faults(root).map((line) => line.replace("content/checklists/night/", ""))).toEqual([
    "warning version-order 1.1.0.md: 1.1.0 was released on 2026-08-01, before the lower version 1.0.0 (2026-09-01)",
    "warning changes-missing 1.2.0.md: nothing says what changed since 1.1.0",
    "error reused-id 1.2.0.md: 'a' was last in 1.0.0, is in no version between, and is given again here",
    "error reused-id 1.2.0.md: 'b' was the id of a kind 'item' in 1.0.0, and is of a kind 'section' here",
  ]);
});

test("files that a released version refers to are frozen with it", () => {
  const released = `${DRAFT.replace("title:", "status: released\ntitle:")}\n![Plan](files/plan.txt)\n`;
  const files = {
    "content/checklists/night/1.0.0.md": released,
    "content/lock.json": lock(released, { files: { "files/plan.txt": digest("plan") } }),
  };
  expect(faults(makeProject({ ...files, "content/checklists/night/files/plan.txt": "plan" }))).toEqual([]);
  expect(faults(makeProject({ ...files, "content/checklists/night/files/plan.txt": "other" }))[0]).toMatch(
    /^error frozen .*files\/plan.txt/,
  );
  expect(faults(makeProject(files))[0]).toMatch(/^error frozen .*files\/plan.txt.*gone/);
});

test("rules do not condemn what is in the lock", () => {
  const loose =
    "---\ntitle: Night\nstatus: released\n---\n\n## Rollback <!-- section: {id: rollback, role: contingency} -->\n\n- [ ] Unpinned\n\n## More <!-- section: {id: more, role: contingency} -->\n\nText.\n";
  const found = faults(
    makeProject({ "content/checklists/night/1.0.0.md": loose, "content/lock.json": lock(loose) }),
  );
  expect(found.map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "warning no-signoff",
    "warning unpinned-item",
    "warning hollow-section",
  ]);
});

test("the installation's files are read strictly", () => {
  const root = makeProject({
    "content/checklists/night/1.0.0.md": DRAFT,
    "content/site.yaml": "organisation: Acme\nurl: https://example.com/runbooks/\ntimzone: UTC\n",
    "content/roles.yaml": "roles:\n  - {role: Lead, person: ada, from: 2026-01-01}\n",
    "content/lock.json": '{"schema": "countersign/lock@1", "checklists": {}, "checklists": {}}',
  });
  expect(faults(root).map((line) => line.replace(/: .*/, ""))).toEqual([
    "error installation content/lock.json",
    "error installation content/roles.yaml",
    "error installation content/site.yaml",
  ]);
  const site = readChecklists(
    makeProject({ "content/site.yaml": "organisation: Acme\nurl: https://example.com/runbooks/\n" }),
  ).site;
  expect(site).toMatchObject({
    organisation: "Acme",
    url: "https://example.com/runbooks",
    paper: "a4",
    thresholds: { lateEntry: "PT15M" },
  });
});

test("links to other versions and to local files lead somewhere", () => {
  const linking = `${DRAFT}\nSee [then](0.9.0.md), [here](1.0.0.md#live), [there](1.0.0.md#gone), [else](../day/1.0.0.md) and ![a plan](files/plan.png).\n`;
  const root = makeProject({ "content/checklists/night/1.0.0.md": linking });
  expect(faults(root).filter((line) => line.includes("broken-link"))).toEqual([
    "warning broken-link content/checklists/night/1.0.0.md: 'files/plan.png' is not there, and this checklist shows it or links to it",
    "warning broken-link content/checklists/night/1.0.0.md: the link '../day/1.0.0.md' leads to a version that is not there",
    "warning broken-link content/checklists/night/1.0.0.md: the link '0.9.0.md' leads to a version that is not there",
    "warning broken-link content/checklists/night/1.0.0.md: the link '1.0.0.md#gone' leads to no section and no item of night 1.0.0",
  ]);
});

test("an old id leads to a checklist that is there, and hides none", () => {
  const found = (redirects: string) =>
    faults(
      makeProject({
        "content/checklists/night/1.0.0.md": DRAFT,
        "content/site.yaml": `organisation: Acme\nurl: https://example.com\nredirects:\n${redirects}`,
      }),
    ).filter((line) => line.includes("redirects"));
  expect(found("  evening: night\n")).toEqual([]);
  expect(found("  evening: nigth\n")).toEqual([
    "error installation content/site.yaml: redirects: 'evening' leads to 'nigth', and there is no such checklist",
  ]);
  expect(found("  night: night\n")).toEqual([
    "error installation content/site.yaml: redirects: 'night' is a checklist, and a redirect would take the place of its pages",
  ]);
  expect(found("  ../evening: night\n")).toEqual([
    "error installation content/site.yaml: redirects: '../evening' is no checklist id",
  ]);
});

const ours = readChecklists(join(import.meta.dirname, ".."));

test("our own content has nothing wrong with it", () => {
  expect(ours.diagnostics).toEqual([]);
});

test("the five carry as many task boxes as the checklists they began with", () => {
  const boxes = (id: string, version: string) => {
    const checklist = ours.checklists.find((one) => one.id === id && one.version === version);
    return checklist ? outlineOf(checklist).items.filter(({ box }) => box).length : null;
  };
  expect([
    boxes("restaurant-os", "6.0.4"),
    boxes("pos-platform", "2.0.0"),
    boxes("credential-rotation-release", "2024.01.22"),
    boxes("xianfeast", "1.0.0"),
    boxes("optropic", "1.0.0"),
  ]).toEqual([124, 120, 15, 194, 153]);
});

/** A released file parses to the same model for ever: the dialect changes by addition only. UPDATE_FIXTURES=1 writes the digests anew. */
test("the models of released files are those they were released with", () => {
  const golden = new URL("fixtures/models.json", import.meta.url);
  const released = ours.checklists.filter(({ status }) => status === "released");
  const digests = Object.fromEntries(
    released.map((checklist) => [`${checklist.id}@${checklist.version}`, digest(JSON.stringify(checklist))]),
  );
  if (process.env.UPDATE_FIXTURES) writeFileSync(golden, `${JSON.stringify(digests, null, 2)}\n`);
  expect(digests).toEqual(JSON.parse(readFileSync(golden, "utf8")));
});

test("the published schemas are what the code gives", () => {
  for (const { name, schema } of publishedSchemas()) {
    expect(
      readFileSync(new URL(`../public/schema/${name}`, import.meta.url), "utf8"),
      `${name}: run 'countersign schema'`,
    ).toBe(renderSchema(schema));
  }
});
