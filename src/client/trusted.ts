/** Scripts that are started from an address as text: the policy named in astro.config.mjs lets through these, and nothing else. */
const allowed = new Set<string>();
let isMade = false;

export function allowScript(address: string): void {
  allowed.add(address);
  const types = (window as { trustedTypes?: { createPolicy(name: string, rules: object): unknown } })
    .trustedTypes;
  if (!types || isMade) return;
  isMade = true;
  types.createPolicy("default", {
    createScriptURL: (given: string) =>
      allowed.has(new URL(given, location.href).href.split("?")[0] ?? "") ? given : null,
  });
}
