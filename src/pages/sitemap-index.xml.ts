import { renderSitemapIndex, sitemapFiles } from "../html/feed.ts";
import { queryCatalogue, queryRegister } from "./_query.ts";

export async function GET(): Promise<Response> {
  const { installation, versions } = await queryCatalogue();
  const { length } = sitemapFiles(installation, versions, queryRegister().rows);
  return new Response(renderSitemapIndex(installation, length));
}
