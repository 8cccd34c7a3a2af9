import { t } from "./words.ts"; /** The list of sections: open beside the text on wide screens, closed above it on narrow ones; marks where one is. */

/** One section an idle moment, so that no layout holds anybody up; soon the whole page stands as it is. */
function layOut(): void {
  const waiting = [...document.querySelectorAll<HTMLElement>(".text > section")];
  const next = (): void => {
    const section = waiting.shift();
    if (!section) return;
    section.dataset.laid = "";
    if ("requestIdleCallback" in window) requestIdleCallback(next);
    else setTimeout(next, 30);
  };
  next();
}

export function startSections(): void {
  layOut();
  const nav = document.querySelector<HTMLElement>(".contents");
  const details = nav?.querySelector("details");
  if (!nav || !details) return;
  const wide = matchMedia("(min-width: 64rem)");
  const summary = details.querySelector("summary");
  const adapt = (): void => {
    details.open = wide.matches;
  };
  adapt();
  wide.addEventListener("change", adapt);
  nav.addEventListener("click", (event) => {
    if (!wide.matches && event.target instanceof Element && event.target.closest("a")) details.open = false;
  });
  const links = new Map(
    [...nav.querySelectorAll<HTMLAnchorElement>("a")].map((link) => [
      decodeURIComponent(link.hash.slice(1)),
      link,
    ]),
  );
  const sections = [...links.keys()].flatMap((id) => document.getElementById(id) ?? []);
  let marked: HTMLAnchorElement | undefined;
  const mark = (): void => {
    const line = 140;
    const current = sections.findLast((section) => section.getBoundingClientRect().top < line);
    const link = links.get(current?.id ?? "");
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    if (wide.matches) link?.scrollIntoView({ block: "nearest" });
    if (summary) summary.textContent = link?.querySelector(".name")?.textContent ?? t("Sections");
    marked = link;
  };
  let waiting = false;
  const later = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  addEventListener("scroll", later, { passive: true });
  mark();
}
