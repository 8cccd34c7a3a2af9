/** What headings and labels mean, in the languages that checklists are met in. Texts are folded (labels.ts). */
import type { SectionRole, Stage } from "../../model/checklist.ts";

/** What a heading says about its section. */
export interface Meant {
  readonly role?: SectionRole;
  readonly rule?: "any" | "all";
  readonly whenMet?: "go" | "no-go" | "delay" | "rollback";
}

const BACK =
  "(?:roll-?backs?|roll(?:ing)? ?back|back-?out|fall-?back|revert|reversal|rückfall|retour arrière|reversa|reversión|reversão|hoàn tác|откат|回滚|回退|ロールバック|切り戻し|롤백)";

const TRIGGERS = new RegExp(
  [
    `${BACK}.*(?:\\btriggers?\\b|\\bconditions?\\b|\\bcriteria\\b|\\bthresholds?\\b|auslöser|bedingungen|kriterien|critères?|criterios?|critérios?|条件|基準|조건|điều kiện|критери|услови)`,
    `(?:\\btriggers?\\b|\\bconditions?\\b|\\bcriteria\\b|\\bwhen to\\b|\\bif any\\b|kriterien|auslöser|critères?|criterios?|critérios?|条件).*${BACK}`,
    "^when to (?:roll back|abort|stop)",
    "\\babort (?:criteria|conditions?)\\b",
  ].join("|"),
  "u",
);
const STEPS =
  /\b(?:procedures?|steps?|process|execution|instructions?|actions?|if needed|immediate|emergency|graceful|automatic|manual|quick)\b|schritte|verfahren|ablauf|procédure|étapes|pasos|procedimiento|passos|procedimento|步骤|流程|手順|절차|các bước|шаги|порядок/u;
const IS_BACK = new RegExp(`${BACK}`, "u");
const ONLY_BACK = new RegExp(
  `^(?:the |production |deployment |release |quick |emergency |notfall-?)?${BACK}(?: ?[–:(].*| checklist| guide|-checkliste| 检查.*)?$`,
  "u",
);

const CONTACTS =
  /\b(?:contacts?|escalation|who to call|on-?call)\b|kontakte?\b|ansprechpartner|eskalation|contactos?\b|contatos?\b|contatti|escalade|escalamiento|escalonamento|联系人|联系方式|紧急联系|連絡先|연락처|liên hệ|контакты|эскалаци|responsables$/u;
const TEMPLATES =
  /\b(?:communication|message|e-?mail|announcement|notification|notice|report|post-?mortem)s? templates?\b|^templates?$|vorlagen?$|modèles? de|plantillas? de|modelos? de|模板$|テンプレート$|mẫu thông báo/u;
const CRITERIA =
  /\b(?:success|acceptance|exit|completion|validation|pass|done|promotion) (?:criteria|criterion|metrics|kpis?|indicators?)\b|\bdefinition of done\b|\bsuccess metrics\b|erfolgskriterien|abnahmekriterien|critères? (?:de |d['’])(?:succès|réussite|acceptation|validation)|criterios? de (?:éxito|aceptación)|critérios? de (?:sucesso|aceitação|aceite)|成功(?:标准|基準)|验收标准|完了条件|성공 기준|tiêu chí|критерии успеха/u;
const DECISION =
  /\bgo ?(?:\/|-|–|or|&|vs\.?) ?no-?go\b|\bgo-?live[- ](?:decision|entscheidung|freigabe)\b|\brelease decision\b|\bdecision matrix\b|décision de|decisión de|decisão de|发布决策|リリース判定/u;
const NO_GO = /^no-?go\b|\bno-?go (?:criteria|conditions?)\b|\bstop criteria\b/u;
const GO = /^go(?: criteria| conditions?)?(?: ?[–:(].*)?$/u;
const DELAY = /^delay(?:ed)?(?: criteria| conditions?)?(?: ?[–:(].*)?$/u;
const REVIEW =
  /\bpost-?mortem\b|\bretrospective\b|\blessons learned\b|\b(?:post-)?(?:deployment|release|implementation|incident) review\b|\bwhat went (?:well|wrong)\b|\bwhat could be improved\b|rückblick|nachbetrachtung|rétrospective|retrospectiva|复盘|振り返り|회고|ретроспектив/u;
const SIGNOFF =
  /\bsign-?(?:ed-?)?offs?\b|\bapprovals?\b|\bsignatures?\b|\bauthori[sz]ation\b|\bapproved by\b|freigabe|genehmig|unterschrift|abnahme durch|approbations?|validé par|approuvé|aprobaci|aprobado|aprovaç|aprovado|firmas?\b|assinaturas?|签字|签核|审批|批准|承認|승인|phê duyệt|ký duyệt|утвержд|подпис/u;
const REFERENCE =
  /^(?:overview|introduction|summary|table of contents|contents|toc|purpose|scope|goals?|objectives?|background|context|resources?|references?|useful links|links|glossary|appendix|notes?|final notes|quick reference|document (?:control|history|information)|metadata|change ?log|(?:version|revision|change) history|history|about(?: .*)?|instructions|how to use.*|legend|faq|troubleshooting|support|see also|related.*|contributing|license|credits|contributors|files (?:&|and) resources|übersicht|überblick|einleitung|zweck|ziel|geltungsbereich|inhalt(?:sverzeichnis)?|anhang|hinweise?|dokumenthistorie|aperçu|résumé|introduction|objectif|contexte|historique|références|ressources|notes|visão geral|introdução|contexto|objetivo|resumo|notas|referências|resumen|introducción|objetivos?|alcance|referencias|notas|概述|概要|简介|说明|目的|背景|参考|附录|目录|はじめに|目次|参考|개요|목차|참고|giới thiệu|mục lục|обзор|введение|содержание|ссылки)$/u;

/** Reads a heading; later patterns are more general. */
export function meaningOf(heading: string): Meant {
  if (DECISION.test(heading)) return { role: "decision" };
  if (NO_GO.test(heading)) return { role: "decision", rule: "any", whenMet: "no-go" };
  if (GO.test(heading)) return { role: "decision", rule: "all", whenMet: "go" };
  if (DELAY.test(heading)) return { role: "decision", rule: "any", whenMet: "delay" };
  if (TRIGGERS.test(heading)) return { role: "triggers", rule: "any", whenMet: "rollback" };
  if (TEMPLATES.test(heading)) return { role: "templates" };
  if (REVIEW.test(heading)) return { role: "review" };
  if (CONTACTS.test(heading)) return { role: "contacts" };
  if (CRITERIA.test(heading)) return { role: "criteria", rule: "all" };
  if (IS_BACK.test(heading) && (STEPS.test(heading) || ONLY_BACK.test(heading)))
    return { role: "contingency" };
  if (SIGNOFF.test(heading) || REFERENCE.test(heading)) return { role: "reference" };
  return {};
}

export function isReference(heading: string): boolean {
  return REFERENCE.test(heading);
}

export function isContacts(text: string): boolean {
  return CONTACTS.test(text);
}

export function isSignoff(text: string): boolean {
  return SIGNOFF.test(text);
}

export function isRollback(text: string): boolean {
  return IS_BACK.test(text);
}

const CHANGED =
  "(?:deploy(?:ment|ing)?|release|launch|go-?live|migration|rollout|roll-out|cut-?over|upgrade|update|production|implementation|merge|flight)";
const BEFORE = new RegExp(
  `\\bpre[- ]?${CHANGED}\\b|\\bprereq(?:uisite)?s?\\b|\\bbefore (?:the |you |going |any |each )?(?:${CHANGED}|live|start|begin)|^preparations?\\b|\\bsetup preparation\\b|\\bt ?[-–−] ?[1-9]|vor (?:dem |der )?(?:go-?live|deployment|release)|voraussetzungen|vorbereitung|avant (?:le |la )?(?:déploiement|mise|livraison)|pré-?(?:release|déploiement|requis|livraison)|antes d[eo]|pr[eé]-?(?:deploy|despliegue|requisitos|implant)|部署前|上线前|发布前|デプロイ前|リリース前|배포 전|사전 ?(?:점검|준비)|trước (?:khi )?(?:triển khai|deploy)|перед (?:релиз|развер|деплой)`,
  "u",
);
const AFTER = new RegExp(
  `\\bpost[- ]?${CHANGED}\\b|\\bafter (?:the )?${CHANGED}\\b|\\bt ?\\+ ?\\d|\\bstabili[sz]ation\\b|\\bhyper-?care\\b|\\bfirst \\d+ (?:hours?|minutes?|days?)\\b|nach (?:dem |der )?(?:go-?live|deployment|release|launch)|nachbereitung|après (?:le |la )?(?:déploiement|mise|livraison)|post-?(?:déploiement|implant|despliegue)|después d|depois d|pós-|部署后|上线后|发布后|デプロイ後|リリース後|배포 후|sau (?:khi )?(?:triển khai|deploy)|после (?:релиз|развер|деплой)`,
  "u",
);
const MADE = "(?:deploy(?:ment)?|release|launch|go-?live|migration|rollout|roll-out|cut-?over)";
const DURING = new RegExp(
  `^(?:phase \\d+:? |step \\d+:? |production )?${MADE}(?: (?:day|steps?|process|procedures?|execution|phase|window|tasks))?(?: ?[–:(].*)?$|\\bdeployment (?:day|steps?|process|procedure|execution)\\b|\\b(?:launch|release|go-?live)[- ]?(?:day|tag|steps?)\\b|\\bduring (?:the )?${CHANGED}\\b|durchführung|étapes? (?:de |du )déploiement|^(?:mise en production|déploiement|despliegue|implantação|implementación)$|pasos de(?:l)? despliegue|passos d[eao] (?:deploy|implantação)|部署步骤|部署中|部署过程|部署流程|^部署$|上线步骤|デプロイ手順|배포 절차|các bước triển khai`,
  "u",
);

/** Where a heading stands relative to the change; null where it does not say. */
export function stageOf(heading: string): Stage | null {
  if (AFTER.test(heading)) return "after";
  if (BEFORE.test(heading)) return "before";
  return DURING.test(heading) ? "change" : null;
}

const OWNER =
  /^(?:(?:document |checklist |process |service |runbook )?owner|owned by|maintained by|maintainer|verantwortlich(?:e[rn]?)?|dokumentverantwortlicher?|responsable|propriétaire|responsável|dono|负责人|责任人|担当|所有者|담당|chủ sở hữu|владелец|ответственный)$/u;
const DURATION =
  /^(?:time required|required time|estimated (?:time|duration|effort)|(?:total |planned |expected )?duration|total time|target deployment time|dauer|zeitbedarf|durée(?: estimée)?|tempo(?: estimado)?|tiempo(?: estimado)?|duración|duração|预计时间|耗时|所要時間|소요 ?시간|thời gian|длительность)$/u;

export function isOwner(label: string): boolean {
  return OWNER.test(label);
}

export function isDuration(label: string): boolean {
  return DURATION.test(label);
}

const DATE = /\b(?:date|day|datum|dato|fecha|data|deadline|when)\b|日期|时间|日付|日時|날짜|ngày|дата|am$/u;
const PERSON =
  /\b(?:lead|leader|by|manager|name|owner|responsible|commander|contact|engineer|maker|approver|decider|operator|officer|coordinator|sponsor|author|reviewer|tester|person|who|verantwortliche?r?|leiter|leitung|durch|responsable|responsável|chef|von)\b|负责人|执行人|担当|담당|người/u;
const VERSION = /\b(?:version|release|tag|build|commit|sha)\b|版本|バージョン|버전|phiên bản|верси/u;

/** The type of a blank, by its label. */
export function fieldType(label: string): string {
  if (/\bdate ?(?:\/|and|&|,) ?time\b|\bdatetime\b/u.test(label)) return "datetime";
  if (PERSON.test(label)) return "person";
  if (DATE.test(label)) return "date";
  if (VERSION.test(label)) return "version";
  return /\b(?:url|link)\b/u.test(label) ? "link" : "text";
}
