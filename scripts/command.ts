/**
 * What a command of the command line is: a value. Help, the docs page, the parsing of argv and the tests
 * are all made from it; `scripts/cli.ts` alone turns what `run` returns into the exit code of a process.
 *
 * @example
 * // scripts/pin.ts
 * export const pin = defineCommand({
 *   name: "pin",
 *   summary: "writes the derived ids of a draft into its file",
 *   details: "Changes nothing else. A file in the lock is refused.",
 *   positionals: [{ name: "checklist@version", summary: "which draft" }],
 *   options: {
 *     "dry-run": { type: "boolean", summary: "print what would be written" },
 *     format: { type: "string", value: "FORMAT", choices: ["text", "json"], summary: "how to print" },
 *   },
 *   async run({ positionals, options }, context) {
 *     const [target] = positionals; // the frame has counted them: there is exactly one
 *     context.stdout.write(`${target}\n`); // options["dry-run"] is boolean | undefined
 *     return exit.done;
 *   },
 * });
 */

/** Exit codes, the same for every command. */
export const exit = {
  /** Done. */
  done: 0,
  /** Problems in the content, or refused. */
  problems: 1,
  /** Wrong usage: what was typed cannot be understood. */
  usage: 2,
  /** Done, but what was judged is not clean (for `verify`: cannot tell). */
  unclean: 3,
} as const;

/** One `--name` that a command takes. */
export interface CommandOption {
  readonly type: "string" | "boolean";
  /** One letter: `o` for `-o`. */
  readonly short?: string;
  /** May be given more than once; the value is then a list. */
  readonly multiple?: true;
  /** What stands for the value in help: `DIR` in `--out DIR`. Only for strings. */
  readonly value?: string;
  /** The only values that are taken; another one is wrong usage. Only for strings. */
  readonly choices?: readonly string[];
  /** Leaving it out is wrong usage. */
  readonly required?: true;
  /** One line, lower case, without a full stop; names the default where there is one. */
  readonly summary: string;
}

export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** What `run` gets for one option: `undefined` where it was not typed. */
type OptionValue<O extends CommandOption> = O extends { readonly type: "boolean" }
  ? boolean | undefined
  : O extends { readonly multiple: true }
    ? readonly string[] | undefined
    : O extends { readonly required: true }
      ? string
      : string | undefined;

export interface CommandArguments<O extends CommandOptions = CommandOptions> {
  readonly positionals: readonly string[];
  readonly options: { readonly [K in keyof O]: OptionValue<O[K]> };
}

/** Something that is typed without a name, in order. Only the last one may be `optional` or `many`. */
export interface Positional {
  readonly name: string;
  readonly summary: string;
  readonly optional?: true;
  readonly many?: true;
}

export interface Writer {
  write(chunk: string | Uint8Array): unknown;
}

/** Everything of the outside world that a command may use, so that a test can stand in for it. */
export interface CommandContext {
  /** Relative paths in argv are relative to this. */
  readonly cwd: string;
  readonly stdout: Writer;
  readonly stderr: Writer;
  /** The whole of the standard input, read to its end. */
  readonly stdin: () => Promise<Uint8Array>;
  /** The clock; nothing under src/ reads another one. */
  readonly now: () => Date;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts: commands that serve or watch end then and return `exit.done`. */
  readonly signal: AbortSignal;
}

/** A command whose option types are forgotten: what the table holds. */
export interface Command {
  readonly name: string;
  /** One line, lower case, without a full stop: it stands in the list of commands. */
  readonly summary: string;
  /** Paragraphs for the command's own help: what it reads and writes, what its exit codes mean. */
  readonly details?: string;
  readonly positionals?: readonly Positional[];
  readonly options: CommandOptions;
  /** Resolves to the exit code. Throws {@link UsageError} for wrong usage; anything else thrown is our own bug. */
  run(args: CommandArguments, context: CommandContext): Promise<number>;
}

/** Makes a command and gives its `run` the types of its own options. */
export function defineCommand<const O extends CommandOptions>(
  command: Omit<Command, "options" | "run"> & {
    readonly options: O;
    run(args: CommandArguments<O>, context: CommandContext): Promise<number>;
  },
): Command {
  // The frame parses argv by command.options before it calls run, so the arguments have the shape of O.
  return command as unknown as Command;
}

/** Wrong usage: one line that says what to type. The frame prints it and exits 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
