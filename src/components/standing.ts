/** How a standing, an outcome and a finding are shown: always a mark and a word, and only then a colour. */
import type { FindingWord, Outcome } from "../model/report.ts";
import type { Standing } from "../model/version.ts";

export interface Shown {
  readonly mark: string;
  readonly word: string;
  readonly tone: "good" | "warn" | "bad" | "act" | "quiet";
}

export const standings: Readonly<Record<Standing, Shown>> = {
  current: { mark: "●", word: "current", tone: "good" },
  superseded: { mark: "◌", word: "superseded", tone: "quiet" },
  withdrawn: { mark: "✕", word: "withdrawn", tone: "bad" },
  draft: { mark: "✎", word: "draft", tone: "warn" },
  prerelease: { mark: "◐", word: "prerelease", tone: "act" },
};

export const outcomes: Readonly<Record<Outcome, Shown>> = {
  deployed: { mark: "▲", word: "deployed", tone: "quiet" },
  "in progress": { mark: "◔", word: "in progress", tone: "act" },
  stopped: { mark: "■", word: "stopped", tone: "quiet" },
  "rolled back": { mark: "↶", word: "rolled back", tone: "warn" },
  "rollback not verified": { mark: "↶", word: "rollback not verified", tone: "bad" },
};

export const findings: Readonly<Record<FindingWord, Shown>> = {
  clean: { mark: "✓", word: "clean", tone: "good" },
  "with exceptions": { mark: "!", word: "with exceptions", tone: "warn" },
  incomplete: { mark: "○", word: "incomplete", tone: "warn" },
  failed: { mark: "✕", word: "failed", tone: "bad" },
};
