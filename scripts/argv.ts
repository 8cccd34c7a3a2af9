/** From what was typed to what a command gets: strictly, and with one line that says what to type instead. */
import { parseArgs } from "node:util";
import { nearest } from "../src/model/nearest.ts";
import { type Command, type CommandArguments, type CommandOption, UsageError } from "./command.ts";
import { usageLine } from "./help.ts";

/** Whether help was asked for, anywhere before a `--`. */
export function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  const typed = end === -1 ? argv : argv.slice(0, end);
  return typed.includes("--help") || typed.includes("-h");
}

/**
 * Parses the arguments of one command.
 * @throws UsageError naming the first thing that is wrong and the usage of the command
 */
export function parseArguments(command: Command, argv: readonly string[]): CommandArguments {
  const refuse = (reason: string) => new UsageError(`${reason}; type: ${usageLine(command)}`);
  const parsed = parseStrictly(command, argv, refuse);
  for (const [name, option] of Object.entries(command.options)) {
    const reason = wrongValue(name, option, parsed.options[name]);
    if (reason) throw refuse(reason);
  }
  const reason = wrongCount(command, parsed.positionals);
  if (reason) throw refuse(reason);
  return parsed;
}

function parseStrictly(
  command: Command,
  argv: readonly string[],
  refuse: (reason: string) => UsageError,
): CommandArguments {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short, multiple }]) => [
      name,
      { type, multiple: multiple ?? false, ...(short === undefined ? {} : { short }) },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = command.options[token.name];
    if (!option) throw refuse(unknownOption(command, token.rawName));
    if (option.type === "string" && token.value === undefined) throw refuse(`${token.rawName} needs a value`);
    // "--out --base /x" has most likely lost the value of --out.
    if (option.type === "string" && !token.inlineValue && token.value?.startsWith("-") && token.value !== "-")
      throw refuse(
        `${token.rawName} needs a value; one that begins with "-" is typed as ${token.rawName}=${token.value}`,
      );
    if (option.type === "boolean" && token.value !== undefined)
      throw refuse(`${token.rawName} takes no value`);
    if (seen.has(token.name) && !option.multiple) throw refuse(`${token.rawName} is given twice`);
    seen.add(token.name);
  }
  const { values, positionals } = parseArgs({
    args: [...argv],
    options,
    strict: true,
    allowPositionals: true,
  });
  return { positionals, options: values as CommandArguments["options"] };
}

function unknownOption(command: Command, rawName: string): string {
  const near = nearest(rawName.replace(/^-+/, ""), Object.keys(command.options));
  return `unknown option ${rawName}${near === null ? "" : `, did you mean --${near}?`}`;
}

function wrongValue(name: string, option: CommandOption, value: unknown): string | undefined {
  if (value === undefined) return option.required ? `--${name} is missing` : undefined;
  const { choices } = option;
  if (!choices) return undefined;
  const wrong = [value].flat().find((one) => !choices.includes(String(one)));
  return wrong === undefined
    ? undefined
    : `--${name} is one of ${choices.join(", ")}, not "${String(wrong)}"`;
}

function wrongCount(command: Command, typed: readonly string[]): string | undefined {
  const taken = command.positionals ?? [];
  const missing = taken.filter((one) => !one.optional)[typed.length];
  if (missing) return `<${missing.name}> is missing`;
  const extra = taken.at(-1)?.many ? undefined : typed[taken.length];
  return extra === undefined ? undefined : `"${extra}" is one argument too many`;
}
