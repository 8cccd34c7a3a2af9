/** Questions to the person at the screen: one dialog at a time, closed by Escape, focus back where it was. */
import { type Child, make } from "../node.ts";
import { t } from "../words.ts";

export interface Asking {
  readonly title: string;
  readonly submit: string;
  /** What is wrong with what was typed, or null; it is said in the dialog, which stays. */
  readonly check?: (data: FormData) => string | null;
  readonly danger?: boolean;
}

/** Asks; null if nothing was answered. */
export function ask(
  { title, submit, check, danger }: Asking,
  ...content: readonly Child[]
): Promise<FormData | null> {
  const before = document.activeElement;
  const wrong = make("p", { class: "wrong", role: "alert" });
  const done = make("button", { type: "submit", class: danger ? "danger" : "go" }, submit);
  const cancel = make("button", { type: "button" }, t("Cancel"));
  const form = make(
    "form",
    { method: "dialog", novalidate: "" },
    make("h2", { id: "_asking" }, title),
    ...content,
    wrong,
    make("div", { class: "buttons" }, cancel, done),
  );
  const dialog = make("dialog", { class: "ask", "aria-labelledby": "_asking" }, form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer: FormData | null = null;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const data = new FormData(form);
      const fault = check?.(data) ?? null;
      wrong.textContent = fault;
      if (fault !== null) return;
      answer = data;
      dialog.close();
    });
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      resolve(answer);
    });
    dialog.showModal();
  });
}

/** Text of a field, without blanks around it. */
export function typed(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === "string" ? value.trim() : "";
}

export interface FieldOptions {
  readonly type?: string;
  readonly value?: string;
  readonly hint?: string;
  readonly choices?: readonly (readonly [value: string, label: string])[];
  readonly rows?: number;
}

/** A label with its input, its choices, or room for more lines. */
export function field(name: string, label: string, options: FieldOptions = {}): HTMLLabelElement {
  const { type = "text", value = "", hint, choices, rows } = options;
  let input: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  if (choices) {
    input = make(
      "select",
      { name },
      ...choices.map(([choice, text]) => make("option", { value: choice }, text)),
    );
  } else if (rows !== undefined) input = make("textarea", { name, rows: String(rows) });
  else {
    const step = type === "datetime-local" ? "1" : null;
    input = make("input", { name, type, step, autocomplete: "off" });
  }
  if (type !== "file") input.value = value;
  return make(
    "label",
    { class: "field" },
    make("span", {}, label),
    input,
    hint === undefined ? null : make("small", {}, hint),
  );
}

/** One of a few, as radio buttons: everything is seen at once. */
export function choose(
  name: string,
  label: string,
  choices: readonly (readonly [value: string, label: string])[],
  chosen = "",
): HTMLFieldSetElement {
  return make(
    "fieldset",
    {},
    make("legend", {}, label),
    ...choices.map(([value, text]) => {
      const input = make("input", { type: "radio", name, value });
      input.checked = value === chosen;
      return make("label", { class: "tick" }, input, text);
    }),
  );
}

/** Several of a few. */
export function tick(name: string, value: string, label: string, checked = false): HTMLLabelElement {
  const input = make("input", { type: "checkbox", name, value });
  input.checked = checked;
  return make("label", { class: "tick" }, input, label);
}

/** Hands a file to the person: the browser saves it. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  // The browser reads it after the click; a minute is long enough for the slowest disk.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
