/** The picture of planned times: which sections have a bar, where it begins, how long it is. */
import { expect, test } from "vitest";
import { renderBody } from "../src/html/body.ts";
import { checklist } from "./build.ts";

/** Name, time, begin and length of every bar, from the page. */
function barsOf(body: string): readonly string[] {
  const map = /<section class="timemap[\s\S]*?<\/section>/.exec(renderBody(checklist(body)))?.[0] ?? "";
  return [
    ...map.matchAll(/<\/span> ([^<]+)<\/a><span class="time">([^<]+)<[\s\S]*?x="([^"]+)" width="([^"]+)"/g),
  ].map(([, ...parts]) => parts.join(" | "));
}
const section = (level: string, id: string, more: string): string =>
  `${level} Part ${id} <!-- section: {id: ${id}${more}} -->\n\n- [ ] Do ${id} <!-- item: do-${id} -->\n`;

test("parts stand one after the other instead of their sum, a way back stands whole from its own beginning", () => {
  const text = [
    section("##", "all", ", duration: PT3H"),
    section("###", "a", ", duration: PT1H"),
    section("###", "b", ""),
    section("###", "c", ", duration: PT1H30M"),
    section("##", "back", ", role: contingency, duration: PT15M"),
    section("###", "first", ", duration: PT10M"),
  ].join("\n");
  expect(barsOf(`---\n${text}`)).toEqual([
    "Part a | 1 h | 0 | 40",
    "Part c | 1 h 30 min | 40 | 60",
    "Part back | 15 min | 0 | 10",
  ]);
});

test("one duration alone, or none, is no picture; a very short one is still seen", () => {
  expect(barsOf(`---\n${section("##", "a", ", duration: PT1H")}`)).toEqual([]);
  expect(barsOf(`---\n${section("##", "a", "")}`)).toEqual([]);
  const [, short] = barsOf(
    `---\n${section("##", "a", ", duration: P1D")}\n${section("##", "b", ", duration: PT1M")}`,
  );
  expect(short).toBe("Part b | 1 min | 99 | 1");
});
