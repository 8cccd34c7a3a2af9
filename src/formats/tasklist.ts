/** Task lists in Markdown, line by line: what stands in code or in a comment is no task. */

export interface Task {
  readonly ticked: boolean;
  /** As written, without the comment. */
  readonly text: string;
  /** Item that a comment beside it names: `<!-- item: smoke-home -->`. */
  readonly item: string | null;
}

const TASK = /^\s*(?:>\s*)*(?:[-*+]|\d{1,9}[.)])\s+\[([ xX])\]\s+(.*)$/;
const ITEM = /<!--\s*item:\s*(?:\{\s*id:\s*)?"?([a-z0-9][a-z0-9._-]{0,63})"?\s*(?:[,}].*?)?-->/;

/** Every task, in order. */
export function tasksOf(markdown: string): readonly Task[] {
  const tasks: Task[] = [];
  let fence: string | null = null;
  let comment = false;
  for (const line of markdown.split(/\r?\n/)) {
    if (comment) {
      comment = !line.includes("-->");
      continue;
    }
    const mark = /^\s*(?:>\s*)*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) && new RegExp(`^\\s*(?:>\\s*)*${mark}\\s*$`).test(line)) fence = null;
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    const task = TASK.exec(line);
    if (task) {
      const [, box = " ", text = ""] = task;
      const bare = text.replace(/<!--.*?(?:-->|$)/g, "").trim();
      tasks.push({ ticked: box !== " ", text: bare, item: ITEM.exec(text)?.[1] ?? null });
    }
    const opened = line.lastIndexOf("<!--");
    comment = opened !== -1 && !line.slice(opened).includes("-->");
  }
  return tasks;
}
