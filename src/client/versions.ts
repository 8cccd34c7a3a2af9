/**
 * Pages of older versions keep their bytes, so what they say about newer ones is drawn here, from one small file
 * beside them: the notice with the link to the same item in the current version, and the selector.
 */
import type { VersionsFile } from "../model/entry.ts";
import { base, make } from "./node.ts";
import { t } from "./words.ts";

export function startVersions(): void {
  const strip = document.querySelector<HTMLElement>(".strip[data-checklist]");
  if (strip) void fill(strip);
}

async function fill(strip: HTMLElement): Promise<void> {
  const { checklist = "", version = "" } = strip.dataset;
  const folder = `${base()}checklists/${checklist}/`;
  const file = await read(`${folder}versions.json`);
  if (!file) return;
  const draw = (): void => {
    drawNotice(strip, file, folder, version);
    drawSelector(strip, file, folder, version);
  };
  draw();
  addEventListener("hashchange", draw);
}

async function read(address: string): Promise<VersionsFile | null> {
  try {
    const response = await fetch(address);
    return response.ok ? ((await response.json()) as VersionsFile) : null;
  } catch {
    return null; // opened from a disk, or the host is away: the static text stands
  }
}

/** The place in the page, as in the address: `#error-rate`, or nothing; what is no escaped text stands as it is. */
function place(): string {
  const written = location.hash.slice(1);
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

function drawNotice(strip: HTMLElement, file: VersionsFile, folder: string, version: string): void {
  const says = strip.querySelector<HTMLElement>(".says");
  const mine = file.versions.find((one) => one.version === version);
  if (!says || !mine || (mine.status !== "superseded" && mine.status !== "withdrawn")) return;
  strip.dataset.standing = mine.status;
  const status = strip.querySelector<HTMLElement>(".status");
  if (status) {
    status.textContent = mine.status === "withdrawn" ? t("withdrawn") : t("superseded");
    status.dataset.mark = mine.status === "withdrawn" ? "✕" : "!";
    status.className = `status ${mine.status === "withdrawn" ? "bad" : "warn"}`;
  }
  const state =
    mine.status === "withdrawn"
      ? t("Version {version} was withdrawn on {day}: {reason} ", {
          version,
          day: mine.withdrawn?.date ?? t("an unknown day"),
          reason: mine.withdrawn?.reason ?? "",
        })
      : t("Version {version}, released {day}, is superseded. ", { version, day: mine.released ?? "" });
  says.replaceChildren(make("b", {}, state), ...whereNow(file, folder, version));
}

function whereNow(file: VersionsFile, folder: string, version: string): (Node | string)[] {
  if (file.current === null) return [t("No version is current.")];
  if (file.current === version) return [];
  const id = place();
  const { current } = file;
  if (id === "" || id.startsWith("_"))
    return [
      make(
        "a",
        { class: "go", href: `${folder}${file.current}/` },
        t("Current is version {version}: go there", { version: current }),
      ),
    ];
  if (file.items.includes(id))
    return [
      make(
        "a",
        { class: "go", href: `${folder}${file.current}/#${encodeURIComponent(id)}` },
        t("Current is version {version}: go to the same item", { version: current }),
      ),
    ];
  return [
    t("Current is version {version}; “{item}” is not in this version. ", { version: file.current, item: id }),
    make(
      "a",
      { class: "go", href: `${folder}${file.current}/` },
      t("Go to {version}", { version: file.current }),
    ),
  ];
}

function drawSelector(strip: HTMLElement, file: VersionsFile, folder: string, version: string): void {
  const slot = strip.querySelector<HTMLElement>(".versions");
  if (!slot) return;
  const hash = location.hash;
  const menu = make(
    "details",
    { class: "menu" },
    make("summary", {}, t("Version {version}", { version })),
    make(
      "ul",
      {},
      ...file.versions.map((one) =>
        make(
          "li",
          {},
          make(
            "a",
            {
              href: `${folder}${one.version}/${hash}`,
              "aria-current": one.version === version ? "page" : null,
            },
            one.version,
            make(
              "small",
              {},
              one.released === null
                ? one.status
                : t("{status}, {day}", { status: one.status, day: one.released }),
            ),
          ),
        ),
      ),
    ),
  );
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  slot.replaceChildren(menu);
}
