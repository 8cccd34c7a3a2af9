/** A timetable: offsets turned into times, in order, with nothing made up where an anchor is not known. */
import { expect, test } from "vitest";
import { renderCalendar } from "../scripts/calendar.ts";
import { timetableOf } from "../src/model/timetable.ts";
import { checklist } from "./build.ts";
import { makeProject, type as typed } from "./terminal.ts";

const of = checklist(`
signoffs: [{id: lead, role: Lead, meaning: approval, before: work}]
escalation: [{level: 1, role: On-call, from: PT0M, to: PT15M, channel: "#ops"}]
---
## A week before <!-- section: {id: week, stage: before, at: -P7D} -->
- [ ] Backup <!-- item: backup -->
- [ ] Told everybody <!-- item: {id: told, due: -P1D, owner: Support} -->

## Work <!-- section: {id: work, stage: change, at: P0D, duration: PT2H} -->
- [ ] Deploy <!-- item: deploy -->

## Watch <!-- section: {id: watch, stage: after, anchor: live, at: +PT1H} -->
- [ ] Errors <!-- item: {id: errors, repeat: PT30M, for: PT1H} -->

## Whenever <!-- section: {id: whenever, stage: after} -->
- [ ] Tidy up <!-- item: tidy -->
`);
const target = "2026-03-04T22:00:00+01:00";
const rows = (others = {}) =>
  timetableOf(of, { target, ...others }).entries.map(({ id, at, due, until, offset, reading }) =>
    [id, at ?? "-", due ?? "-", until ?? "-", offset, reading ?? ""].join(" ").trim(),
  );

test("sections and items of their own time stand in order; what follows its section is not said twice", () => {
  expect(rows()).toEqual([
    "week 2026-02-25T22:00:00+01:00 - - T−7 d",
    "told 2026-02-25T22:00:00+01:00 2026-03-03T22:00:00+01:00 - T−7 d",
    "work 2026-03-04T22:00:00+01:00 - 2026-03-05T00:00:00+01:00 T",
    "watch - - - live +1 h",
  ]);
});

test("readings are listed one by one once their anchor is known", () => {
  expect(rows({ live: "2026-03-04T23:50:00+01:00" }).slice(3)).toEqual([
    "watch 2026-03-05T00:50:00+01:00 - - live +1 h",
    "errors 2026-03-05T00:50:00+01:00 - - live +1 h 1",
    "errors 2026-03-05T01:20:00+01:00 - - live +1 h 2",
  ]);
});

test("the escalation has clock times, and what has none is named", () => {
  expect(timetableOf(of, { target })).toMatchObject({
    untimed: ["whenever"],
    escalation: [{ level: 1, from: target, to: "2026-03-04T22:15:00+01:00" }],
  });
});

test("a calendar has one event for each, in UTC, in lines of at most 75 bytes", () => {
  const ics = renderCalendar(timetableOf(of, { target }), "https://runbooks.example.com/a");
  expect(ics.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(3);
  expect(ics).toContain("DTSTART:20260304T210000Z\r\nDTEND:20260304T230000Z\r\nSUMMARY:2 Work\r\n");
  for (const line of ics.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  expect(new Set(ics.match(/^UID:.*$/gm)).size).toBe(3);
});

test("the command takes local times with a zone, and says what is wrong", async () => {
  const text =
    "---\ntitle: T\n---\n## Work <!-- section: {id: work, stage: change, at: P0D} -->\n- [ ] x <!-- item: x -->\n";
  const root = makeProject({ "content/checklists/t/1.0.md": text });
  const ask = (...argv: string[]) => typed(root, ["plan", ...argv]);
  const local = await ask("t@1.0", "--target", "2026-07-04 22:00", "--timezone", "Europe/Berlin");
  expect(local).toMatchObject({ code: 0, stderr: "" });
  expect(local.stdout).toContain("2026-07-04 22:00 +02:00  T  1 Work\n");
  expect((await ask("t@1.0", "--target", "2026-07-04 22:00")).stderr).toContain("with --timezone");
  expect(await ask("t@1.1", "--target", target)).toMatchObject({ code: 1, stdout: "" });
  expect(await ask("t@1.0")).toMatchObject({ code: 2 });
  expect(JSON.parse((await ask("t@1.0", "--target", target, "--json")).stdout)).toMatchObject({
    anchors: { target, start: target, live: null },
  });
});
