/** The page of the docs that lists all commands, rendered from their values. */
import type { Command } from "../scripts/command.ts";
import { renderCommandHelp } from "../scripts/help.ts";

/** Markdown with frontmatter, for `content/docs/commands.md`. */
export function renderCommandPage(commands: readonly Command[]): string {
  return [
    `---
title: Commands
summary: Every command with its options, as --help prints it.
order: 10
---

Exit codes are the same everywhere: 0 done, 1 problems in the content or refused, 2 wrong usage, 3 done, but what was judged is not clean.
`,
    ...commands.map(
      (command) => `## ${command.name}

\`\`\`text
${renderCommandHelp(command).trimEnd()}
\`\`\`
`,
    ),
  ].join("\n");
}
