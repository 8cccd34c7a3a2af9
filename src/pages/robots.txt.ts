import { queryCatalogue } from "./_query.ts";

export async function GET(): Promise<Response> {
  const { installation } = await queryCatalogue();
  return new Response(`User-agent: *\nAllow: /\nSitemap: ${installation.url}/sitemap-index.xml\n`);
}
