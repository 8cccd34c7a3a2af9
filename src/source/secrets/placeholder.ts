/** What stands where a secret would stand, and is none: variables, blanks, examples, words that describe. */

/** A variable of a shell, a template or a pipeline; a blank in brackets; dots and stars where something was taken out. */
const BLANK =
  /[${]\{|\{\{|^\$[A-Za-z_]\w*(?![\w$])|^\$$|^%\w+%$|^<|^\[.*\]$|^\{.*\}$|^@\w+@$|\$\(|`|\.\.\.|…|\*{3,}|•{2,}|_{3,}|^(.)\1*$|x{4}|X{4}|(?<![A-Za-z0-9])(?:xxx|XXX)(?![A-Za-z0-9])/;

/** Words of made-up values, also in front of digits: `YourPassword123`, `example-key`. */
const MADE_UP =
  /example|sample|placeholder|dummy|changeme|change[-_ ]?(?:me|this|it)|replace|redacted|masked|insert|fill[-_]?in|(?:^|[^a-z0-9])(?:your|my|some|any|fake|todo|tbd|foo|bar|baz|lorem)(?:[^a-z0-9]|$)|^(?:your|fake|foobar)\d|(?:^|[^a-z])(?:your|my)[-_]?(?:own|new|secure|strong|app|api|db|database|live|real|super|long|random|secret|pass|token|key|user)|[-_](?:here|goes[-_]here|aqui|aquí|hier|ici)$|(?:^|[-_])(?:sua|seu|su|tu|dein|deine|ihr|votre|ton)[-_]/i;

/** Values that say nothing because everybody writes them. */
const WORDS = new Set(
  "password passwd pass pwd passphrase secret secrets token tokens key keys root admin user username postgres mysql redis guest none null nil true false empty required optional string text value values generated generate random rotated stored set unset missing default test testing demo local localhost production staging development hidden encrypted hashed hash base64 bearer basic apikey strong secure unique new old current valid invalid yes no ok on off enabled disabled".split(
    " ",
  ),
);

/** Names of something that holds the value: `process.env.TOKEN`, `secrets.KEY`, `vault:kv/app`, `JWT_SECRET`, a path, a call. */
const REFERENCE =
  /^(?:process\.env|os\.|env[.(:[]|ENV[.[]|System\.|config[.(:[]|settings\.|secrets?[./:]|vars?\.|vault[:/. ]|ssm:|arn:|op:\/\/|sops|sm:\/\/|file[:(]|keychain|data\.|local\.|module\.|self\.|this\.|\.{0,2}\/|~\/|[A-Za-z]:\\|https?:\/\/|[A-Za-z_][\w.]*\()|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** Is this a stand-in for a secret? `value` is what stands after the name, without quotes. */
export function isPlaceholder(value: string): boolean {
  return isBlank(value) || REFERENCE.test(value) || isMadeOfWords(value);
}

/** The part of it that holds for keys too which are known by their shape: blanks and what calls itself an example. */
export function isBlank(value: string): boolean {
  return BLANK.test(value) || MADE_UP.test(value) || /[A-Z]Your|^Your[A-Z]|^My[A-Z]/.test(value);
}

function isMadeOfWords(value: string): boolean {
  const words = value.toLowerCase().split(/[-_.\s]+/);
  return words.every((word) => WORDS.has(word));
}
