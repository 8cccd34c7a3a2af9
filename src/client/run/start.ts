/** Working through a checklist in the browser: the lobby, where runs are opened, and the desk, where one is worked on. */
import type { Checklist } from "../../model/checklist.ts";
import { make } from "../node.ts";
import { t } from "../words.ts";
import { startBar } from "./bar.ts";
import { openDesk } from "./desk.ts";
import { startFront } from "./front.ts";
import { startItems } from "./items.ts";
import { startOffline } from "./offline.ts";
import { startSections } from "./sections.ts";
import { startSignoffs } from "./signoffs.ts";
import { keyOf, readRun } from "./store.ts";
import { startTexts } from "./texts.ts";

export function startRun(): void {
  const page = document.querySelector<HTMLElement>("[data-run]");
  const lobby = document.querySelector<HTMLElement>("[data-lobby]");
  if (page && lobby) void begin(page, lobby);
}

async function begin(page: HTMLElement, lobby: HTMLElement): Promise<void> {
  const { run = "", version = "" } = page.dataset;
  const of = `${run}@${version}`;
  lobby.replaceChildren(make("p", { class: "empty", role: "status" }, t("Opening …")));
  try {
    const checklist = await readChecklist();
    const asked = new URLSearchParams(location.search).get("run");
    const kept = asked === null ? undefined : await readRun(keyOf(of, asked));
    if (kept) {
      show(page);
      const desk = openDesk(checklist, kept);
      for (const start of [startItems, startSections, startSignoffs, startFront, startTexts, startBar])
        start(desk);
      void startOffline(desk.mention);
    } else {
      const { showLobby } = await import("./lobby.ts");
      await showLobby(lobby, checklist, asked);
      const told = lobby.appendChild(make("p", { class: "aside", role: "status" }));
      void startOffline((text) => {
        told.textContent = text;
      });
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    lobby.replaceChildren(
      make(
        "p",
        { class: "empty", role: "alert" },
        t(
          "Recording in this browser does not work: {reason}. Nothing that was recorded is lost. Load the page again, in another window if this one is private; or work from the printed sheet.",
          { reason },
        ),
      ),
    );
  }
}

async function readChecklist(): Promise<Checklist> {
  const response = await fetch("../checklist.json");
  if (!response.ok)
    throw new Error(t("{address} answers {status}", { address: response.url, status: response.status }));
  return (await response.json()) as Checklist;
}

function show(page: HTMLElement): void {
  page.classList.add("running");
  page.querySelector("#_lobby")?.remove();
  page.querySelector<HTMLElement>("#_desk")?.removeAttribute("hidden");
  // Where one is in the text is told anew, now that there is one.
  dispatchEvent(new Event("scroll"));
  // The browser looked for the place in the address before there was one.
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}
