import type { APIContext } from "astro";
import { sitemapFiles } from "../html/feed.ts";
import { queryCatalogue, queryRegister } from "./_query.ts";

export async function getStaticPaths() {
  const { installation, versions } = await queryCatalogue();
  return sitemapFiles(installation, versions, queryRegister().rows).map((text, at) => ({
    params: { n: String(at) },
    props: { text },
  }));
}

export function GET({ props }: APIContext<{ text: string }>): Response {
  return new Response(props.text);
}
