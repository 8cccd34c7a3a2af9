import { renderLlms } from "../html/feed.ts";
import { linesOf, queryCatalogue, queryRegister } from "./_query.ts";

export async function GET(): Promise<Response> {
  const { installation, versions } = await queryCatalogue();
  const current = linesOf(versions).map(({ shown }) => shown);
  return new Response(renderLlms(installation, current, queryRegister().view.newest));
}
