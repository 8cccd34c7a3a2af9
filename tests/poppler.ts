/** Is poppler on this machine? Tests that draw pages with it skip where it is not. */
import { execFileSync } from "node:child_process";

export const hasPoppler = ((): boolean => {
  try {
    execFileSync("pdftoppm", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();
