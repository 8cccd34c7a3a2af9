/** The page at an address that a checklist had before it was renamed: it leads on, with scripts and without. */
import type { Installation } from "../model/entry.ts";
import { el, type Html, seen, serialize } from "./html.ts";

/** Unlike a refresh, it keeps what stands behind the `#`: links to items live on. The page's policy names its digest. */
export const REDIRECT_SCRIPT = "location.replace(document.links[0].href+location.hash)";

export interface Redirect {
  readonly from: string;
  readonly to: string;
  /** Below the folder of the checklist, with a slash at the end: `1.4.0/`, `latest/`, or nothing. */
  readonly place: string;
}

/**
 * Links are relative, so that the page works at any base path.
 * @param scriptHash SHA-256 of {@link REDIRECT_SCRIPT} in base 64
 */
export function renderRedirect(
  { from, to, place }: Redirect,
  { organisation, url }: Pick<Installation, "organisation" | "url">,
  scriptHash: string,
): Html {
  const target = `${place === "" ? "" : "../"}../${to}/${place}`;
  const policy = `default-src 'none'; script-src 'sha256-${scriptHash}'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
  const page = el("html", { lang: "en" }, [
    el(
      "head",
      {},
      el("meta", { charSet: "utf-8" }),
      el("meta", { httpEquiv: "content-security-policy", content: policy }),
      el("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
      el("meta", { name: "color-scheme", content: "light dark" }),
      el("meta", { name: "robots", content: "noindex" }),
      el("title", {}, `${from} is now ${to} · ${seen(organisation)}`),
      el("link", { rel: "canonical", href: `${url}/checklists/${to}/${place}` }),
      el("link", { rel: "icon", href: "data:," }),
      el("noscript", {}, el("meta", { httpEquiv: "refresh", content: `0; url=${target}` })),
    ),
    el(
      "body",
      {},
      el(
        "main",
        {},
        el("h1", {}, "This checklist was renamed"),
        el("p", {}, `${from} is now `, el("a", { href: target }, to), "."),
      ),
      el("script", {}, { type: "text", value: REDIRECT_SCRIPT }),
    ),
  ]);
  return `<!doctype html>\n${serialize(page)}\n` as Html;
}
