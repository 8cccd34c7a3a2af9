/** What runs on every page: small parts that find their place in the page or do nothing. */
import { startCopying } from "./copy.ts";
import { startSearch } from "./search.ts";
import { startSections } from "./sections.ts";
import { startTheme } from "./theme.ts";
import { startVersions } from "./versions.ts";
import { loadWords } from "./words.ts";

export async function start(): Promise<void> {
  await loadWords();
  startTheme();
  startVersions();
  startSections();
  startCopying();
  startSearch();
  if (document.querySelector("[data-compare]"))
    void import("./compare.ts").then(({ startCompare }) => startCompare());
  if (document.querySelector("[data-run]")) void import("./run/start.ts").then(({ startRun }) => startRun());
  // Only the register needs it, and it brings the rows' CSV along.
  if (document.querySelector("[data-register]"))
    void import("./register.ts").then(({ startRegister }) => startRegister());
}
