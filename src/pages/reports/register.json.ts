import { queryRegister } from "../_query.ts";

export function GET(): Response {
  return Response.json(queryRegister().rows);
}
