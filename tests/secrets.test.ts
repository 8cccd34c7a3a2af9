/**
 * Planted secrets of many kinds are found and never printed; stand-ins are left alone. The secrets are made here from
 * letters and numbers, so that no line of this file looks like one to other tools.
 */
import { describe, expect, test } from "vitest";
import { concealing, findSecrets } from "../src/source/secrets.ts";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const UPPER = LOWER.toUpperCase();
const MIXED = LOWER + UPPER + DIGITS;

/** The same characters on every run: a linear congruential generator. */
let state = 7;
function made(length: number, alphabet = MIXED): string {
  let text = "";
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += alphabet[(state >> 8) % alphabet.length];
  }
  return text;
}
const uuid = () => [8, 4, 4, 4, 12].map((length) => made(length, HEX)).join("-");
const base64 = (length: number) => made(length, `${MIXED}+/`);
const jwt = () => `ey${"J"}${made(30)}.ey${"J"}${made(60)}.${made(43)}`;
const block = (name: string, head = "MII") =>
  [
    `-----BEGIN ${name}-----`,
    `${head}${base64(61)}`,
    ...Array.from({ length: 8 }, () => base64(64)),
    `-----END ${name}-----`,
  ].join("\n");

/** A line with a secret in it, and the secret. */
type Planted = readonly [kind: string, line: (secret: string) => string, secret: string];

const alone = (secret: string) => `- [ ] Use ${secret} for the deployment`;
const planted: readonly Planted[] = [
  ["AWS access key", alone, `AKIA${made(16, UPPER + DIGITS)}`],
  ["AWS temporary key", alone, `ASIA${made(16, UPPER + DIGITS)}`],
  ["AWS secret", (secret) => `export AWS_SECRET_ACCESS_KEY=${secret}`, base64(40)],
  ["AWS secret in a file", (secret) => `aws_secret_access_key = ${secret}`, base64(40)],
  ["Google API key", alone, `AIza${made(35)}`],
  ["Google OAuth secret", alone, `GOCSPX-${made(28)}`],
  [
    "Google service account",
    (secret) => `{"private_key": "${secret}"}`,
    block("PRIVATE KEY").replaceAll("\n", "\\n"),
  ],
  [
    "Azure storage",
    (secret) => `DefaultEndpointsProtocol=https;AccountName=app;AccountKey=${secret}`,
    `${base64(86)}==`,
  ],
  ["Azure client secret", alone, `${made(3)}8Q~${made(34)}`],
  [
    "Azure SAS",
    (secret) => `https://app.blob.core.windows.net/c?sv=2022-11-02&sig=${secret}`,
    `${made(43)}%3D`,
  ],
  ["DigitalOcean", alone, `dop_v1_${made(64, HEX)}`],
  ["Heroku", (secret) => `HEROKU_API_KEY=${secret}`, uuid()],
  ["Cloudflare", (secret) => `CLOUDFLARE_API_TOKEN: "${secret}"`, made(40)],
  ["Vault", alone, `hvs.${made(95)}`],
  ["Terraform Cloud", alone, `${made(14)}.atlasv1.${made(67)}`],
  ["Databricks", alone, `dapi${made(32, HEX)}`],
  ["Supabase", alone, `sbp_${made(40, HEX)}`],
  ["GitHub", alone, `ghp_${made(36)}`],
  ["GitHub fine-grained", alone, `github_pat_${made(22)}_${made(59)}`],
  ["GitHub from digits in a row", alone, "ghp_" + "1234567890abcdefghijklmnopqrstuvwxyz12"],
  ["GitLab", alone, `glpat-${made(20)}`],
  ["npm", alone, `npm_${made(36)}`],
  ["npmrc", (secret) => `//npm.internal/:_authToken=${secret}`, uuid()],
  ["PyPI", alone, `pypi-AgEI${made(60)}`],
  ["Docker Hub", alone, `dckr_pat_${made(27)}`],
  ["Slack bot", alone, `xoxb-${made(12, DIGITS)}-${made(12, DIGITS)}-${made(24)}`],
  [
    "Slack webhook",
    (secret) => `https://${secret}`,
    `hooks.slack.com/services/T${made(10)}/B${made(10)}/${made(24)}`,
  ],
  [
    "Discord webhook",
    (secret) => `https://${secret}`,
    `discord.com/api/webhooks/${made(18, DIGITS)}/${made(68)}`,
  ],
  ["Telegram bot", alone, `${made(10, DIGITS)}:AA${made(33)}`],
  ["Stripe", alone, `sk_live_${made(24)}`],
  ["Stripe webhook", alone, `whsec_${made(32)}`],
  ["Square", alone, `sq0atp-${made(22)}`],
  ["Shopify", alone, `shpat_${made(32, HEX)}`],
  ["Twilio", (secret) => `TWILIO_AUTH_TOKEN=${secret}`, made(32, HEX)],
  ["SendGrid", alone, `SG.${made(22)}.${made(43)}`],
  ["Mailgun", alone, `key-${made(32, HEX)}`],
  ["Mailchimp", alone, `${made(32, HEX)}-us12`],
  ["OpenAI", alone, `sk-proj-${made(48)}`],
  ["Anthropic", alone, `sk-ant-api03-${made(93)}AA`],
  ["Hugging Face", alone, `hf_${made(34)}`],
  ["Hugging Face, letters only", alone, `hf_${made(34, LOWER + UPPER)}`],
  ["Datadog", (secret) => `DD_API_KEY=${secret}`, made(32, HEX)],
  ["New Relic", alone, `NRAK-${made(27, UPPER + DIGITS)}`],
  ["Sentry", alone, `sntrys_${made(80)}`],
  ["Grafana", alone, `glsa_${made(32)}_${made(8, HEX)}`],
  ["JSON web token", alone, jwt()],
  ["bearer", (secret) => `curl -H "Authorization: Bearer ${secret}" https://api.internal/`, made(40)],
  ["basic", (secret) => `Authorization: Basic ${secret}`, base64(24)],
  ["key in a header", (secret) => `curl -H 'X-Api-Key: ${secret}' https://api.internal/`, made(32)],
  ["RSA key", (secret) => `\n${secret}\n`, block("RSA PRIVATE KEY")],
  ["OpenSSH key", (secret) => `\n${secret}\n`, block("OPENSSH PRIVATE KEY", "b3BlbnNzaC1rZXktdjE")],
  ["PGP key", (secret) => `\n${secret}\n`, block("PGP PRIVATE KEY BLOCK", "\nlQ")],
  ["age key", alone, `AGE-SECRET-KEY-1${made(58, UPPER + DIGITS)}`],
  ["Postgres", (secret) => `DATABASE_URL=postgres://app:${secret}@db.internal:5432/app`, "k9Lm2xQz"],
  ["MySQL", (secret) => `mysql://root:${secret}@10.0.0.4/shop`, "Tr0ub4dor&3"],
  ["MongoDB", (secret) => `mongodb+srv://app:${secret}@cluster0.internal/app`, "k9Lm2xQz"],
  ["Redis", (secret) => `redis://:${secret}@cache.internal:6379`, "k9Lm2xQz"],
  ["AMQP", (secret) => `amqp://worker:${secret}@mq.internal`, "k9Lm2xQz"],
  ["address of a page", (secret) => `https://deploy:${secret}@git.internal/app.git`, "k9Lm2xQz"],
  ["ADO.NET", (secret) => `Server=db;Database=app;User Id=sa;Password=${secret};`, "Winter2024!"],
  ["JDBC", (secret) => `jdbc:postgresql://db/app?user=app&password=${secret}`, "k9Lm2xQz"],
  ["mysql -p", (secret) => `mysql -u root -p${secret} shop < dump.sql`, "hunter2"],
  ["mysql -p in quotes", (secret) => `mysqldump -uroot -p'${secret}' shop`, "two words"],
  ["sshpass", (secret) => `sshpass -p ${secret} ssh deploy@web1`, "hunter2"],
  ["docker login", (secret) => `docker login -u deploy -p ${secret} cr.internal`, "hunter2"],
  ["redis-cli", (secret) => `redis-cli -h cache -a ${secret} ping`, "hunter2"],
  ["curl -u", (secret) => `curl -u admin:${secret} https://app.internal/health`, "hunter2"],
  ["curl -u in quotes", (secret) => `curl --user 'admin:${secret}' https://app.internal/health`, "hunter2"],
  ["PGPASSWORD", (secret) => `PGPASSWORD=${secret} psql -h db app`, "hunter2"],
  ["--password", (secret) => `helm upgrade app --set image.tag=1 --password ${secret}`, "k9Lm2xQz"],
  ["--token=", (secret) => `vault login --token=${secret}`, "k9Lm2xQz77"],
  ["assignment", (secret) => `DB_PASSWORD=${secret}`, "correcthorsebattery"],
  ["digits", (secret) => `DB_PASSWORD=${secret}`, "4711081500"],
  ["YAML", (secret) => `  password: ${secret}`, "hunter2"],
  ["JSON", (secret) => `  "clientSecret": "${secret}",`, "k9Lm2xQz77"],
  ["JavaScript", (secret) => `const apiKey = '${secret}';`, "k9Lm2xQz77ab"],
  ["XML", (secret) => `<password>${secret}</password>`, "hunter2"],
  ["SQL", (secret) => `ALTER USER app WITH PASSWORD '${secret}';`, "hunter2!"],
  ["SQL, identified by", (secret) => `CREATE USER app IDENTIFIED BY '${secret}';`, "hunter2!"],
  ["openssl", (secret) => `openssl pkcs12 -in a.p12 -passin pass:${secret}`, "hunter2"],
  [".netrc", (secret) => `machine git.internal login deploy password ${secret}`, "hunter2"],
  ["a sentence", (secret) => `- [ ] Log in as admin, the password is ${secret}.`, "Winter2024!"],
  ["a sentence with code", (secret) => `- Password: \`${secret}\``, "Winter2024!"],
  ["a bold label", (secret) => `- **Admin password:** ${secret}`, "Winter2024!"],
  ["a table", (secret) => `| DB_PASSWORD | ${secret} |`, "Sup3r-Geheim"],
  ["another language, spaced", (secret) => `- Mot de passe : ${secret}`, "Winter2024!"],
  ["whose password it is", (secret) => `- Password for the staging database: ${secret}`, "Winter2024!"],
  ["a remark in brackets", (secret) => `- Password (prod): ${secret}`, "Winter2024!"],
  ["with the password", (secret) => `- Log in with password ${secret}`, "Winter2024!"],
  ["a pair", (secret) => `- Login: admin / ${secret}`, "Winter2024!"],
  ["config set", (secret) => `aws configure set aws_secret_access_key ${secret}`, base64(40)],
  ["chpasswd", (secret) => `echo "deploy:${secret}" | chpasswd`, "hunter2"],
  ["stdin", (secret) => `echo ${secret} | docker login --username ci --password-stdin`, "hunter2"],
  [".pgpass", (secret) => `db.internal:5432:shop:app:${secret}`, "hunter2"],
  ["a hash", (secret) => `admin:${secret}`, `$apr1$${made(8)}$${made(22)}`],
  ["openssl enc", (secret) => `openssl enc -aes-256-cbc -k ${secret} -in a -out b`, "hunter2"],
  ["another language", (secret) => `- 密码：${secret}`, "Winter2024!"],
];

test("more than forty kinds are planted", () => {
  expect(new Set(planted.map(([kind]) => kind)).size).toBeGreaterThan(60);
});

test.each(planted)("%s is found, and what is said of it does not hold it", (_kind, line, secret) => {
  const text = `# Night\n\nBefore it.\n${line(secret)}\n\nBehind it, nothing.\n`;
  const found = findSecrets(text);
  expect(found).toHaveLength(1);
  const [one] = found;
  if (!one) throw new Error("not found");
  const at = text.indexOf(secret);
  expect(one.start).toBeLessThanOrEqual(at);
  expect(one.end).toBeGreaterThanOrEqual(at + secret.length);
  expect(one.line).toBe(text.slice(0, one.start).split("\n").length);
  const conceal = concealing(text, found);
  for (const said of [text, JSON.stringify(text), `'${secret.slice(0, 12)}...`, `'${secret.slice(-9)}'`])
    expect(conceal(said)).not.toContain(secret.slice(-6));
});

describe("stand-ins", () => {
  const names = [
    "DB_PASSWORD",
    "API_TOKEN",
    "clientSecret",
    "AWS_SECRET_ACCESS_KEY",
    "password",
    "Token",
    "API key",
  ];
  const values = [
    "${TOKEN}",
    "$TOKEN",
    "$(cat token)",
    "`cat token`",
    "<password>",
    "<your-token>",
    "[TOKEN]",
    "{{ token }}",
    "${{ secrets.TOKEN }}",
    "%TOKEN%",
    "xxx",
    "xxxxxxxx",
    "xxxx-xxxx-xxxx",
    "********",
    "••••••••",
    "…",
    "...",
    "example",
    "example-token-1",
    "changeme",
    "change-me-123",
    "your-token-here",
    "YourPassword123",
    "my-secret-key",
    "password",
    "secret",
    "token",
    "redacted",
    "process.env.TOKEN",
    "os.getenv('TOKEN')",
    "secrets.token_urlsafe(64)",
    "vault:kv/app#token",
    "/run/secrets/token",
    "JWT_SECRET",
    "getToken()",
    "user.password",
    "rotated",
    "32 characters",
    "15min",
    "30d",
    "sua_chave_aqui",
    "____________",
    "none",
    "true",
  ];
  /** Nobody has these for a password in quotes; in a sentence they say something else. */
  const figures = [
    "HS256",
    "SHA-256",
    "2024-01-22",
    "v1.2.3",
    "12-18",
    "AES-256-GCM",
    "32-byte",
    "config.yaml",
    "T-7",
  ];
  test.each(names)("of %s never fire", (name) => {
    const lines = values.flatMap((value) => [
      `${name}=${value}`,
      `${name}: ${value}`,
      `${name}: "${value}"`,
      `| ${name} | ${value} |`,
      `run --${name.toLowerCase().replace(/[ _]/g, "-")} ${value}`,
      `- [ ] The ${name} is ${value}`,
    ]);
    const sentences = figures.flatMap((value) => [`${name}: ${value}`, `- [ ] The ${name} is ${value}`]);
    expect([...lines, ...sentences].filter((line) => findSecrets(line).length > 0)).toEqual([]);
  });

  test.each([
    "postgres://user:password@host/db",
    "postgres://${USER}:${PASSWORD}@host/db",
    "redis://:<password>@host",
    "https://user:xxxx@host.internal",
    "mysql -u root -p shop",
    "mysql -u root -p$PASSWORD shop",
    "ssh -p 2222 web1",
    "docker run -p 8080:80 app",
    "mkdir -p releases/2024",
    "curl -u $USER:$TOKEN https://api.internal",
    'curl -H "Authorization: Bearer $TOKEN" https://api.internal',
    "Authorization: Bearer <token>",
    "AKIAIOSFODNN7EXAMPLE",
    "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "sk-your-api-key-here",
    "-----BEGIN RSA PRIVATE KEY-----",
    "the head `-----BEGIN PRIVATE KEY-----` begins it",
    "TOKEN_TTL=3600",
    "PASSWORD_MIN_LENGTH=12",
    "SECRET_NAME=prod/db/main",
    "cache-key: v1-deps-9f86d081884c7d659a2feaa0c55ad015",
    "public_key: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
    "grant_type=password&scope=read",
    "response_type=token",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "docker login --password-stdin",
    "- [ ] Secrets rotated, passwords changed, tokens revoked",
    "- [ ] Password: at least 12 characters",
    "getByRole('textbox', { name: 'Password' }).fill('secret')",
    "kubectl create secret generic app-credentials",
    "badge.svg?token=B85J0E2I7I",
  ])("%s is none", (line) => {
    expect(findSecrets(line)).toEqual([]);
  });
});

test("a comment in the document turns nothing off", () => {
  const token = `ghp_${made(36)}`;
  for (const comment of [
    "<!-- secretlint-disable -->",
    "// secretlint-disable-line",
    "# secretlint-disable-next-line",
  ])
    expect(findSecrets(`${comment}\n${token} ${comment}\n`)).toHaveLength(1);
});

test("an example of site.yaml is excused where it stands, and nothing else", () => {
  const example = { text: `sk_test_${made(24)}`, reason: "from the manual of the payment provider" };
  expect(findSecrets(`key: ${example.text}\n`, [example])).toEqual([]);
  expect(findSecrets(`key: ${example.text}X9\n`, [example])).toHaveLength(1);
  expect(findSecrets(`key: sk_test_${made(24)}\n`, [example])).toHaveLength(1);
});

test("two on a line are two, one seen in two ways is one, and lines are counted for every line end", () => {
  const text = `a\r\nb\rAPI_TOKEN=ghp_${made(36)} DB_PASSWORD=hunter2x\n`;
  expect(findSecrets(text).map(({ line, column }) => [line, column])).toEqual([
    [3, 11],
    [3, 64],
  ]);
});

test.each([
  ["heads of keys", "-----BEGIN PRIVATE KEY-----\n"],
  ["Slack tokens", "xoxb-"],
  ["addresses", "http://a:b"],
  ["names", "password_"],
  ["names and colons", "password: "],
  ["mysql", "mysql "],
  ["quotes", "password='"],
  ["hyphens", "a-"],
  ["letters", "a"],
  ["dots", "eyJa."],
  ["curl", "curl -u a"],
  ["equals", "sig=="],
  ["login", "login -p"],
  ["spaces", " "],
  ["labels", "password for a b c d "],
  ["pairs", "login a/"],
  ["settings", "set a_b "],
  ["echoes", "echo a | "],
  ["brackets", "password ("],

  ["stars", "**"],
  ["flags", "--token "],
  ["xml", "<password>"],
])("half a megabyte of %s is searched to its end", (_name, part) => {
  // What is not linear here does not end within the time that a test has.
  const text = part.repeat(Math.ceil(500_000 / part.length));
  expect(findSecrets(text).every(({ start, end }) => start < end && end <= text.length)).toBe(true);
});
