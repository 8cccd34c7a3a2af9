import { registerCsv } from "../../model/register.ts";
import { queryRegister } from "../_query.ts";

export function GET(): Response {
  return new Response(registerCsv(queryRegister().rows));
}
