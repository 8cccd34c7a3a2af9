/**
 * The table of all commands, in the order of the help. A command is loaded when it is used: the summaries
 * stand here too, so that `--help` loads none of them (a test holds the two summaries equal).
 */
import type { Command } from "./command.ts";

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: "check",
    summary: "prints everything that is wrong with the content",
    load: async () => (await import("./check.ts")).check,
  },
  {
    name: "import",
    summary: "makes a source from a checklist that you already have",
    load: async () => (await import("./import.ts")).importing,
  },
  {
    name: "new",
    summary: "writes the first draft of a checklist",
    load: async () => (await import("./new.ts")).create,
  },
  {
    name: "bump",
    summary: "writes the next version of a checklist as a draft",
    load: async () => (await import("./bump.ts")).bump,
  },
  {
    name: "pin",
    summary: "writes the derived ids of a draft into its file",
    load: async () => (await import("./pin.ts")).pin,
  },
  {
    name: "release",
    summary: "freezes a draft: its digest, date and approver go into the lock",
    load: async () => (await import("./release.ts")).release,
  },
  {
    name: "withdraw",
    summary: "says in the lock that a released version is not to be used any more",
    load: async () => (await import("./withdraw.ts")).withdraw,
  },
  {
    name: "review",
    summary: "says in the lock that a released version was looked at, and nothing has to change",
    load: async () => (await import("./review.ts")).review,
  },
  {
    name: "diff",
    summary: "prints what changed between two versions of a checklist",
    load: async () => (await import("./diff.ts")).diff,
  },
  {
    name: "ingest",
    summary: "judges results files and stores them as records of their run",
    load: async () => (await import("./ingest.ts")).ingest,
  },
  {
    name: "sign",
    summary: "adds a signature to a run, on the signer's own machine",
    load: async () => (await import("./sign.ts")).sign,
  },
  {
    name: "gate",
    summary: "says by its exit code whether a run may go on to a section",
    load: async () => (await import("./gate.ts")).gate,
  },
  {
    name: "message",
    summary: "fills a message of the checklist with what the run knows",
    load: async () => (await import("./message.ts")).message,
  },
  {
    name: "reconcile",
    summary: "lists deployments without a record, and records without a deployment",
    load: async () => (await import("./reconcile.ts")).reconcile,
  },
  {
    name: "plan",
    summary: "prints the timetable of a version for a target time",
    load: async () => (await import("./plan.ts")).plan,
  },
  {
    name: "report",
    summary: "writes the report of a run as a page and as a PDF",
    load: async () => (await import("./report.ts")).report,
  },
  {
    name: "export",
    summary: "writes the report of a run in a format of other tools",
    load: async () => (await import("./export.ts")).exporting,
  },
  {
    name: "sheet",
    summary: "writes the sign-off sheet of a version as a PDF",
    load: async () => (await import("./sheet.ts")).sheet,
  },
  {
    name: "verify",
    summary: "checks that what is attached to a PDF is what the PDF names",
    load: async () => (await import("./verify.ts")).verify,
  },
  {
    name: "template",
    summary: "prints a results file of a version, to be filled in",
    load: async () => (await import("./template.ts")).template,
  },
  {
    name: "build",
    summary: "builds the site: pages, sheets and reports",
    load: async () => (await import("./build.ts")).build,
  },
  {
    name: "dev",
    summary: "serves the site while its content is written: what is edited shows at once",
    load: async () => (await import("./dev.ts")).dev,
  },
  {
    name: "serve",
    summary: "serves a built site on this computer",
    load: async () => (await import("./serve.ts")).serve,
  },
  {
    name: "schema",
    summary: "writes the published JSON schemas anew from the code",
    load: async () => (await import("./schema.ts")).schema,
  },
  {
    name: "bench",
    summary: "measures how many files a second are parsed, rendered and built",
    load: async () => (await import("./bench.ts")).bench,
  },
];
