/** What the model calls things, in the language of the page; what is not in the list is said as it is. */
import { t } from "../words.ts";

const WORDS: Readonly<Record<string, () => string>> = {
  passed: () => t("passed"),
  met: () => t("met"),
  clear: () => t("clear"),
  seen: () => t("seen"),
  "not seen": () => t("not seen"),
  carried: () => t("carried"),
  fired: () => t("fired"),
  failed: () => t("failed"),
  "not met": () => t("not met"),
  inconclusive: () => t("inconclusive"),
  blocked: () => t("blocked"),
  skipped: () => t("skipped"),
  "not applicable": () => t("not applicable"),
  "not recorded": () => t("not recorded"),
  "not due": () => t("not due"),
  "not selected": () => t("not selected"),
  "not needed": () => t("not needed"),
  "not reached": () => t("not reached"),
  "not done (optional)": () => t("not done (optional)"),
  "this part of the checklist is text": () => t("this part of the checklist is text"),
  "its condition is false in this run": () => t("its condition is false in this run"),
  "this way back was not taken": () => t("this way back was not taken"),
  "the run was stopped before": () => t("the run was stopped before"),
  "the run turned back before": () => t("the run turned back before"),
  "the run had turned back already": () => t("the run had turned back already"),
  "it outlives the run": () => t("it outlives the run"),
  "only a signature does it": () => t("only a signature does it"),
  "this signature is not asked for in this run": () => t("this signature is not asked for in this run"),
};

/** A status as recorded (`not-met`) or as printed (`not met`), or why an item has it. */
export function spoken(english: string): string {
  const plain = english.replaceAll("-", " ");
  return (Object.hasOwn(WORDS, plain) ? WORDS[plain]?.() : undefined) ?? english;
}
