/**
 * Secrets that are known by their own shape, whatever stands around them: the prefixes that providers give their keys.
 * Secretlint's rules know the exact forms; these ask for less, because half a key in a runbook is a secret too.
 */

export interface TokenShape {
  /** As it is said: "this looks like …". */
  readonly kind: string;
  /** A part that every match has: where the text has it nowhere, the pattern is not tried. Without white space. */
  readonly has: string;
  readonly pattern: RegExp;
}

const row = (kind: string, has: string, body: string): TokenShape => ({
  kind,
  has,
  pattern: new RegExp(`(?<![A-Za-z0-9_])(?:${body})`, "g"),
});

const cloud: readonly TokenShape[] = [
  ...["AKIA", "ASIA", "ABIA", "ACCA"].map((prefix) =>
    row("an AWS access key", prefix, `${prefix}[A-Z0-9]{12,}`),
  ),
  row("an AWS Bedrock key", "ABSK", "ABSK[A-Za-z0-9+/=]{40,}"),
  row("a presigned AWS address", "X-Amz-Signature=", "X-Amz-Signature=[0-9a-f]{32,}"),
  row("a Google API key", "AIza", "AIza[\\w-]{30,}"),
  row("a Google OAuth secret", "GOCSPX-", "GOCSPX-[\\w-]{20,}"),
  row("a Google access token", "ya29.", "ya29\\.[\\w-]{20,}"),
  row("a Google refresh token", "1//0", "1//0[\\w-]{30,}"),
  row("an Azure client secret", "Q~", "[\\w~.]{3}\\dQ~[\\w~.-]{30,}"),
  row("an Azure storage key", "AccountKey=", "AccountKey=[A-Za-z0-9+/]{40,}={0,2}"),
  row("an Azure shared access key", "SharedAccessKey=", "SharedAccessKey=[A-Za-z0-9+/]{30,}={0,2}"),
  row("an Azure shared access signature", "sig=", "sig=[A-Za-z0-9%+/]{40,}={0,2}"),
  row("a Firebase server key", ":APA91b", "AAAA[\\w-]{7}:APA91b[\\w-]{100,}"),
  // The beginning of a PEM block in base 64, as kubeconfig has it; certificates are no secret.
  row("a key in base 64", "LS0tLS1CRUdJTi", "LS0tLS1CRUdJTi(?!BDRVJU)[A-Za-z0-9+/=]{40,}"),
  row("an Alibaba Cloud access key", "LTAI", "LTAI[A-Za-z0-9]{12,}"),
  row("a Tencent Cloud key", "AKID", "AKID[A-Za-z0-9]{28,}"),
  row("a Yandex Cloud key", "AQVN", "AQVN[\\w-]{30,}"),
  ...["dop_v1_", "doo_v1_", "dor_v1_"].map((prefix) =>
    row("a DigitalOcean token", prefix, `${prefix}[a-f0-9]{30,}`),
  ),
  row("a Heroku key", "HRKU-", "HRKU-[\\w-]{20,}"),
  row("a Fly.io token", "fm", "FlyV1 [\\w+/=,-]{40,}"),
  row("a Fly.io token", "fo1_", "fo1_[\\w-]{30,}"),
  row("a Render key", "rnd_", "rnd_[A-Za-z0-9]{24,}"),
  row("a Netlify token", "nfp_", "nfp_[A-Za-z0-9]{30,}"),
  ...["vcp_", "vci_", "vca_", "vcr_", "vck_"].map((prefix) =>
    row("a Vercel token", prefix, `${prefix}[A-Za-z0-9]{24,}`),
  ),
  row("a Supabase token", "sbp_", "sbp_[a-f0-9]{30,}"),
  row("a Supabase secret key", "sb_secret_", "sb_secret_[\\w-]{20,}"),
  row("a PlanetScale secret", "pscale_", "pscale_(?:tkn|pw|oauth)_[\\w=.-]{20,}"),
  row("a Databricks token", "dapi", "dapi[a-f0-9]{30,}(?:-\\d)?"),
  row("a Doppler token", "dp.", "dp\\.(?:pt|st|sa|ct|scim|audit)\\.[\\w.-]{30,}"),
  ...["hvs.", "hvb.", "hvr."].map((prefix) =>
    row("a HashiCorp Vault token", prefix, `${prefix.replace(".", "\\.")}[\\w-]{20,}`),
  ),
  row("a Terraform Cloud token", ".atlasv1.", "[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{40,}"),
  row("a Pulumi token", "pul-", "pul-[a-f0-9]{30,}"),
  row("a Tailscale key", "tskey-", "tskey-[a-z]+-[\\w-]{16,}"),
  row("a Cloudflare origin CA key", "v1.0-", "v1\\.0-[a-f0-9]{24}-[a-f0-9]{100,}"),
];

const code: readonly TokenShape[] = [
  ...["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map((prefix) =>
    row("a GitHub token", prefix, `${prefix}[A-Za-z0-9]{20,}`),
  ),
  row("a GitHub token", "github_pat_", "github_pat_\\w{20,}"),
  ...["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "gloas-", "glagent-"].map(
    (prefix) => row("a GitLab token", prefix, `${prefix}[\\w.-]{16,}`),
  ),
  row("a GitLab runner token", "GR1348941", "GR1348941[\\w-]{16,}"),
  row("an Atlassian token", "ATATT3", "ATATT3[\\w=-]{40,}"),
  row("a Bitbucket token", "ATBB", "ATBB[A-Za-z0-9]{24,}"),
  row("a Bitbucket token", "ATCTT3", "ATCTT3[\\w=-]{40,}"),
  row("an npm token", "npm_", "npm_[A-Za-z0-9]{30,}"),
  row("a PyPI token", "pypi-", "pypi-[\\w-]{40,}"),
  row("a RubyGems key", "rubygems_", "rubygems_[a-f0-9]{30,}"),
  row("a NuGet key", "oy2", "oy2[a-z0-9]{40,}"),
  row("a crates.io token", "cio", "cio[A-Za-z0-9]{32}\\b"),
  row("a Clojars token", "CLOJARS_", "CLOJARS_[a-z0-9]{40,}"),
  row("a Docker token", "dckr_", "dckr_[po]at_[\\w-]{20,}"),
  row("an Artifactory key", "AKCp", "AKCp[A-Za-z0-9]{40,}"),
  row("an Artifactory token", "cmVmdGtu", "cmVmdGtu[A-Za-z0-9]{40,}"),
  row("a CircleCI token", "CCI", "CCI(?:PAT|PRJ)_[\\w-]{20,}"),
  row("a Buildkite token", "bkua_", "bkua_[a-z0-9]{30,}"),
  ...["squ_", "sqp_", "sqa_"].map((prefix) => row("a SonarQube token", prefix, `${prefix}[a-f0-9]{30,}`)),
  row("a Postman key", "PMAK-", "PMAK-[a-f0-9]{20,}-[a-f0-9]{30,}"),
  row("a Grafana token", "glsa_", "glsa_[A-Za-z0-9]{30,}_[a-f0-9]{6,}"),
  row("a Grafana Cloud token", "glc_", "glc_[A-Za-z0-9+/=]{30,}"),
  row("a New Relic key", "NRAK-", "NRAK-[A-Z0-9]{24,}"),
  row("a New Relic key", "NRII-", "NRII-[\\w-]{24,}"),
  row("a New Relic license key", "NRAL", "[a-f0-9]{36}NRAL"),
  row("a Sentry token", "sntry", "sntry[su]_[\\w+/=.-]{30,}"),
  row("a Dynatrace token", "dt0", "dt0[a-z]\\d{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{40,}"),
  row("a LaunchDarkly key", "sdk-", "sdk-[a-f0-9]{8}-(?:[a-f0-9]{4}-){3}[a-f0-9]{12}"),
];

const business: readonly TokenShape[] = [
  row("a Slack token", "xox", "xox[a-z](?:\\.xox[a-z])?-[\\w-]{10,}"),
  row("a Slack app token", "xapp-", "xapp-[\\w-]{20,}"),
  row(
    "a Slack webhook",
    "hooks.slack.com",
    "hooks\\.slack\\.com/(?:services|workflows|triggers)/[\\w/-]{20,}",
  ),
  row("a Discord webhook", "/api/webhooks/", "discord(?:app)?\\.com/api/webhooks/\\d{8,}/[\\w-]{20,}"),
  row("a Teams webhook", "webhook.office.com", "[\\w-]*\\.?webhook\\.office\\.com/webhookb2/[\\w@/-]{30,}"),
  row("a Zapier webhook", "hooks.zapier.com", "hooks\\.zapier\\.com/hooks/catch/\\d+/\\w{5,}"),
  row("a Telegram bot token", ":AA", "\\d{8,10}:AA[\\w-]{30,}"),
  row("a Discord bot token", ".", "[MNO][A-Za-z\\d]{23,26}\\.[\\w-]{6}\\.[\\w-]{27,}"),
  row("a Stripe key", "k_", "[sr]k_(?:live|test)_[A-Za-z0-9]{10,}"),
  row("a Stripe webhook secret", "whsec_", "whsec_[A-Za-z0-9+/=]{20,}"),
  row("a Square token", "sq0", "sq0[a-z]{3}-[\\w-]{20,}"),
  row("a Square access token", "EAAA", "EAAA[\\w-]{50,}"),
  row("a Meta access token", "EAA", "EAA[A-Za-z0-9]{60,}"),
  row("a Braintree token", "access_token$", "access_token\\$(?:production|sandbox)\\$[\\w$]{20,}"),
  row("a Plaid token", "access-", "access-(?:sandbox|development|production)-[a-f0-9-]{36}"),
  row("a Flutterwave key", "FLWSECK", "FLWSECK(?:_TEST)?-[\\w-]{12,}"),
  row("a Shopify token", "shp", "shp(?:at|ca|pa|ss|tka)_[a-fA-F0-9]{30,}"),
  row("a Shippo token", "shippo_", "shippo_(?:live|test)_[a-f0-9]{30,}"),
  row("an EasyPost key", "EZ", "EZ[AT]K[A-Za-z0-9]{40,}"),
  row("a Twilio key", "SK", "SK[a-f0-9]{32}\\b"),
  row("a SendGrid key", "SG.", "SG\\.[\\w-]{10,}\\.[\\w-]{10,}"),
  row("a Mailgun key", "key-", "key-[a-f0-9]{32}\\b"),
  row("a Mailchimp key", "-us", "[a-f0-9]{32}-us\\d{1,2}\\b"),
  row("a Brevo key", "keysib-", "xkeysib-[\\w-]{40,}"),
  row("a Brevo key", "smtpsib-", "xsmtpsib-[\\w-]{40,}"),
  row("a Resend key", "re_", "re_[A-Za-z0-9]{8,}_[A-Za-z0-9]{16,}"),
  row("a HubSpot token", "pat-", "pat-(?:na|eu|ap)\\d-[a-f0-9-]{36}"),
  row("an Airtable token", "pat", "pat[A-Za-z0-9]{14}\\.[a-f0-9]{40,}"),
  row("a Linear key", "lin_", "lin_(?:api|oauth)_[A-Za-z0-9]{30,}"),
  row("a Notion token", "ntn_", "ntn_[A-Za-z0-9]{30,}"),
  row("a Notion token", "secret_", "secret_[A-Za-z0-9]{40,}"),
  row("a Figma token", "figd_", "figd_[\\w-]{30,}"),
  row("a Mapbox secret token", "sk.eyJ", "sk\\.eyJ[\\w-]{20,}\\.[\\w-]{16,}"),
  row("a Typeform token", "tfp_", "tfp_[\\w.=-]{30,}"),
  row("a Contentful token", "CFPAT-", "CFPAT-[\\w-]{30,}"),
  row("a Dropbox token", "sl.", "sl\\.[\\w-]{80,}"),
  row("an Anthropic key", "sk-ant-", "sk-ant-[\\w-]{24,}"),
  row("an OpenAI key", "sk-", "sk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9][\\w-]{30,}"),
  row("an OpenRouter key", "sk-or-", "sk-or-[\\w-]{30,}"),
  row("a Hugging Face token", "hf_", "hf_[A-Za-z0-9]{24,}"),
  row("a Groq key", "gsk_", "gsk_[A-Za-z0-9]{30,}"),
  row("a Replicate token", "r8_", "r8_[A-Za-z0-9]{30,}"),
  row("a Perplexity key", "pplx-", "pplx-[A-Za-z0-9]{30,}"),
  row("an xAI key", "xai-", "xai-[A-Za-z0-9]{30,}"),
  row("a 1Password token", "ops_", "ops_ey[A-Za-z0-9+/=]{40,}"),
  row("a 1Password secret key", "A3-", "A3-[A-Z0-9]{6}-[A-Z0-9]{6,11}(?:-[A-Z0-9]{5}){3,4}"),
  row("an age key", "AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1[A-Z0-9]{40,}"),
  row("a JSON web token", "eyJ", "eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}"),
];

export const tokenShapes: readonly TokenShape[] = [...cloud, ...code, ...business];
