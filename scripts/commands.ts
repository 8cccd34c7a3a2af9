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
    name: "serve",
    summary: "serves a built site on this computer",
    load: async () => (await import("./serve.ts")).serve,
  },
];
