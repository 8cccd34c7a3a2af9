/** What a browser needs to keep the site as an app: opened from the home screen, it works where runs were opened before. */
import { href } from "../components/href.ts";
import { queryCatalogue } from "./_query.ts";

export async function GET(): Promise<Response> {
  const { installation } = await queryCatalogue();
  const manifest = {
    name: installation.organisation,
    short_name: installation.organisation.slice(0, 24),
    id: href("/"),
    start_url: href("/"),
    scope: href("/"),
    display: "standalone",
    background_color: "#fbfbf9",
    theme_color: "#0a5a78",
    icons: [{ src: href("/favicon.svg"), sizes: "any", type: "image/svg+xml", purpose: "any" }],
  };
  return new Response(`${JSON.stringify(manifest)}\n`);
}
