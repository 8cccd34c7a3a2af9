import worker from "../client/worker.js?raw";

/** At the root of the site, so that it may answer for all of it. */
export const GET = (): Response =>
  new Response(worker, { headers: { "Content-Type": "text/javascript; charset=utf-8" } });
