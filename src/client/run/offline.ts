/** Working without a network: a worker keeps this page and what it needs, and answers for the host when that is away. */
import { base } from "../node.ts";
import { allowScript } from "../trusted.ts";
import { t } from "../words.ts";

/** @param say tells the person at the screen whether this page will be there without a network */
export async function startOffline(say: (text: string) => void): Promise<void> {
  if (!("serviceWorker" in navigator)) {
    say(t("Kept on this computer. Without a network it opens again only from a site served over HTTPS."));
    return;
  }
  const worker = new URL(`${base()}worker.js`, location.href).href;
  allowScript(worker);
  try {
    // What is needed only later has to be here when the network is not.
    await Promise.all([
      import("./lobby.ts"),
      import("./found.ts"),
      import("./back.ts"),
      import("./finish.ts"),
      import("./zip.ts"),
    ]);
    await navigator.serviceWorker.register(worker, { scope: base() });
    const { active } = await navigator.serviceWorker.ready;
    navigator.serviceWorker.addEventListener("message", ({ data }) => {
      if (data?.kept !== location.pathname) return;
      document.documentElement.dataset.offline = "ready";
      say(t("Kept on this computer, and ready for work without a network."));
    });
    active?.postMessage({ page: location.pathname, keep: needed() });
  } catch {
    say(t("Kept on this computer. This host lets it work without a network only while the page stays open."));
  }
}

/** Everything that this page has loaded, and what it may load yet. */
function needed(): readonly string[] {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const here = new URL(".", location.href).href;
  const more = ["../checklist.json", "../../versions.json", "../", ""].map(
    (path) => new URL(path, here).href,
  );
  return [...new Set([...loaded, ...more])].filter((address) => address.startsWith(location.origin));
}
