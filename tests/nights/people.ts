/** Invented people, with the roles they hold in the sample installation: `content/roles.yaml` is made from here. */

export interface Somebody {
  readonly id: string;
  readonly name: string;
  /** Roles as checklists spell them, each with the product's checklist id. */
  readonly roles: readonly string[];
  readonly phone?: string;
}

export interface Team {
  /** Id of the checklist that the team works with. */
  readonly checklist: string;
  /** First day on which these people hold their roles. */
  readonly from: string;
  readonly grantedBy: string;
  readonly people: readonly Somebody[];
}

export const teams: readonly Team[] = [
  {
    checklist: "restaurant-os",
    from: "2025-09-01",
    grantedBy: "Priya Raman",
    people: [
      { id: "ines.carvalho", name: "Ines Carvalho", roles: ["Deployment lead"], phone: "+1 555 0142" },
      {
        id: "tom.becker",
        name: "Tom Becker",
        roles: ["Backend engineer", "On-call engineer"],
        phone: "+1 555 0117",
      },
      { id: "yuki.tanaka", name: "Yuki Tanaka", roles: ["Frontend engineer"] },
      { id: "amara.okeke", name: "Amara Okeke", roles: ["Site reliability engineer"], phone: "+1 555 0163" },
      { id: "luis.ferrer", name: "Luis Ferrer", roles: ["Customer support team"], phone: "+1 555 0109" },
      { id: "priya.raman", name: "Priya Raman", roles: ["Engineering lead"] },
      { id: "marek.novak", name: "Marek Novák", roles: ["Security lead"] },
      { id: "hannah.cole", name: "Hannah Cole", roles: ["Product manager"] },
      {
        id: "dmitri.sokolov",
        name: "Dmitri Sokolov",
        roles: ["DevOps lead", "Rollback decider"],
        phone: "+1 555 0181",
      },
      { id: "fatima.zahra", name: "Fatima-Zahra El Idrissi", roles: ["CTO"] },
    ],
  },
  {
    checklist: "pos-platform",
    from: "2025-06-01",
    grantedBy: "Hanna Lindqvist",
    people: [
      {
        id: "mateusz.zielinski",
        name: "Mateusz Zieliński",
        roles: ["Deployment lead"],
        phone: "+46 70 555 01 21",
      },
      {
        id: "sara.nyberg",
        name: "Sara Nyberg",
        roles: ["Backend lead", "On-call engineer"],
        phone: "+46 70 555 01 34",
      },
      { id: "kofi.mensah", name: "Kofi Mensah", roles: ["Frontend lead"], phone: "+46 70 555 01 47" },
      { id: "elena.popescu", name: "Elena Popescu", roles: ["Platform engineer"] },
      { id: "jonas.lund", name: "Jonas Lund", roles: ["Rollback decider"], phone: "+46 70 555 01 58" },
      { id: "hanna.lindqvist", name: "Hanna Lindqvist", roles: ["Engineering manager"] },
      { id: "omar.haddad", name: "Omar Haddad", roles: ["DevOps lead"], phone: "+46 70 555 01 66" },
      { id: "klara.holm", name: "Klara Holm", roles: ["Product manager"] },
      { id: "viktor.aas", name: "Viktor Aas", roles: ["QA lead"] },
      { id: "birgitta.strand", name: "Birgitta Strand", roles: ["Executive sponsor"] },
    ],
  },
  {
    checklist: "credential-rotation-release",
    from: "2023-05-01",
    grantedBy: "Daniel Okafor",
    people: [
      { id: "grace.otieno", name: "Grace Otieno", roles: ["DevOps engineer"], phone: "+54 11 5550 0121" },
      {
        id: "martin.aguirre",
        name: "Martín Aguirre",
        roles: ["On-call engineer"],
        phone: "+54 11 5550 0139",
      },
      { id: "lucia.ferreyra", name: "Lucía Ferreyra", roles: ["Integration engineer"] },
      { id: "daniel.okafor", name: "Daniel Okafor", roles: ["SRE lead"], phone: "+54 11 5550 0148" },
      { id: "noa.shapiro", name: "Noa Shapiro", roles: ["Security lead"], phone: "+54 11 5550 0155" },
      { id: "carmen.ibarra", name: "Carmen Ibarra", roles: ["Engineering manager"] },
    ],
  },
  {
    checklist: "xianfeast",
    from: "2025-10-01",
    grantedBy: "Sofia Marchetti",
    people: [
      { id: "chen.jie", name: "Chen Jie", roles: ["Deployment engineer"], phone: "+65 5550 0112" },
      { id: "nurul.aisyah", name: "Nurul Aisyah", roles: ["Test engineer"] },
      {
        id: "arjun.pillai",
        name: "Arjun Pillai",
        roles: ["Platform engineer", "On-call engineer"],
        phone: "+65 5550 0126",
      },
      { id: "tan.hui.min", name: "Tan Hui Min", roles: ["Incident commander"], phone: "+65 5550 0130" },
      { id: "li.wen", name: "Li Wen", roles: ["Lead developer"] },
      { id: "rajesh.kumar", name: "Rajesh Kumar", roles: ["DevOps engineer"] },
      { id: "oscar.lim", name: "Oscar Lim", roles: ["Security engineer"] },
      { id: "mei.ling.goh", name: "Goh Mei Ling", roles: ["QA lead"] },
      { id: "siti.rahman", name: "Siti Rahman", roles: ["Database administrator"] },
      { id: "adele.fournier", name: "Adèle Fournier", roles: ["Product manager"] },
      {
        id: "wong.kai",
        name: "Wong Kai",
        roles: ["Business owner", "Business contact"],
        phone: "+65 5550 0141",
      },
      { id: "grace.tay", name: "Grace Tay", roles: ["Customer success"] },
      { id: "henrik.dahl", name: "Henrik Dahl", roles: ["Legal and compliance"] },
      { id: "sofia.marchetti", name: "Sofia Marchetti", roles: ["Executive sponsor"] },
      { id: "bala.subramaniam", name: "Bala Subramaniam", roles: ["Technical lead"] },
      { id: "linda.ong", name: "Linda Ong", roles: ["Operations manager"] },
    ],
  },
  {
    checklist: "optropic",
    from: "2025-08-01",
    grantedBy: "Aylin Demir",
    people: [
      { id: "jonas.weber", name: "Jonas Weber", roles: ["Release engineer"], phone: "+49 30 5550 0119" },
      { id: "chiara.romano", name: "Chiara Romano", roles: ["Backend engineer"] },
      { id: "samuel.adeyemi", name: "Samuel Adeyemi", roles: ["DevOps engineer"], phone: "+49 30 5550 0124" },
      {
        id: "leonie.krause",
        name: "Leonie Krause",
        roles: ["Database administrator"],
        phone: "+49 30 5550 0137",
      },
      { id: "aylin.demir", name: "Aylin Demir", roles: ["Technical lead"], phone: "+49 30 5550 0140" },
      { id: "pavel.horak", name: "Pavel Horák", roles: ["Security"], phone: "+49 30 5550 0152" },
    ],
  },
];

export function teamOf(checklist: string): Team {
  const team = teams.find((one) => one.checklist === checklist);
  if (!team) throw new RangeError(`no team works with ${checklist}`);
  return team;
}

/** `content/roles.yaml`. */
export function rolesYaml(): string {
  const rows = teams.flatMap(({ people, from, grantedBy }) =>
    people.flatMap(({ id, name, roles }) =>
      roles.map((role) => ({ role, person: id, name, from, grantedBy })),
    ),
  );
  return [
    "# Who held which role when, in the sample installation. The people are invented.",
    "# tests/nights/write.ts makes this file from tests/nights/people.ts.",
    "roles:",
    ...rows.map(
      ({ role, person, name, from, grantedBy }) =>
        `  - {role: ${role}, person: ${person}, name: ${name}, from: "${from}", grantedBy: ${grantedBy}}`,
    ),
    "",
  ].join("\n");
}
