/** A copy button for each part of a command and each template; where there are blanks it asks for them first. */
import { make } from "./node.ts";
import { t } from "./words.ts";

/** Values typed for one blank are offered for the next one of the same name, as long as the page is open. */
const typed = new Map<string, string>();

export function startCopying(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-copy]")) {
    const blanks = JSON.parse(part.dataset.copy ?? "[]") as string[];
    const button = make("button", { type: "button" }, blanks.length === 0 ? t("Copy") : t("Copy…"));
    const caption = part.querySelector(".caption")?.textContent;
    if (caption) button.setAttribute("aria-label", t("Copy: {caption}", { caption }));
    button.addEventListener("click", () => {
      const text = part.querySelector("pre")?.textContent ?? "";
      if (blanks.length === 0) void copy(text, button);
      else ask(text, blanks, button);
    });
    part.append(button);
  }
}

async function copy(text: string, button: HTMLButtonElement): Promise<void> {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = t("Copied");
  } catch {
    button.textContent = t("Select and copy by hand");
  }
  announce(button.textContent);
  setTimeout(() => {
    button.textContent = before;
  }, 1600);
}

function announce(text: string): void {
  const live =
    document.querySelector("#_said") ??
    document.body.appendChild(make("div", { id: "_said", class: "hidden", role: "status" }));
  live.textContent = text;
}

/** The text with every blank filled, in one pass: a value that looks like a blank stays as typed. */
function filled(text: string, values: ReadonlyMap<string, string>): string {
  const forms = [...values.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"),
    "g",
  );
  return text.replace(pattern, (form) => values.get(form) ?? form);
}

function ask(text: string, blanks: readonly string[], button: HTMLButtonElement): void {
  const preview = make("pre", { tabindex: "0" });
  const done = make("button", { type: "submit" }, t("Copy"));
  const cancel = make("button", { type: "button" }, t("Cancel"));
  const inputs = blanks.map((blank) => {
    const input = make("input", { name: blank, autocomplete: "off", spellcheck: "false" });
    input.value = typed.get(blank) ?? "";
    return { blank, input };
  });
  const form = make(
    "form",
    { method: "dialog" },
    make("h2", {}, t("Fill in the blanks")),
    ...inputs.map(({ blank, input }) => make("label", {}, blank, input)),
    preview,
    make("div", { class: "buttons" }, cancel, done),
  );
  const dialog = make("dialog", { class: "fill", "aria-label": t("Fill in the blanks") }, form);
  const values = (): Map<string, string> =>
    new Map(inputs.filter(({ input }) => input.value !== "").map(({ blank, input }) => [blank, input.value]));
  const show = (): void => {
    const now = values();
    preview.textContent = now.size === 0 ? text : filled(text, now);
    done.disabled = now.size < blanks.length;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", () => {
    for (const [blank, value] of values()) typed.set(blank, value);
    void copy(filled(text, values()), button);
  });
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    button.focus();
  });
  document.body.append(dialog);
  show();
  dialog.showModal();
}
