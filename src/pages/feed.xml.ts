/** Atom: versions as they are released, runs as they are recorded. */
import { renderFeed } from "../html/feed.ts";
import { queryCatalogue, queryRegister } from "./_query.ts";

export async function GET(): Promise<Response> {
  const { installation, versions } = await queryCatalogue();
  return new Response(renderFeed(installation, versions, queryRegister().view.newest));
}
