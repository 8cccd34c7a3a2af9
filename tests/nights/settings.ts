/** One good night for each of the five checklists. Stories begin with one of these and change what went otherwise. */
import type { Checklist } from "../../src/model/checklist.ts";
import type { Setting } from "./night.ts";
import { minute } from "./time.ts";

const hour = 60 * minute;

type Rest = Partial<Omit<Setting, "checklist">>;

export function restaurant(checklist: Checklist, rest: Rest = {}): Setting {
  return {
    checklist,
    run: "2026-03-04-restaurant-os-prod",
    target: "2026-03-04T22:00:00-05:00",
    liveItem: "maintenance-off",
    lead: 3 * hour,
    look: 70 * minute,
    window: 3 * hour,
    answers: { "database-change": "yes", "sms-used": "yes" },
    deployment: {
      environment: "production",
      from: "6.0.3",
      to: "6.0.4",
      commit: "8c41d0f7e2b94a6d9f13c05b7a2e6d1840b3f9ce",
      artifacts: [
        {
          name: "server-6.0.4.tar.gz",
          sha256: "5b0f6d9b1f7c0a4e1d6c2b8f3a9e7d5c4b2a1908f7e6d5c4b3a29180f7e6d5c4",
        },
        {
          name: "client-6.0.4.tar.gz",
          sha256: "c4d5e6f70819a2b3c4d5e6f708192a1b2c4d5e7f9a3f8b2c6d1e4a0c7f1b9d6f",
        },
      ],
    },
    change: {
      id: "CHG-1042",
      url: "https://changes.example.com/CHG-1042",
      type: "normal",
      reason:
        "RCTX is enforced on every request; payments move to the new Square API before the old one ends on 31 March.",
      description: "Server and client 6.0.4, two migrations of the orders tables.",
      impact: "All restaurants in production; up to 20 minutes of maintenance.",
      securityImpact: "Requests without a restaurant context are refused from now on.",
      expected: "No visible change for guests; p95 of the orders API stays under 200 ms.",
      requester: "ines.carvalho",
      work: [
        {
          url: "https://git.example.com/restaurant-os/pulls/2214",
          authors: ["tom.becker"],
          approvers: ["yuki.tanaka"],
          tests: "all green, coverage 64/53/66",
        },
        {
          url: "https://git.example.com/restaurant-os/pulls/2221",
          authors: ["yuki.tanaka"],
          approvers: ["tom.becker"],
          tests: "all green",
        },
      ],
    },
    leader: "ines.carvalho",
    workers: {
      "1": "amara.okeke",
      "2": "amara.okeke",
      "3": "tom.becker",
      "4": "amara.okeke",
      "5": "ines.carvalho",
      "6": "ines.carvalho",
      "*": "ines.carvalho",
    },
    decider: "dmitri.sokolov",
    captures: {
      "backup-location": "s3://backups.example.com/restaurant-os/2026-03-05T0203Z.dump",
      "deployed-version": "6.0.4",
      "git-tag": "v6.0.4",
    },
    ...rest,
  };
}

export function pos(checklist: Checklist, rest: Rest = {}): Setting {
  return {
    checklist,
    run: "2026-02-03-pos-platform-prod",
    target: "2026-02-03T21:00:00+01:00",
    liveItem: "smoke-webhooks",
    lead: 20 * hour,
    look: 150 * minute,
    window: 6 * hour,
    answers: { "realtime-notifications": "yes", "database-replica": "yes" },
    deployment: {
      environment: "production",
      from: "1.1.0",
      to: "2.0.0",
      commit: "e7a90c3b5d2f4818a6c1f0d94be23775c80a1e64",
    },
    change: {
      id: "CHG-2207",
      url: "https://changes.example.com/CHG-2207",
      type: "normal",
      reason: "Version 2.0.0 of the POS platform goes to every site after the pilot in September.",
      description: "Backend, web client and four migrations; the old version stays up until go-live.",
      impact: "412 sites; maintenance banner from 20:00, no orders are lost.",
      expected: "Average API response of 250 ms or better.",
      requester: "mateusz.zielinski",
      work: [
        {
          url: "https://git.example.com/pos/pulls/880",
          authors: ["sara.nyberg", "kofi.mensah"],
          approvers: ["elena.popescu"],
          tests: "22 compatibility and 28 visual tests passed",
        },
      ],
    },
    leader: "mateusz.zielinski",
    workers: {
      "1": "elena.popescu",
      "3": "elena.popescu",
      "4": "sara.nyberg",
      "5": "elena.popescu",
      "6": "sara.nyberg",
      "*": "mateusz.zielinski",
    },
    decider: "jonas.lund",
    fields: { "deployment-channel": "#deploy-pos-2-0-0" },
    ...rest,
  };
}

export function credentials(checklist: Checklist, rest: Rest = {}): Setting {
  return {
    checklist,
    run: "2024-01-24-credential-rotation-prod",
    target: "2024-01-24T10:00:00-03:00",
    liveItem: "monitoring-receives",
    lead: 3 * hour,
    look: 30 * minute,
    window: 1 * hour,
    answers: { "rollback-kind": "graceful" },
    deployment: { environment: "production", from: "2024.01.15", to: "2024.01.22", commit: "41be09d" },
    change: {
      id: "CHG-0311",
      type: "normal",
      reason:
        "Rotation of POS credentials without dead tokens: an old token is refused at once and never retried.",
      impact: "All locations on Fudo, MaxiRest and BistrSoft.",
      requester: "carmen.ibarra",
      work: [
        {
          url: "https://git.example.com/credentials/pulls/146",
          authors: ["lucia.ferreyra"],
          approvers: ["martin.aguirre"],
          tests: "Token Zombie UAT passed",
        },
      ],
    },
    leader: "grace.otieno",
    workers: { "1": "lucia.ferreyra", "2": "martin.aguirre", "3": "martin.aguirre", "*": "grace.otieno" },
    decider: "daniel.okafor",
    captures: { "deployed-sha": "41be09d" },
    step: 2 * minute,
    ...rest,
  };
}

export function xianfeast(checklist: Checklist, rest: Rest = {}): Setting {
  return {
    checklist,
    run: "2026-01-20-xianfeast-prod",
    target: "2026-01-20T14:00:00+08:00",
    liveItem: "admin-dashboard",
    lead: 27 * hour,
    look: 100 * minute,
    window: 3 * hour,
    answers: {
      payments: "yes",
      "index-change": "no",
      "customer-notice": "yes",
      "major-release": "no",
      gdpr: "yes",
    },
    deployment: { environment: "production", from: "1.7.2", to: "1.8.0", commit: "77d1c5e8" },
    change: {
      id: "CHG-0577",
      type: "normal",
      reason: "Order tracking and the new stall pages for the Lunar New Year market.",
      impact: "Customers and stalls of all three markets.",
      requester: "chen.jie",
      work: [
        {
          url: "https://git.example.com/xianfeast/pulls/391",
          authors: ["chen.jie"],
          approvers: ["arjun.pillai"],
          tests: "unit, integration and end-to-end tests passed",
        },
      ],
    },
    leader: "chen.jie",
    workers: {
      "1": "nurul.aisyah",
      "2": "chen.jie",
      "3": "nurul.aisyah",
      "5": "arjun.pillai",
      "8": "arjun.pillai",
      "9": "arjun.pillai",
      "11": "tan.hui.min",
      "13": "arjun.pillai",
      "*": "chen.jie",
    },
    decider: "tan.hui.min",
    captures: { "built-commit": "77d1c5e8" },
    ...rest,
  };
}

export function optropic(checklist: Checklist, rest: Rest = {}): Setting {
  return {
    checklist,
    run: "2025-10-14-optropic-prod",
    target: "2025-10-14T19:00:00+02:00",
    liveItem: "deployment-succeeded",
    lead: 29 * hour,
    look: 75 * minute,
    window: 3 * hour,
    answers: { platform: "vercel", cdn: "yes" },
    deployment: { environment: "production", from: "2.9.4", to: "3.0.0", commit: "b02f6c9d1a7e" },
    change: {
      id: "CHG-0902",
      type: "normal",
      reason: "Optropic Platform 3.0.0: row-level security on every table, and the new verification API.",
      impact: "All tenants; no downtime is planned.",
      requester: "pavel.horak",
      work: [
        {
          url: "https://git.example.com/optropic/pulls/512",
          authors: ["chiara.romano"],
          approvers: ["jonas.weber"],
          tests: "all green",
        },
      ],
    },
    leader: "jonas.weber",
    workers: { "1": "chiara.romano", "2": "jonas.weber", "3": "chiara.romano", "*": "jonas.weber" },
    decider: "leonie.krause",
    captures: { rto: "1 hour", rpo: "5 minutes" },
    ...rest,
  };
}

export const settings: Readonly<Record<string, (checklist: Checklist, rest?: Rest) => Setting>> = {
  "restaurant-os": restaurant,
  "pos-platform": pos,
  "credential-rotation-release": credentials,
  xianfeast,
  optropic,
};
