/** Secrets whose place says what they are, whatever they look like: command lines, headers, addresses, key blocks. */
import { isPlaceholder } from "./placeholder.ts";
import type { Spot } from "./spot.ts";

export function findSurrounded(text: string): readonly Spot[] {
  const lower = text.toLowerCase();
  const found = SURROUNDED.filter(({ has }) => has.some((word) => lower.includes(word))).flatMap(
    ({ kind, pattern }) => [...text.matchAll(pattern)].flatMap((match) => spotOf(kind, match)),
  );
  return lower.includes("private key") ? [...found, ...keyBlocks(text)] : found;
}

interface Surrounding {
  readonly kind: string;
  /** Words in lower case, one of which every match has: where the text has none of them, the pattern is not tried. */
  readonly has: readonly string[];
  /** With the value in a group `q` (in double quotes), `s` (in single ones) or `v`. */
  readonly pattern: RegExp;
}

const VALUE = `(?:"(?<q>[^"\\n]{3,})"|'(?<s>[^'\\n]{3,})'|(?<v>[^\\s"'\`;|&]{3,}))`;

function after(kind: string, has: readonly string[], before: string, flags = "dg"): Surrounding {
  return { kind, has, pattern: new RegExp(`${before}${VALUE}`, flags) };
}

/** A program of these, then its option, on one line. */
function command(programs: readonly string[], option: string): Surrounding {
  return after(
    "a password on a command line",
    programs,
    `\\b(?:${programs.join("|")})\\b[^\\n|;]{0,200}?${option}`,
  );
}

const SURROUNDED: readonly Surrounding[] = [
  {
    kind: "a password in an address",
    has: ["://"],
    pattern: /(?<=[a-z0-9]):\/\/[^\s:@/'"<>`]{0,100}:(?<v>[^\s@/'"`<>]{4,200})@[^\s@]/dgi,
  },
  command(["mysql", "mysqldump", "mysqladmin", "mysqlimport", "mariadb", "mariadb-dump", "mycli"], "\\s-p"),
  command(["sshpass"], "\\s-p\\s*"),
  command(["login"], "\\s-p[ =]"),
  command(["mongo", "mongosh", "mongodump", "mongorestore", "mongoexport", "mongoimport"], "\\s-p[ =]"),
  command(["redis-cli"], "\\s-a[ =]"),
  command(["sqlcmd", "bcp", "osql", "zip", "unzip"], "\\s-P[ ]?"),
  command(["ldapsearch", "ldapadd", "ldapmodify", "ldapdelete", "ldappasswd", "ldapwhoami"], "\\s-w[ ]?"),
  command(["keytool", "jarsigner"], "\\s-(?:store|key|dest|src)\\w*pass[ ]"),
  command(["openssl", "gpg"], "\\bpass:"),
  command(["smbclient"], "\\s-U\\s*[^\\s%]{1,60}%"),
  command(["htpasswd"], "\\s-\\w*b\\w*\\s+\\S+\\s+\\S+\\s+"),
  command(["rabbitmqctl"], "\\s(?:add_user|change_password)\\s+\\S+\\s+"),
  command(["curl"], "\\s(?:-u|--user)[ =]?[\"']?[^\\s:\"']{1,60}:"),
  command(["openssl"], "\\senc\\b[^\\n|;]{0,120}?\\s-k[ ]"),
  command(["ssh-keygen"], "\\s-N[ ]"),
  after(
    "a password on a command line",
    ["chpasswd"],
    "\\becho\\s+(?:-n\\s+)?[\"']?[\\w.-]{1,40}:(?=[^\\n]{1,80}\\|[^\\n]{0,40}\\bchpasswd\\b)",
  ),
  after(
    "a password on a command line",
    ["stdin"],
    "\\becho\\s+(?:-n\\s+)?(?=[^\\n|]{3,120}\\|[^\\n]{0,120}--(?:password-)?stdin\\b)",
  ),
  {
    kind: "a password in a .pgpass line",
    has: [":5432:", ":5433:", ":6432:"],
    pattern: /[\w.*-]{1,80}:(?:5432|5433|6432):[\w*-]{1,60}:[\w*-]{1,60}:(?<v>[^\s:]{4,200})/dg,
  },
  {
    kind: "the hash of a password",
    has: ["$1$", "$2", "$5$", "$6$", "$y$", "$apr1$"],
    pattern: /(?<v>\$(?:1|2[aby]?|5|6|y|apr1)\$[\w./$=]{20,200})/dg,
  },
  after("a password in a .netrc line", ["machine"], "\\bmachine\\s+\\S+\\s+login\\s+\\S+\\s+password\\s+"),
  after(
    "a password in SQL",
    ["identified", "password"],
    "\\b(?:identified\\s+(?:with\\s+\\w+\\s+)?by\\s+|password\\s*[( ]\\s*)(?=')",
    "dgi",
  ),
  after(
    "a credential in a header",
    ["authorization"],
    "\\b(?:proxy-)?authorization[\"']?\\s*[:=]\\s*[\"']?(?:bearer|basic|token|apikey|ssws|bot|key)\\s+",
    "dgi",
  ),
  { kind: "a bearer token", has: ["bearer"], pattern: /\bBearer\s+(?<v>[\w.~+/-]{20,}=*)/dg },
  {
    kind: "a password in XML",
    has: ["</"],
    pattern: /<(\w{0,30}(?:password|passwd|secret|token|apikey))>(?<v>[^<\s]{4,200})<\/\1>/dgi,
  },
];

function spotOf(kind: string, { groups, indices }: RegExpExecArray): readonly Spot[] {
  const name = ["q", "s", "v"].find((one) => groups?.[one] !== undefined) ?? "v";
  const [value, place] = [groups?.[name], indices?.groups?.[name]];
  if (value === undefined || place === undefined || isPlaceholder(value)) return [];
  return [{ kind, start: place[0], end: place[1] }];
}

/** The head of a private key with something of a key behind it; the head alone is only spoken of. */
const KEY_BLOCK =
  /-----BEGIN (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\\[nr]|\s){1,8}(?:[A-Za-z-]{1,30}: [^\n]{0,200}\n|\s){0,8}[A-Za-z0-9+/=]{20,200}/g;
/** The longest key that is looked for as a whole. */
const LONGEST_KEY = 20_000;

function keyBlocks(text: string): readonly Spot[] {
  return [...text.matchAll(KEY_BLOCK)].map(({ index, 0: head }) => {
    const end = /-----END [A-Z0-9 ]{1,60}-----/.exec(text.slice(index, index + LONGEST_KEY));
    return {
      kind: "a private key",
      start: index,
      end: index + (end ? end.index + end[0].length : head.length),
    };
  });
}
