import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { run } from "../scripts/cli.ts";
import { type Command, type CommandContext, defineCommand, exit, UsageError } from "../scripts/command.ts";
import { commands } from "../scripts/commands.ts";
import { renderCommandHelp, usageLine } from "../scripts/help.ts";
import { holdsWhatIsLocked } from "../scripts/install.mjs";

/** Runs argv against a table and keeps what was written. */
async function type(line: string, table = [entry(stamp)], env: CommandContext["env"] = {}) {
  const written = { stdout: "", stderr: "" };
  const code = await run(
    line.split(" ").filter(Boolean),
    {
      cwd: "/nowhere",
      stdout: { write: (chunk) => (written.stdout += String(chunk)) },
      stderr: { write: (chunk) => (written.stderr += String(chunk)) },
      stdin: async () => new Uint8Array(),
      now: () => new Date("2024-01-22T00:00:00Z"),
      env,
      signal: new AbortController().signal,
    },
    table,
  );
  return { code, ...written };
}

function entry(command: Command) {
  return { name: command.name, summary: command.summary, load: async () => command };
}

const stamp = defineCommand({
  name: "stamp",
  summary: "puts a stamp on a paper",
  details: "The first paragraph.\n\nThe second\nparagraph.",
  positionals: [
    { name: "paper", summary: "which one" },
    { name: "more", summary: "others", optional: true, many: true },
  ],
  options: {
    colour: { type: "string", choices: ["red", "blue"], summary: "of the ink" },
    tag: { type: "string", value: "TAG", multiple: true, summary: "a word" },
    out: { type: "string", short: "o", value: "DIR", summary: "where to" },
    "dry-run": { type: "boolean", summary: "only say so" },
  },
  async run({ positionals, options }, context) {
    if (positionals[0] === "napkin")
      throw new UsageError("a napkin is no paper; type: countersign stamp letter");
    if (positionals[0] === "fire") throw new Error("the paper burns");
    context.stdout.write(JSON.stringify({ positionals, ...options }));
    return positionals[0] === "smudged" ? exit.unclean : exit.done;
  },
});

describe("what is typed", () => {
  test("reaches the command, parsed", async () => {
    const { code, stdout } = await type("stamp letter -o x --tag a --tag=b --dry-run -- --not-an-option");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      positionals: ["letter", "--not-an-option"],
      out: "x",
      tag: ["a", "b"],
      "dry-run": true,
    });
  });

  test("ends with the code that the command returns", async () => {
    expect((await type("stamp smudged")).code).toBe(3);
  });

  test.each([
    ["", 'no command; type "countersign --help"'],
    ["stmap x", 'unknown command "stmap"; did you mean "countersign stamp"?'],
    ["frobnicate", 'unknown command "frobnicate"; type "countersign --help"'],
    ["stamp", "<paper> is missing; type: countersign stamp [options] <paper> [<more>...]"],
    ["stamp x --color red", "unknown option --color, did you mean --colour?"],
    ["stamp x --wholly-else", "unknown option --wholly-else; type:"],
    ["stamp x -q", "unknown option -q"],
    ["stamp x --colour green", '--colour is one of red, blue, not "green"'],
    ["stamp x --out", "--out needs a value"],
    ["stamp x --out --dry-run", '--out needs a value; one that begins with "-" is typed as --out=--dry-run'],
    ["stamp x --dry-run=yes", "--dry-run takes no value"],
    ["stamp x -o a --out b", "--out is given twice"],
    ["stamp napkin", "a napkin is no paper"],
  ])("wrong usage %j exits 2 with one line that says what to type", async (line, reason) => {
    const { code, stdout, stderr } = await type(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(reason);
    expect(stderr).toMatch(/^countersign[^\n]*\n$/);
  });

  test("a required option and a surplus argument are wrong usage too", async () => {
    const options = { by: { type: "string", value: "WHO", required: true, summary: "who" } } as const;
    const sign = defineCommand({ name: "sign", summary: "signs", options, run: async () => exit.done });
    expect(usageLine(sign)).toBe("countersign sign --by WHO");
    expect((await type("sign", [entry(sign)])).stderr).toContain(
      "--by is missing; type: countersign sign --by WHO",
    );
    expect((await type("sign x --by me", [entry(sign)])).stderr).toContain('"x" is one argument too many');
    expect((await type("sign --by me", [entry(sign)])).code).toBe(0);
  });

  test("an error of ours exits 1, with its stack only for those who ask", async () => {
    const plain = await type("stamp fire");
    expect(plain).toMatchObject({
      code: 1,
      stderr: "countersign stamp: the paper burns (COUNTERSIGN_DEBUG=1 shows where)\n",
    });
    expect((await type("stamp fire", undefined, { COUNTERSIGN_DEBUG: "1" })).stderr).toContain("cli.test.ts");
  });
});

describe("help", () => {
  test("of one command is rendered from its value", () => {
    expect(renderCommandHelp(stamp)).toBe(`countersign stamp: puts a stamp on a paper

Usage: countersign stamp [options] <paper> [<more>...]

Arguments:
  <paper>      which one
  [<more>...]  others

Options:
      --colour red|blue  of the ink
      --tag TAG          a word (may be repeated)
  -o, --out DIR          where to
      --dry-run          only say so
  -h, --help             show this help

The first paragraph.

The second paragraph.
`);
  });

  test.each(["stamp --help", "stamp x -h", "help stamp", "stamp --wrong --help"])(
    "is what %j shows",
    async (line) => {
      expect(await type(line)).toEqual({ code: 0, stdout: renderCommandHelp(stamp), stderr: "" });
    },
  );

  test("a --help behind -- is an argument", async () => {
    expect((await type("stamp -- --help")).stdout).toContain('"positionals":["--help"]');
  });

  test.each(["--help", "-h", "help"])("of the whole (%s) lists every command", async (line) => {
    const { code, stdout } = await type(line, [...commands]);
    expect(code).toBe(0);
    for (const { name, summary } of commands)
      expect(stdout).toMatch(new RegExp(`^  ${name} +${summary.slice(0, 30)}`, "m"));
  });
});

describe.each(commands.map((one) => ({ ...one })))("countersign $name", ({ name, summary, load }) => {
  test("is what the table says, has help, and refuses what it does not know", async () => {
    const command = await load();
    expect({ name: command.name, summary: command.summary }).toEqual({ name, summary });
    const help = await type(`${name} --help`, [...commands]);
    expect(help).toEqual({ code: 0, stdout: renderCommandHelp(command), stderr: "" });
    const refused = await type(`${name} --no-such-option`, [...commands]);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(new RegExp(`^countersign ${name}: .*; type: countersign ${name}.*\n$`));
  });

  test("explains itself in lines that fit a terminal", async () => {
    const command = await load();
    for (const { summary: one } of [
      command,
      ...Object.values(command.options),
      ...(command.positionals ?? []),
    ])
      expect(one).toMatch(/^[^A-Z\n][^\n]*[^.\n]$/);
    for (const line of renderCommandHelp(command).split("\n")) expect(line.length).toBeLessThanOrEqual(110);
  });
});

test("the launcher runs from any folder", async () => {
  const launcher = fileURLToPath(new URL("../scripts/countersign.mjs", import.meta.url));
  const execute = promisify(execFile);
  const { stdout } = await execute(process.execPath, [launcher, "--version"], { cwd: tmpdir() });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  await expect(
    execute(process.execPath, [launcher, "no-such-command"], { cwd: tmpdir() }),
  ).rejects.toMatchObject({ code: 2 });
});

test("an install by hand counts if it left what is locked", () => {
  const lock = { packages: { "": {}, a: { integrity: "1" }, b: { integrity: "2", optional: true } } };
  expect(holdsWhatIsLocked(lock, { packages: { a: { integrity: "1" } } })).toBe(true);
  expect(holdsWhatIsLocked(lock, { packages: { a: { integrity: "0" } } })).toBe(false);
  expect(holdsWhatIsLocked(lock, { packages: { b: { integrity: "2" } } })).toBe(false);
  expect(holdsWhatIsLocked(lock, { packages: { a: { integrity: "1" }, c: { integrity: "3" } } })).toBe(false);
});
