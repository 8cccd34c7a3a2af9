/** Which names announce a secret: `DB_PASSWORD`, `clientSecret`, `X-Api-Key`, and not `TOKEN_TTL` or `cache-key`. */

/** How much a value must look like a secret behind such a name. */
export type NameKind = "password" | "token" | "key";

const PASSWORD =
  /^(?:.*(?:password|passwd|passwort|passphrase)|pass|pwd|pw|passcode|passe|wachtwoord|parola|hasło|haslo|lösenord|şifre|contraseña|contrasena|senha|密码|密碼|パスワード|비밀번호|пароль)$/u;
const TOKEN =
  /^(?:.*(?:secret|token|apikey|accesskey|secretkey|privatekey|authkey|accountkey|signingkey|encryptionkey|masterkey)|credentials?|creds|salt|pepper)$/;
/** A word before `key` that makes it a secret one. */
const SECRET_KEYS =
  /^(?:api|access|secret|private|signing|encryption|crypto|master|account|auth|shared|service|storage|subscription|webhook|jwt|session|cookie|app|admin|license|deploy|integration|write|server|client|account|role|rest|functions?|hmac|aes|rsa|fernet)$/;
/** A word before `key` that makes it another thing: what one looks up by, what everybody may see. */
const OTHER_KEYS =
  /^(?:public|publishable|host|cache|primary|foreign|partition|sort|unique|index|composite|idempotency|object|group|map|registry|translation|locale|row|routing|message|event|lookup|dedup|restore|s3|hot|short|arrow|tab)$/;
/** A last word that says which one, not what. */
const QUALIFIER =
  /^(?:prod|production|live|staging|stage|dev|development|test|old|new|current|primary|secondary|default|base64|b64|\d+|v\d+)$/;

/** @param name as written: with `_`, `-`, `.`, spaces or capitals between its words */
export function secretName(name: string): NameKind | null {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[\s_.-]+/)
    .filter((word) => word !== "");
  while (words.length > 1 && QUALIFIER.test(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (before === "public" || before === "csrf") return null;
  if (PASSWORD.test(last) || (last === "word" && before === "pass")) return "password";
  if (TOKEN.test(last)) return "token";
  if (last !== "key" || OTHER_KEYS.test(before)) return null;
  return SECRET_KEYS.test(before) ? "token" : "key";
}
