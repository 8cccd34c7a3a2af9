/** The type of a file by its bytes: a name or a claim decides nothing. */

const signatures: readonly (readonly [type: string, bytes: readonly number[]])[] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38, 0x37, 0x61]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38, 0x39, 0x61]],
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/**
 * One of png, jpeg, gif, pdf, `application/json`, `text/plain` (HTML and SVG are text: they are shown, never
 * obeyed) or `application/octet-stream`.
 */
export function mediaTypeOf(bytes: Uint8Array): string {
  for (const [type, start] of signatures) {
    if (start.every((byte, index) => bytes[index] === byte)) return type;
  }
  const text = decode(bytes);
  if (text === null) return "application/octet-stream";
  return isJson(text) ? "application/json" : "text/plain";
}

/** Text is UTF-8 without control characters but tab, line feed, carriage return, form feed and escape. */
function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
