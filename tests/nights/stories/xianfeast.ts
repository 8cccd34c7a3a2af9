/** XianFeast: a release before the New Year, with what reviewers look for, and one that came in on paper. */
import { amid, clock, drop, note, resultOf, type Story } from "../edit.ts";
import { goodNight } from "../night.ts";
import { proofOf } from "../proof.ts";
import { xianfeast } from "../settings.ts";
import { minute, timeOf, written } from "../time.ts";
import type { Versions } from "../versions.ts";

/** Skips with and without a reason, tests entered late, and an approver who also deployed. */
export function beforeNewYear(version: Versions): Story {
  const night = goodNight(xianfeast(version("xianfeast", "1.0.0")));
  const { record } = night;
  const later = (item: string, minutes: number): string =>
    written(timeOf(resultOf(night, item).at ?? "") + minutes * minute, night.offset);
  amid(night, "video-tutorials", {
    status: "skipped",
    reason: "recorded next week, when the new stall pages have their pictures",
  });
  amid(night, "satisfaction-metrics", { status: "skipped" });
  for (const [index, item] of [
    "sign-up",
    "magic-link",
    "stall-browsing",
    "cart",
    "test-order",
    "order-tracking",
  ].entries())
    amid(night, item, { enteredAt: later(item, 58 - index * 4) });
  for (const item of ["deploy-production", "application-started"]) amid(night, item, { by: "rajesh.kumar" });
  note(night, {
    "tests-pass": "1,412 passed, 3 skipped (the Safari ones that need a real device).",
    "penetration-test": "Report of 12 January; two findings of low severity, both open by choice.",
    "order-tracking": "The map takes two seconds to appear on a slow phone.",
    "memory-range": "410 MB, as before.",
    "recovery-tested": "Tables of last Sunday restored into the test account in 18 minutes.",
  });
  record.dispositions = [
    {
      rule: "skipped",
      item: "video-tutorials",
      by: "linda.ong",
      at: clock(night, "16:50"),
      accepted: "Help desk has a page with pictures meanwhile.",
    },
    {
      rule: "late-entry",
      by: "linda.ong",
      at: clock(night, "16:51"),
      accepted: "The tester's tablet had no network in the market hall; times are from her notes.",
    },
  ];
  return {
    run: record.run,
    says: "Before the New Year market: one skip with a reason and one without, tests entered an hour late, and an approver who also deployed: `deployed`, `with exceptions`, not all of them accepted.",
    records: [record],
    proofs: night.proofs,
  };
}

/** Typed in from a printed sheet: a signature, a figure and a report are missing. */
export function onPaper(version: Versions): Story {
  const night = goodNight(
    xianfeast(version("xianfeast", "1.0.0"), {
      run: "2026-02-10-xianfeast-prod",
      target: "2026-02-10T05:00:00+08:00",
      answers: {
        payments: "yes",
        "index-change": "yes",
        "customer-notice": "no",
        "major-release": "no",
        gdpr: "yes",
      },
      deployment: { environment: "production", from: "1.8.0", to: "1.8.1", commit: "b61e02d4" },
      change: {
        id: "CHG-0601",
        type: "normal",
        reason: "Orders of more than fifty dishes time out on market days.",
        impact: "Stalls with group orders.",
        requester: "chen.jie",
        work: [
          {
            url: "https://git.example.com/xianfeast/pulls/407",
            authors: ["chen.jie"],
            approvers: ["arjun.pillai"],
          },
        ],
      },
      captures: { "built-commit": "b61e02d4" },
    }),
  );
  const { record } = night;
  const at = (text: string): string => clock(night, text);
  record.signatures = (record.signatures ?? [])
    .filter(({ role }) => role !== "Legal and compliance")
    .map((signature) => ({ ...signature, method: "ink" as const }));
  amid(night, "api-response", { observed: undefined, note: "ok" });
  drop(night, resultOf(night, "performance-test").evidence ?? []);
  amid(night, "performance-test", { evidence: undefined });
  drop(night, resultOf(night, "penetration-test").evidence ?? []);
  record.results = record.results.filter(({ item }) => item !== "penetration-test" && item !== "help-desk");
  amid(night, "social-media", { status: "not-applicable", reason: "nothing that customers would notice" });
  const scan = proofOf("scan", "sheet-copy-2.pdf", sheet(record.run), {
    at: timeOf(at("09:30")),
    offset: night.offset,
    by: "nurul.aisyah",
  });
  scan.entry.type = "application/pdf";
  night.proofs.push(scan);
  record.evidence = [...(record.evidence ?? []), scan.entry];
  record.source = {
    kind: "paper",
    scan: "scan",
    copy: 2,
    transcribedBy: "nurul.aisyah",
    checkedBy: "linda.ong",
  };
  record.closed = {
    at: at("10:05"),
    by: "chen.jie",
    open: [
      ...(record.closed?.open ?? []),
      {
        item: "help-desk",
        reason: "the texts wait for the translation into Malay",
        owner: "grace.tay",
        due: "2026-02-13",
      },
    ],
  };
  record.asOf = at("10:10");
  return {
    run: record.run,
    says: "Typed in from a printed sheet and compared by a second person: a signature, a measured value and a report are missing, one item is left open with owner and date: `deployed`, `incomplete`.",
    records: [record],
    proofs: night.proofs,
  };
}

/** A page as a scanner may have stored it: a small, valid PDF. */
function sheet(run: string): Uint8Array {
  const text = `BT /F1 11 Tf 40 780 Td (Scan of sign-off sheet, copy 2 of 2) Tj 0 -18 Td (${run}) Tj 0 -18 Td (12 pages, bound, kept in cabinet B4) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  return new TextEncoder().encode(
    `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
  );
}
