/** From nothing to a draft, to the next version, and what the lock learns after a release. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { outlineOf } from "../src/model/outline.ts";
import { readChecklists } from "../src/source/checklists.ts";
import { planBump } from "../src/source/draft.ts";
import { parseChecklist } from "../src/source/parse.ts";
import { makeProject, type } from "./terminal.ts";

const FILE = "content/checklists/night-release/1.0.0.md";
const empty = () => makeProject({ "content/checklists/.keep": "" });
const read = (root: string, file: string) => readFileSync(join(root, file), "utf8");

test("new writes a draft that check has nothing to say of, whatever its title", async () => {
  for (const title of [undefined, 'A "quoted" title: [1.10] # *bold* <b> {{title}} \\', "部署 ✅", "  "]) {
    const root = empty();
    const argv = ["new", "night-release", ...(title === undefined ? [] : [`--title=${title}`])];
    expect(await type(root, argv)).toMatchObject({ code: 0, stdout: `${FILE}  written\n` });
    expect(await type(root, ["check", "--strict"])).toMatchObject({
      code: 0,
      stdout: "0 errors, 0 warnings\n",
    });
    const [checklist] = readChecklists(root).checklists;
    expect(checklist?.title).toBe(title?.trim() ? title.trim() : "Night release");
    expect(checklist?.heading?.map((one) => ("value" in one ? one.value : "")).join("")).toBe(
      checklist?.title,
    );
  }
});

test("new is the start of a release: pin has nothing to do, release takes it", async () => {
  const root = empty();
  await type(root, ["new", "night-release"]);
  expect((await type(root, ["pin", "night-release@1.0.0"])).stdout).toBe("0 ids written\n");
  const release = [
    "release",
    "night-release@1.0.0",
    "--date",
    "2026-03-01",
    "--author",
    "Ann",
    "--approved-by",
    "Bob",
  ];
  expect((await type(root, release)).code).toBe(0);
});

test("new refuses what exists and what is no name, and writes nothing dry", async () => {
  const root = empty();
  expect((await type(root, ["new", "night-release", "--dry-run"])).stdout).toContain("would be written");
  expect(existsSync(join(root, FILE))).toBe(false);
  for (const id of ["Night", "../night", "a..b", "con", "nul.x", "-a"])
    expect(await type(root, ["new", "--", id])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("is no checklist id"),
    });
  expect((await type(root, ["new", "night", "--version", "latest"])).stderr).toContain("is no version");
  await type(root, ["new", "night-release"]);
  expect((await type(root, ["new", "night-release", "--version", "2.0.0"])).stderr).toContain(
    "countersign bump",
  );
  const broken = makeProject({ [FILE]: new Uint8Array([0xff, 0xfe, 0x00]) });
  expect(await type(broken, ["new", "night-release"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("there already"),
  });
});

test("the first lines name the schema, but where the Astro extension knows it from its own files", async () => {
  const root = makeProject({ "content/checklists/.keep": "", "public/schema/checklist-1.json": "{}" });
  await type(root, ["new", "night-release"]);
  expect(read(root, FILE)).toMatch(
    /^---\n# yaml-language-server: \$schema=\.\.\/\.\.\/\.\.\/public\/schema\/checklist-1\.json\n/,
  );
  expect((await type(root, ["check", "--strict"])).code).toBe(0);
  expect((await type(root, ["schema", "--editor"])).stdout).toContain("names 1 checklists");
  await type(root, ["new", "day-release"]);
  expect(read(root, "content/checklists/day-release/1.0.0.md")).toMatch(/^---\ntitle:/);
  const { entries } = JSON.parse(read(root, ".astro/collections/collections.json"));
  expect(Object.keys(entries).map((key) => key.replace(/.*\/content\//, ""))).toEqual([
    "checklists/day-release/1.0.0.md",
    "checklists/night-release/1.0.0.md",
  ]);
});

const RELEASED = `---\r
title: Night\r
version: 1.0.0\r
status: released\r
changes: >-\r
  Everything.\r
\r
  More.\r
signoffs: [{id: lead, role: Lead, meaning: approval}]\r
---\r
\r
## Deploy <!-- section: deploy -->\r
\r
- [ ] Live <!-- item: live -->\r
- [ ] status: released stays here\r
`;

test("bump copies the highest version as a draft, and leaves what changed to be written", async () => {
  const root = makeProject({ "content/checklists/night/1.0.0.md": RELEASED });
  const dry = await type(root, ["bump", "night", "1.10.0", "--dry-run"]);
  expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining("nothing was written") });
  expect((await type(root, ["bump", "night", "1.10.0"])).code).toBe(0);
  const next = read(root, "content/checklists/night/1.10.0.md");
  expect(next).toBe(
    RELEASED.replace("version: 1.0.0", 'version: "1.10.0"')
      .replace("status: released", "status: draft")
      .replace("changes: >-\r\n  Everything.\r\n\r\n  More.\r\n", "")
      .replace(
        "approval}]\r\n",
        "approval}]\r\n# changes: what whoever works from 1.0.0 has to know, in a sentence or two\r\n",
      ),
  );
  expect(read(root, "content/checklists/night/1.0.0.md")).toBe(RELEASED);
  expect((await type(root, ["check"])).stdout).toContain("changes-missing");
});

test("bump refuses a version that is not higher, in numbers", async () => {
  const root = makeProject({ "content/checklists/night/1.10.0.md": RELEASED.replace("1.0.0", "1.10.0") });
  for (const version of ["1.9.0", "1.10", "1.10.0", "1.10.0-rc.1", "1.010.0"])
    expect(await type(root, ["bump", "night", version])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("is not higher than 1.10.0"),
    });
  expect((await type(root, ["bump", "day", "1.0.0"])).stderr).toContain("countersign new day");
  expect((await type(root, ["bump", "night", "2.0.0-rc.1"])).code).toBe(0);
  expect((await type(root, ["bump", "night", "2.0.0"])).code).toBe(0);
});

test("bump refuses frontmatter that it cannot edit", async () => {
  const root = makeProject({
    "content/checklists/night/1.0.0.md": "---\n{title: Night, status: released}\n---\n\n- [ ] Live\n",
  });
  expect(await type(root, ["bump", "night", "1.1.0"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("by hand"),
  });
});

test("every version of our own content can be bumped, and keeps its ids", () => {
  const { sources, lock } = readChecklists(join(import.meta.dirname, ".."));
  const ids = (source: (typeof sources)[number], text: string) => {
    const { checklist } = parseChecklist({ ...source, text });
    const { items, sections, codes } = outlineOf(checklist ?? expect.fail("not parsed"));
    return [...items, ...sections, ...codes.flatMap(({ command }) => command ?? [])].map(({ id }) => id);
  };
  for (const source of sources) {
    const only = { sources: [source], lock: { ...lock, checklists: {} } };
    const plan = planBump(only, { id: source.id, version: "9999.0.0" });
    if ("reasons" in plan) throw new Error(plan.reasons.join());
    expect(ids(source, plan.text)).toEqual(ids(source, source.text));
  }
});

test("withdraw and review write into the lock, and leave the files alone", async () => {
  const root = empty();
  const file = () => read(root, FILE);
  await type(root, ["new", "night-release"]);
  const target = "night-release@1.0.0";
  const withdraw = (date: string, reason = "It restores the wrong backup.", ...more: string[]) =>
    type(root, ["withdraw", target, "--date", date, "--reason", reason, ...more]);
  const review = (date: string, ...more: string[]) =>
    type(root, ["review", target, "--date", date, "--by", "Cy", ...more]);
  expect((await withdraw("2026-05-01")).stderr).toContain("is not released");
  await type(root, ["release", target, "--date", "2026-03-01", "--author", "Ann", "--approved-by", "Bob"]);
  const [released, lock] = [file(), read(root, "content/lock.json")];

  expect((await review("2026-02-01")).stderr).toContain("was released on 2026-03-01");
  expect((await review("2027-03-01", "--dry-run")).stdout).toContain("nothing was written");
  expect((await withdraw("2026-05-01", "Why.", "--dry-run")).stdout).toContain("nothing was written");
  expect(read(root, "content/lock.json")).toBe(lock);

  expect((await review("2027-02-20")).code).toBe(0);
  expect((await review("2027-02-20")).stderr).toContain("was reviewed on 2027-02-20 already");
  expect((await review("2028-02-21")).code).toBe(0);
  expect(await withdraw("2028-05-01")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("no version of night-release is current after that"),
  });
  expect((await withdraw("2028-05-02")).stderr).toContain("is withdrawn since 2028-05-01");
  expect((await review("2029-01-01")).stderr).toContain("is withdrawn");
  expect(JSON.parse(read(root, "content/lock.json")).checklists["night-release"]["1.0.0"]).toMatchObject({
    reviewed: [
      { date: "2027-02-20", by: "Cy" },
      { date: "2028-02-21", by: "Cy" },
    ],
    withdrawn: { date: "2028-05-01", reason: "It restores the wrong backup." },
  });
  expect(file()).toBe(released);
  expect((await type(root, ["check"])).code).toBe(0);
});

test("what is no day, no reason and no readable lock is refused", async () => {
  const root = empty();
  await type(root, ["new", "night-release"]);
  await type(root, [
    "release",
    "night-release@1.0.0",
    "--date",
    "2026-03-01",
    "--author",
    "Ann",
    "--approved-by",
    "Bob",
  ]);
  const withdraw = (date: string, reason: string) =>
    type(root, ["withdraw", "night-release@1.0.0", "--date", date, "--reason", reason]);
  for (const date of ["tomorrow", "2026-02-30", "2026-3-1"])
    expect((await withdraw(date, "Why.")).code).toBe(2);
  expect((await withdraw("2026-05-01", " ")).stderr).toContain("has a reason");
  const lock = read(root, "content/lock.json").replace('"date"', '"day"');
  writeFileSync(join(root, "content/lock.json"), lock);
  expect(await withdraw("2026-05-01", "Why.")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("lock.json:"),
  });
  expect(read(root, "content/lock.json")).toBe(lock);
});
