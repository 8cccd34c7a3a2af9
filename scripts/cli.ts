/** The command line: the only reader of argv, the only writer of exit codes, the only owner of the clock. */
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { nearest } from "../src/model/nearest.ts";
import { asksForHelp, parseArguments } from "./argv.ts";
import { type Command, type CommandContext, exit, UsageError } from "./command.ts";
import { type CommandEntry, commands } from "./commands.ts";
import { renderCommandHelp, renderHelp } from "./help.ts";
import { readVersion } from "./tool.ts";

/**
 * Runs what was typed.
 * @param argv what follows the name of the program
 * @returns the exit code; never rejects
 */
export async function run(
  argv: readonly string[],
  context: CommandContext,
  table: readonly CommandEntry[] = commands,
): Promise<number> {
  const [name, ...rest] = argv[0] === "help" && argv[1] !== undefined ? [argv[1], "--help"] : argv;
  if (name === undefined) return refuse(context, 'no command; type "countersign --help" to see them all');
  if (name === "--help" || name === "-h" || name === "help") {
    context.stdout.write(renderHelp(table));
    return exit.done;
  }
  if (name === "--version" || name === "-V") {
    context.stdout.write(`${readVersion()}\n`);
    return exit.done;
  }
  const entry = table.find((one) => one.name === name);
  if (!entry) return refuse(context, unknownCommand(name, table));
  try {
    return await runCommand(await entry.load(), rest, context);
  } catch (error) {
    if (error instanceof UsageError) return refuse(context, error.message, entry.name);
    context.stderr.write(`countersign ${entry.name}: ${describe(error, context)}\n`);
    return exit.problems;
  }
}

async function runCommand(
  command: Command,
  argv: readonly string[],
  context: CommandContext,
): Promise<number> {
  if (asksForHelp(argv)) {
    context.stdout.write(renderCommandHelp(command));
    return exit.done;
  }
  return command.run(parseArguments(command, argv), context);
}

function refuse(context: CommandContext, reason: string, name?: string): number {
  context.stderr.write(`countersign${name === undefined ? "" : ` ${name}`}: ${reason}\n`);
  return exit.usage;
}

function unknownCommand(name: string, table: readonly CommandEntry[]): string {
  const near = nearest(
    name,
    table.map((entry) => entry.name),
  );
  return near === null
    ? `unknown command "${name}"; type "countersign --help" to see them all`
    : `unknown command "${name}"; did you mean "countersign ${near}"?`;
}

function describe(error: unknown, { env }: CommandContext): string {
  if (!(error instanceof Error)) return `something unexpected was thrown: ${String(error)}`;
  if (
    "code" in error &&
    error.code === "ERR_MODULE_NOT_FOUND" &&
    error.message.includes("Cannot find package")
  )
    return `${error.message.split("\n")[0]}; the dependencies are not those of package-lock.json: run "npm ci"`;
  return env.COUNTERSIGN_DEBUG
    ? (error.stack ?? error.message)
    : `${error.message} (COUNTERSIGN_DEBUG=1 shows where)`;
}

/** Runs the command line for this process, and ends the process. */
export async function main(argv: readonly string[]): Promise<never> {
  const code = await run(argv, processContext());
  // A pipe may still hold output; whatever else is open (watchers, sockets) must not keep the process.
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  process.exit(code);
}

function processContext(): CommandContext {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0); // "| head" has seen enough
      throw error;
    });
  return {
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: readStdin,
    now: () => new Date(),
    env: process.env,
    signal: interruption(),
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Aborts on the first Ctrl-C; a command that does not listen, or a second Ctrl-C, ends the process the hard way. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(code);
      controller.abort();
      setTimeout(() => process.exit(code), 1000).unref();
    });
  return controller.signal;
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(process.argv.slice(2));
