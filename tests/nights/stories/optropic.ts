/** Optropic: a clean release on Vercel, one on Render whose record was corrected, and one that was called off. */
import { amid, close, cutAt, note, observed, resultOf, type Story } from "../edit.ts";
import { type DraftRecord, goodNight } from "../night.ts";
import { optropic } from "../settings.ts";
import { minute, timeOf, written } from "../time.ts";
import type { Versions } from "../versions.ts";

export function onVercel(version: Versions): Story {
  const night = goodNight(optropic(version("optropic", "1.0.0")));
  const { record } = night;
  record.source = { kind: "browser" };
  note(night, {
    "rls-verified": "Checked with the accounts of three tenants, reading and writing.",
    "load-test": "40 minutes, ramp to 900 virtual users.",
    "watch-staging": "From Monday evening on; the only alert was the test alert.",
    "production-backup": "3.1 GB.",
    "first-alert": "Latency alert set off by hand, on Leonie's phone after 40 seconds.",
    "hour-24-feedback": "The verification API is what people write about.",
  });
  record.review = {
    at: record.closed?.at,
    well: ["The first release for which nobody stayed up."],
    improve: ["The release notes were read by few."],
    next: { version: "3.0.1", date: "2025-12-02", lead: "Jonas Weber" },
  };
  return {
    run: record.run,
    says: "3.0.0 on Vercel, worked through in the browser: `deployed`, `clean`.",
    records: [record],
    proofs: night.proofs,
  };
}

/** Two days after the close a figure is corrected: two digits were swapped. */
export function corrected(version: Versions): Story {
  const night = goodNight(
    optropic(version("optropic", "1.0.0"), {
      run: "2025-12-02-optropic-eu-west",
      target: "2025-12-02T19:00:00+01:00",
      answers: { platform: "render", cdn: "no" },
      deployment: { environment: "production", from: "3.0.0", to: "3.0.1", commit: "5ac1e0f7d233" },
      change: {
        id: "CHG-0977",
        type: "standard",
        preapproval: { id: "STD-12", validUntil: "2026-06-30T23:59:59+02:00" },
        reason: "3.0.1 for the tenants in the region eu-west, which runs on Render.",
        impact: "61 tenants; no downtime is planned.",
        requester: "pavel.horak",
        work: [
          {
            url: "https://git.example.com/optropic/pulls/548",
            authors: ["chiara.romano"],
            approvers: ["jonas.weber"],
            tests: "all green",
          },
        ],
      },
    }),
  );
  const { record } = night;
  observed(night, "hour-1-latency", "latency_p95", "319");
  note(night, {
    "render-health-path": "/api/health, every ten seconds.",
    "migrate-production": "One migration, six seconds.",
  });
  const at = written(timeOf(record.asOf) + 46 * 60 * minute, night.offset);
  const { schema, run, checklist, deployment } = record;
  const correction: DraftRecord = {
    schema,
    run,
    asOf: written(timeOf(at) + 5 * minute, night.offset),
    checklist,
    deployment,
    results: [],
    amends: [
      {
        pointer: "/results/hour-1-latency/observed/0/value",
        old: "319",
        new: "391",
        by: "chiara.romano",
        at,
        reason: "two digits were swapped; the dashboard of 2 December, 20:30, says 391 ms",
      },
    ],
    dispositions: [
      {
        rule: "corrected",
        by: "aylin.demir",
        at: written(timeOf(at) + 3 * minute, night.offset),
        accepted: "Compared with the dashboard; the limit of 500 ms holds either way.",
      },
    ],
  };
  return {
    run,
    says: "A standard change on Render; two days later a figure is corrected, and old and new value stay on record: `deployed`, `with exceptions`, accepted.",
    records: [record, correction],
    proofs: night.proofs,
  };
}

/** The load test on staging fails in the afternoon: called off. */
export function calledOff(version: Versions): Story {
  const night = goodNight(
    optropic(version("optropic", "1.0.0"), {
      run: "2026-01-27-optropic-prod",
      target: "2026-01-27T19:00:00+01:00",
      deployment: { environment: "production", from: "3.0.1", to: "3.1.0", commit: "f03b9921c7aa" },
      change: {
        id: "CHG-1013",
        type: "normal",
        reason: "3.1.0: search over all documents of a tenant.",
        impact: "All tenants.",
        requester: "pavel.horak",
        work: [
          {
            url: "https://git.example.com/optropic/pulls/583",
            authors: ["chiara.romano", "jonas.weber"],
            approvers: ["samuel.adeyemi"],
          },
        ],
      },
    }),
  );
  cutAt(night, resultOf(night, "staging-load-test").at ?? "");
  const { record } = night;
  const done = timeOf(record.asOf);
  const at = (minutes: number): string => written(done + minutes * minute, night.offset);
  amid(night, "staging-load-test", {
    status: "failed",
    reason: "search needs 4 s with 200 users; the index of the largest tenant does not fit into memory",
  });
  record.results.push({
    item: "staging-clear",
    status: "blocked",
    by: "jonas.weber",
    at: at(6),
    reason: "staging is not clear while the load test fails",
  });
  record.decisions = [
    {
      decision: "abort",
      by: "aylin.demir",
      at: at(25),
      basis: "the load test on staging fails, and there is no quick remedy",
    },
  ];
  record.review = {
    at: at(70),
    well: ["Found on staging, a day ahead."],
    improve: ["The index was sized with invented data."],
    actions: [
      {
        text: "Size the index with a copy of the largest tenant.",
        owner: "Leonie Krause",
        due: "2026-02-06",
      },
    ],
  };
  record.signatures = [
    {
      role: "DevOps engineer",
      by: "samuel.adeyemi",
      meaning: "execution",
      at: at(40),
      method: "sso",
      covers: { sections: ["deployment-steps"] },
    },
  ];
  close(night, at(75));
  record.dispositions = [
    {
      rule: "failed",
      item: "staging-load-test",
      by: "aylin.demir",
      at: at(72),
      action: "CHG-1013 is planned anew when the index fits.",
    },
    {
      rule: "blocked",
      item: "staging-clear",
      by: "aylin.demir",
      at: at(72),
      accepted: "Follows from the load test.",
    },
  ];
  return {
    run: record.run,
    says: "Called off a day ahead, because the load test on staging fails: `stopped`, `with exceptions`, accepted.",
    records: [record],
    proofs: night.proofs,
  };
}
