/** Restaurant OS: the night that went wrong in November, what was learned from it, and the release in March. */
import { amid, attach, clock, close, cutAt, note, observed, resultOf, type Story, wayBack } from "../edit.ts";
import { chart, wandering } from "../evidence.ts";
import { goodNight } from "../night.ts";
import { restaurant } from "../settings.ts";
import { split } from "../split.ts";
import { Dice, minute } from "../time.ts";
import type { Versions } from "../versions.ts";

/** Payments failed, blue was stopped, and nobody could show that the old version was back. */
export function notVerified(version: Versions): Story {
  const night = goodNight(
    restaurant(version("restaurant-os", "6.0.3"), {
      run: "2025-11-09-restaurant-os-prod",
      target: "2025-11-09T22:00:00-05:00",
      deployment: {
        environment: "production",
        from: "6.0.2",
        to: "6.0.3",
        commit: "a37f09b2c8d14e5f60718293a4b5c6d7e8f90a1b",
      },
      change: {
        id: "CHG-0967",
        type: "normal",
        reason: "Split bills and tips per guest.",
        description: "Server and client 6.0.3, one migration of the payments table.",
        impact: "All restaurants in production.",
        requester: "ines.carvalho",
        work: [
          {
            url: "https://git.example.com/restaurant-os/pulls/2087",
            authors: ["tom.becker"],
            approvers: ["yuki.tanaka"],
            tests: "all green",
          },
        ],
      },
      captures: {
        "backup-location": "s3://backups.example.com/restaurant-os/2025-11-10T0206Z.dump",
        "deployed-version": "6.0.3",
        "git-tag": "v6.0.3",
      },
    }),
  );
  cutAt(night, resultOf(night, "payment-success").at ?? "");
  const { record } = night;
  const at = (text: string): string => clock(night, text);
  amid(night, "payment-success", {
    status: "failed",
    reason: "Square refuses every second tip: the amount is sent in dollars, not in cents",
  });
  observed(night, "payment-success", "payment_success", "95.2");
  record.results.push(
    {
      item: "trigger-payments",
      status: "fired",
      by: "tom.becker",
      at: at("23:11"),
      note: "4.8 % over the last five minutes, and rising.",
    },
    { item: "trigger-error-rate", status: "clear", by: "amara.okeke", at: at("23:12") },
    { item: "trigger-authentication", status: "clear", by: "amara.okeke", at: at("23:12") },
    { item: "trigger-data-corruption", status: "clear", by: "tom.becker", at: at("23:14") },
    { item: "trigger-performance", status: "clear", by: "amara.okeke", at: at("23:14") },
    { item: "trigger-vulnerability", status: "clear", by: "amara.okeke", at: at("23:15") },
  );
  record.decisions = [
    {
      decision: "rollback",
      section: "rollback-triggers",
      by: "dmitri.sokolov",
      at: at("23:15"),
      basis: "4.8 % of payments fail; above 3 % we go back",
    },
  ];
  record.rollback = {
    trigger: "trigger-payments",
    at: at("23:15"),
    paths: ["rollback-steps"],
    outcome:
      "Traffic went back to blue at 23:58, after blue had been started by hand. Half an hour later the load balancer still sent some requests to green.",
  };
  wayBack(night, "rollback-steps", at("23:16"), 2 * minute, "amara.okeke");
  amid(night, "switch-to-blue", {
    at: at("23:58"),
    started: at("23:21"),
    note: "Blue was stopped: it had been scaled to zero in October to save money. Started by hand, 37 minutes.",
    attempts: [{ status: "failed", by: "amara.okeke", at: at("23:23"), reason: "no healthy target in blue" }],
  });
  amid(night, "restore-database", {
    status: "not-applicable",
    at: at("00:01+1"),
    reason: "the migration only added columns; 6.0.2 does not read them",
  });
  amid(night, "clear-caches", { at: at("00:04+1") });
  amid(night, "rollback-verified", {
    status: "failed",
    at: at("00:31+1"),
    reason: "6.0.2 answers on 7 of 9 hosts, 2 still serve 6.0.3",
  });
  attach(night, "rollback-verified", "hosts", "hosts-after-rollback.txt", hosts);
  amid(night, "rollback-maintenance-off", {
    at: at("00:46+1"),
    note: "Switched off although two hosts were still wrong: kitchens in Las Vegas and Los Angeles were open. Both hosts were taken out of the pool by hand at 01:20.",
  });
  amid(night, "rollback-reason", { at: at("00:58+1") });
  amid(night, "post-mortem-scheduled", { at: at("01:01+1"), note: "Tuesday 10:00." });
  record.sections = (record.sections ?? []).map((section) =>
    section.section === "rollback-steps" ? { ...section, end: at("00:46+1") } : section,
  );
  record.window = { ...record.window, end: at("23:15") };
  record.incidents = [
    {
      at: at("23:08"),
      severity: "high",
      text: "Tips are refused by Square since go-live: about 5 % of payments fail, guests pay cash.",
      item: "payment-success",
      notified: [{ who: "Dmitri Sokolov", at: at("23:11"), acknowledged: at("23:13") }],
    },
    {
      at: at("23:21"),
      severity: "critical",
      text: "The blue environment has no running hosts. The way back is closed until it is started.",
      item: "switch-to-blue",
      notified: [{ who: "Fatima-Zahra El Idrissi", at: at("23:27"), acknowledged: at("23:38") }],
    },
  ];
  record.messages = [
    {
      template: "rollback-notice",
      at: at("23:19"),
      by: "luis.ferrer",
      channel: "status page, e-mail",
      values: {
        TIME: "23:45",
        DESCRIPTION: "Card payments with a tip may fail. Please take the tip in cash.",
      },
    },
  ];
  record.review = {
    at: at("10:00+2"),
    well: [
      "The trigger was seen two minutes after it fired, and decided four minutes later.",
      "Support had a message out before the first call.",
    ],
    improve: ["Nobody had looked at blue since October.", "A rollback that is not rehearsed is a hope."],
    actions: [
      {
        text: "Check before T-0 that the environment to roll back to runs and answers: a new item in the checklist.",
        owner: "Ines Carvalho",
        due: "2025-11-28",
      },
      {
        text: "Blue may not be scaled to zero: guard in the infrastructure code.",
        owner: "Amara Okeke",
        due: "2025-11-21",
        done: "2025-11-19",
      },
      {
        text: "Send amounts in cents, with a contract test against Square.",
        owner: "Tom Becker",
        due: "2025-11-17",
        done: "2025-11-14",
      },
    ],
    next: { version: "6.0.4", lead: "Ines Carvalho" },
  };
  close(night, at("11:10+2"));
  record.signatures?.push(
    {
      role: "DevOps lead",
      by: "dmitri.sokolov",
      meaning: "execution",
      at: at("01:24+1"),
      method: "sso",
      covers: { sections: ["deployment-day"] },
    },
    { role: "CTO", by: "fatima.zahra", meaning: "review", at: at("11:02+2"), method: "sso" },
  );
  return {
    run: record.run,
    says: "Payments fail after 6.0.3 went live; the way back is blocked by a stopped environment, and nobody can show that it worked: `rollback not verified`, `failed`.",
    records: [record],
    proofs: night.proofs,
  };
}

const hosts = `# version that each host reports, 00:29 EST
host      answers   since
app-b-1   6.0.2     23:56
app-b-2   6.0.2     23:56
app-b-3   6.0.2     23:57
app-b-4   6.0.2     23:57
app-b-5   6.0.2     23:58
app-b-6   6.0.2     23:58
app-b-7   6.0.2     23:58
app-g-3   6.0.3     22:37   still in the pool: target group was not drained
app-g-7   6.0.3     22:37   still in the pool: target group was not drained
7 of 9 as they should be
`;

/** Four records from seven days before to seven days after. */
export function fourRecords(version: Versions): Story {
  const night = goodNight(restaurant(version("restaurant-os", "6.0.4")));
  const { record } = night;
  const at = (text: string): string => clock(night, text);
  note(night, {
    cdn: "Served from the edge in Newark and in Dallas, header cf-cache-status: HIT.",
    "backups-tested": "Restored last night's backup of staging-orders, 41 GB in 26 minutes.",
    "secrets-rotated": "14 secrets, rotated on 23 February; the old ones were revoked on the 24th.",
    "owasp-top-10": "Marek and I went through it together, 50 minutes.",
    "migrations-on-staging": "Both ran in 38 s on last week's copy.",
    "restore-tested": "Second try by the book only, without asking anybody.",
    "feature-flags": "voice-ordering-v2 stays at 10 %.",
    "window-announced": "Sent to 1,204 restaurants; 3 bounced, support calls them.",
    "rollback-env-ready": "Blue runs 6.0.3 on all nine hosts, health checks green for 14 hours.",
    "run-migrations": "41 s, no lock waited longer than 2 s.",
    "error-log": "Two warnings about a deprecated header, known since 6.0.2.",
    "smoke-voice": "Took the order for two flat whites at the first attempt.",
    "watch-error-rate": "Highest reading 0.31 % at 23:04, when the caches filled.",
    "user-feedback": "Two restaurants ask where the tip button went: it moved, nothing is broken.",
    "success-no-complaints": "No complaint; seven questions about the new receipt.",
    "success-team-confidence": "Asked in the Wednesday round: everybody says yes.",
  });
  const dice = new Dice("four records");
  attach(
    night,
    "watch-error-rate",
    "error-rate-hour-1",
    "error-rate-first-hour.png",
    chart(wandering(dice, 0.21, 60), 1),
  );
  attach(night, "baseline-latency", "p95-before", "p95-before.png", chart(wandering(dice, 131, 60), 200));
  attach(night, "latency-p95", "p95-after", "p95-after.png", chart(wandering(dice, 137, 60), 200));
  for (const entry of record.evidence ?? []) {
    if (entry.id === "p95-before") entry.pair = "before";
    if (entry.id === "p95-after") entry.pair = "after";
  }
  observed(night, "baseline-latency", "latency_p95", "131");
  observed(night, "latency-p95", "latency_p95", "137");
  record.messages = [
    {
      template: "maintenance-notice",
      at: at("15:40-1"),
      by: "luis.ferrer",
      channel: "e-mail, status page",
      values: { DATE: "4 March 2026", START: "22:00", END: "23:00" },
    },
    { template: "deployment-success", at: at("23:57"), by: "luis.ferrer", channel: "e-mail, status page" },
  ];
  record.handovers = [{ role: "On-call engineer", from: "tom.becker", to: "amara.okeke", at: at("23:55") }];
  record.review = {
    at: at("15:00+7"),
    well: [
      "Blue was looked at an hour before, and nobody needed it.",
      "Maintenance took 34 minutes instead of an hour.",
    ],
    improve: ["The purge of the CDN was run from a laptop."],
    actions: [{ text: "Move the purge into the pipeline.", owner: "Yuki Tanaka", due: "2026-03-27" }],
    next: { version: "6.1.0", date: "2026-04-22", lead: "Ines Carvalho" },
  };
  record.fields = {
    ...record.fields,
    "review-date": "2026-03-11",
    "next-version": "6.1.0",
    "next-date": "2026-04-22",
  };
  record.anchors = { ...record.anchors };
  const end = resultOf(night, "success-team-confidence").at ?? record.asOf;
  if (end > record.asOf) throw new RangeError("the week ends before its last criterion");
  return {
    run: record.run,
    says: "The release of 6.0.4 in four records from seven days before to seven days after, each with its report: `deployed`, `clean`.",
    records: split(record, [at("01:30-6"), at("01:15"), at("01:10+1")]),
    proofs: night.proofs,
  };
}

/** The same version for Canada: sign-in broke, and the way back worked. */
export function verified(version: Versions): Story {
  const night = goodNight(
    restaurant(version("restaurant-os", "6.0.4"), {
      run: "2026-03-18-restaurant-os-canada",
      target: "2026-03-18T22:00:00-04:00",
      deployment: {
        environment: "production-canada",
        from: "6.0.3",
        to: "6.0.4",
        commit: "8c41d0f7e2b94a6d9f13c05b7a2e6d1840b3f9ce",
      },
      change: {
        id: "CHG-1058",
        type: "normal",
        reason: "6.0.4 for the Canadian region, two weeks after the United States.",
        impact: "212 restaurants in Canada.",
        requester: "ines.carvalho",
        work: [
          {
            url: "https://git.example.com/restaurant-os/pulls/2214",
            authors: ["tom.becker"],
            approvers: ["yuki.tanaka"],
          },
        ],
      },
      captures: {
        "backup-location": "s3://backups-ca.example.com/restaurant-os/2026-03-19T0157Z.dump",
        "deployed-version": "6.0.4",
      },
    }),
  );
  cutAt(night, resultOf(night, "smoke-login").at ?? "");
  const { record } = night;
  const at = (text: string): string => clock(night, text);
  amid(night, "smoke-login", {
    status: "failed",
    reason: "sign-in with a PIN ends in 'unknown tenant' for one user in five",
  });
  record.results.push(
    {
      item: "trigger-authentication",
      status: "fired",
      by: "tom.becker",
      at: at("22:40"),
      note: "PIN sign-in only; passwords work.",
    },
    { item: "trigger-error-rate", status: "clear", by: "amara.okeke", at: at("22:41") },
    { item: "trigger-payments", status: "clear", by: "amara.okeke", at: at("22:41") },
    { item: "trigger-data-corruption", status: "clear", by: "tom.becker", at: at("22:42") },
    { item: "trigger-performance", status: "clear", by: "amara.okeke", at: at("22:42") },
    { item: "trigger-vulnerability", status: "clear", by: "amara.okeke", at: at("22:43") },
  );
  record.decisions = [
    {
      decision: "rollback",
      section: "rollback-triggers",
      by: "dmitri.sokolov",
      at: at("22:44"),
      basis: "kitchens cannot sign in with a PIN; the cause is not known",
    },
  ];
  record.rollback = {
    trigger: "trigger-authentication",
    at: at("22:44"),
    paths: ["rollback-steps"],
    outcome: "6.0.3 serves all traffic again; PIN sign-in verified with twelve accounts.",
  };
  wayBack(night, "rollback-steps", at("22:45"), 1.6 * minute, "amara.okeke");
  amid(night, "restore-database", {
    status: "not-applicable",
    reason: "the migrations add columns only; 6.0.3 does not read them",
  });
  note(night, {
    "rollback-verified": "Twelve accounts in four provinces, PIN and password.",
    "post-mortem-scheduled": "Thursday 14:00 EDT.",
  });
  record.window = { ...record.window, end: at("22:44") };
  record.incidents = [
    {
      at: at("22:38"),
      severity: "high",
      text: "PIN sign-in fails for tenants whose id begins with a digit. RCTX parses the id as a number.",
      item: "smoke-login",
      notified: [{ who: "Dmitri Sokolov", at: at("22:40"), acknowledged: at("22:41") }],
    },
  ];
  record.messages = [
    {
      template: "rollback-notice",
      at: at("22:47"),
      by: "luis.ferrer",
      channel: "status page, e-mail",
      values: { TIME: "23:00", DESCRIPTION: "Signing in with a PIN may fail. Please use your password." },
    },
  ];
  record.review = {
    at: at("14:00+1"),
    well: [
      "A quarter of an hour from the first failed sign-in to the old version.",
      "The new item about the environment to roll back to has paid for itself.",
    ],
    improve: ["The test tenants all have ids that begin with a letter."],
    actions: [
      {
        text: "Test tenants with every kind of id that production has.",
        owner: "Tom Becker",
        due: "2026-04-01",
      },
    ],
    next: { version: "6.0.5", lead: "Ines Carvalho" },
  };
  close(night, at("15:20+1"));
  record.signatures?.push(
    {
      role: "DevOps lead",
      by: "dmitri.sokolov",
      meaning: "execution",
      at: at("23:20"),
      method: "sso",
      covers: { sections: ["deployment-day"] },
    },
    { role: "CTO", by: "fatima.zahra", meaning: "review", at: at("15:12+1"), method: "sso" },
  );
  const accepts = { by: "fatima.zahra", at: at("15:10+1"), action: "CHG-1058 is repeated with 6.0.5." };
  record.dispositions = [
    {
      rule: "trigger-fired",
      item: "trigger-authentication",
      ...accepts,
      accepted: "Seen, decided and gone back within a quarter of an hour.",
    },
    {
      rule: "failed",
      item: "smoke-login",
      ...accepts,
      accepted: "Found by the smoke test that exists to find it.",
    },
  ];
  return {
    run: record.run,
    says: "Sign-in breaks in Canada; the trigger is seen, the lead goes back, and the way back is verified: `rolled back`, `with exceptions`, all of them accepted.",
    records: [record],
    proofs: night.proofs,
  };
}
