/** The text of `--help`, rendered from the values of the commands. */
import type { Command, CommandOption, Positional } from "./command.ts";

const width = 100;

/** `countersign sheet [options] <checklist@version>`: what to type, on one line. */
export function usageLine(command: Command): string {
  const required = Object.entries(command.options)
    .filter(([, option]) => option.required)
    .map(([name, option]) => optionName(name, option));
  const optional = Object.values(command.options).some((option) => !option.required) ? ["[options]"] : [];
  const positionals = (command.positionals ?? []).map(positionalName);
  return ["countersign", command.name, ...required, ...optional, ...positionals].join(" ");
}

/** The help of one command. Ends with a newline. */
export function renderCommandHelp(command: Command): string {
  const positionals = (command.positionals ?? []).map((one): Row => [positionalName(one), one.summary]);
  const options = Object.entries(command.options).map(
    ([name, option]): Row => [
      `${option.short === undefined ? "    " : `-${option.short}, `}${optionName(name, option)}`,
      option.summary + notes(option),
    ],
  );
  const help: Row = ["-h, --help", "show this help"];
  const details = (command.details ?? "").split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== "");
  return [
    `countersign ${command.name}: ${command.summary}\n`,
    `Usage: ${usageLine(command)}\n`,
    ...(positionals.length > 0 ? [`Arguments:\n${table(positionals)}`] : []),
    `Options:\n${table([...options, help])}`,
    ...details.map((paragraph) => `${wrap(paragraph.replace(/\s+/g, " ").trim(), width).join("\n")}\n`),
  ].join("\n");
}

/** The help of the whole: every command on a line. Ends with a newline. */
export function renderHelp(commands: readonly Pick<Command, "name" | "summary">[]): string {
  return [
    "countersign: versioned runbooks, sign-off sheets and audit reports from Markdown checklists\n",
    "Usage: countersign <command> [options] [arguments]\n",
    `Commands:\n${table(commands.map(({ name, summary }): Row => [name, summary]))}`,
    `Options:\n${table([
      ["-h, --help", "show this help, or that of a command"],
      ["-V, --version", "show the version"],
    ])}`,
    "Exit codes: 0 done, 1 problems in the content or refused, 2 wrong usage, 3 done but not clean.\n",
  ].join("\n");
}

type Row = readonly [term: string, text: string];

function table(rows: readonly Row[]): string {
  const indent = Math.max(...rows.map(([term]) => term.length)) + 4;
  return rows
    .map(([term, text]) => {
      const [first, ...rest] = wrap(text, Math.max(30, width - indent));
      return [`  ${term}`.padEnd(indent) + first, ...rest.map((line) => " ".repeat(indent) + line)].join(
        "\n",
      );
    })
    .map((row) => `${row}\n`)
    .join("");
}

function optionName(name: string, option: CommandOption): string {
  return option.type === "boolean"
    ? `--${name}`
    : `--${name} ${option.value ?? option.choices?.join("|") ?? "VALUE"}`;
}

function positionalName({ name, optional, many }: Positional): string {
  const repeated = many ? `<${name}>...` : `<${name}>`;
  return optional ? `[${repeated}]` : repeated;
}

function notes(option: CommandOption): string {
  const remarks = [
    ...(option.choices?.some((choice) => !option.summary.includes(choice)) && option.value !== undefined
      ? [`one of ${option.choices.join(", ")}`]
      : []),
    ...(option.multiple ? ["may be repeated"] : []),
  ];
  return remarks.length === 0 ? "" : ` (${remarks.join("; ")})`;
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
