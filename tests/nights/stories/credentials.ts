/** Credential rotation: a release as it should be, a no-go, and an emergency that was ratified the next morning. */
import { amid, attach, clock, close, cutAt, note, observed, type Story } from "../edit.ts";
import { goodNight } from "../night.ts";
import { credentials } from "../settings.ts";
import { minute } from "../time.ts";
import type { Versions } from "../versions.ts";

export function go(version: Versions): Story {
  const night = goodNight(credentials(version("credential-rotation-release", "2024.01.22")));
  const { record } = night;
  record.source = { kind: "ci" };
  observed(night, "token-zombie", "zombie_response_time", "67");
  attach(
    night,
    "token-zombie",
    "token-zombie",
    "token-zombie.log",
    zombie(record.results[0]?.at ?? "", 67, 0),
  );
  note(night, {
    "circuit-breakers": "Opened at the tenth failure, closed after two minutes.",
    "pos-fudo": "Rotated twice in test mode.",
    "kpi-latency": "Highest minute 412 ms.",
  });
  record.messages = [
    {
      template: "post-deployment-report",
      at: record.closed?.at,
      by: "grace.otieno",
      channel: "Slack #deployments",
      values: {
        DATE: "2024-01-25",
        START: "10:00",
        END: "10:07",
        GIT_SHA: "41be09d",
        DECISION: "GO",
        ROLLBACK: "no",
        ZOMBIE_STATUS: "401",
        ZOMBIE_RESPONSE_TIME: "67",
        ZOMBIE_RETRIES: "0",
        POS_HEALTH: "99.2",
        MTTR: "89",
        OPEN_BREAKERS: "0",
        PROBLEMS: "none",
      },
    },
  ];
  return {
    run: record.run,
    says: "A release with its go/no-go decision, handed in by CI: `deployed`, `clean`.",
    records: [record],
    proofs: night.proofs,
  };
}

/** The old token was retried three times: nothing was deployed. */
export function noGo(version: Versions): Story {
  const night = goodNight(
    credentials(version("credential-rotation-release", "2024.01.22"), {
      run: "2024-01-31-credential-rotation-prod",
      target: "2024-01-31T10:00:00-03:00",
      deployment: { environment: "production", from: "2024.01.22", to: "2024.01.29", commit: "9c07d2f" },
      change: {
        id: "CHG-0318",
        type: "normal",
        reason: "Retries with back-off for MaxiRest.",
        impact: "All locations on MaxiRest.",
        requester: "carmen.ibarra",
        work: [
          {
            url: "https://git.example.com/credentials/pulls/151",
            authors: ["lucia.ferreyra"],
            approvers: ["martin.aguirre"],
          },
        ],
      },
    }),
  );
  cutAt(night, clock(night, "09:44"));
  const { record } = night;
  amid(night, "token-zombie", {
    status: "failed",
    reason: "the old token is retried three times: the new back-off does not know 401",
  });
  observed(night, "token-zombie", "zombie_response_time", "1840");
  observed(night, "token-zombie", "zombie_retries", "3");
  attach(
    night,
    "token-zombie",
    "token-zombie",
    "token-zombie.log",
    zombie(record.results[0]?.at ?? "", 1840, 3),
  );
  amid(night, "no-go-zombie", { status: "met", note: "Nothing to discuss." });
  note(night, { "go-on-call": "Martín until 18:00, then Lucía." });
  record.signatures = [];
  record.decisions = [
    {
      decision: "no-go",
      section: "go-no-go",
      by: "daniel.okafor",
      at: clock(night, "09:45"),
      basis: "the Token Zombie test fails",
    },
  ];
  close(night, clock(night, "09:58"));
  record.dispositions = [
    {
      rule: "failed",
      item: "token-zombie",
      by: "noa.shapiro",
      at: clock(night, "09:55"),
      action: "PR 152: no retry after 401. New attempt on 7 February.",
    },
    {
      rule: "limit-breached",
      item: "token-zombie",
      by: "noa.shapiro",
      at: clock(night, "09:55"),
      action: "PR 152.",
    },
    {
      rule: "mandatory-not-passed",
      item: "token-zombie",
      by: "noa.shapiro",
      at: clock(night, "09:55"),
      accepted: "Nothing was deployed.",
    },
  ];
  return {
    run: record.run,
    says: "The security test fails in the morning, and the lead says no: `stopped`, `with exceptions`, no fault of anybody.",
    records: [record],
    proofs: night.proofs,
  };
}

/** Tokens expire at night: changed at once, approved in the morning. */
export function emergency(version: Versions): Story {
  const night = goodNight(
    credentials(version("credential-rotation-release", "2024.01.22"), {
      run: "2024-02-13-credential-rotation-emergency",
      target: "2024-02-13T03:10:00-03:00",
      lead: 42 * minute,
      step: 1.1 * minute,
      answers: { "rollback-kind": "emergency" },
      deployment: { environment: "production", from: "2024.02.05", to: "2024.02.13", commit: "d10a4be" },
      change: {
        id: "CHG-0333",
        type: "emergency",
        reason:
          "Fudo revoked all tokens that were issued before 1 February; orders of 340 locations do not come in.",
        impact: "340 locations without orders from Fudo since 02:10.",
        securityImpact: "Revoked tokens are replaced; none was used by somebody else.",
        requester: "martin.aguirre",
        work: [
          {
            url: "https://git.example.com/credentials/pulls/160",
            authors: ["martin.aguirre"],
            tests: "Token Zombie UAT passed",
          },
        ],
      },
      workers: { "1": "lucia.ferreyra", "2": "lucia.ferreyra", "3": "lucia.ferreyra", "*": "grace.otieno" },
      captures: { "deployed-sha": "d10a4be" },
    }),
  );
  const { record } = night;
  const at = (text: string): string => clock(night, text);
  amid(night, "circuit-breakers", {
    status: "skipped",
    reason: "tripping them on purpose would have cut off the locations that still worked",
  });
  note(night, {
    "go-emergency-procedures": "In use since 02:20.",
    "pos-fudo": "Rotation works with tokens issued today.",
    "kpi-customers": "The 340 locations came back within eleven minutes; measured from go-live on.",
  });
  record.signatures = (record.signatures ?? []).map((signature) =>
    signature.meaning === "approval"
      ? { ...signature, at: at(signature.role === "SRE lead" ? "09:05" : "09:20") }
      : signature,
  );
  record.incidents = [
    {
      at: at("02:10"),
      severity: "critical",
      text: "340 locations receive no orders from Fudo: every token issued before 1 February is answered with 401.",
      item: "pos-fudo",
      notified: [
        { who: "Martín Aguirre", level: 1, at: at("02:14"), acknowledged: at("02:16") },
        { who: "Daniel Okafor", level: 2, at: at("02:24"), acknowledged: at("02:27") },
      ],
    },
  ];
  record.review = {
    at: at("15:00"),
    well: [
      "From the first alert to new tokens in 63 minutes.",
      "The checklist was gone through, not around.",
    ],
    improve: ["Fudo had announced it in a mail that nobody reads."],
    actions: [
      {
        text: "Route Fudo's announcements to the on-call channel.",
        owner: "Carmen Ibarra",
        due: "2024-02-16",
        done: "2024-02-14",
      },
    ],
  };
  record.dispositions = [
    {
      rule: "skipped",
      item: "circuit-breakers",
      by: "noa.shapiro",
      at: at("09:22"),
      accepted: "Right in that night; tested again on the 14th.",
    },
  ];
  return {
    run: record.run,
    says: "An emergency at three in the morning, approved afterwards and reviewed the same day: `deployed`, `with exceptions`, accepted.",
    records: [record],
    proofs: night.proofs,
  };
}

function zombie(at: string, milliseconds: number, retries: number): string {
  const tries = Array.from(
    { length: retries },
    (_, index) => `  retry ${index + 1} after ${200 * 2 ** index} ms -> 401 invalid_token`,
  );
  return [
    '$ npm test -- --testNamePattern="Token Zombie UAT"',
    `# ${at}`,
    "",
    "Token Zombie UAT",
    "  rotate(fudo, loc-0042) -> new token, old token is a zombie now",
    "  GET /orders with the old token -> 401 invalid_token",
    ...tries,
    `  ${retries === 0 ? "✓" : "✕"} the old token gets a 401 in less than 100 ms with 0 retries (${milliseconds} ms, ${retries} retries)`,
    "  ✓ no rotation is tried with the zombie token",
    `  ${retries === 0 ? "✓" : "✕"} the circuit breaker stays as it was`,
    "",
    `Tests: ${retries === 0 ? "3 passed" : "2 failed, 1 passed"}, 3 total`,
    "",
  ].join("\n");
}
