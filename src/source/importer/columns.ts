/** What the columns of a table are, if its rows are checks. */
import { bare, folded, isBlank } from "./labels.ts";
import { isBoxes, markAt, marksIn } from "./marks.ts";

export interface Columns {
  /** The column that says what is to be done. */
  readonly item: number;
  /** Its number or id, if it has one. */
  readonly number: number | null;
  readonly owner: number | null;
  readonly boxes: readonly number[];
  /** All but item, number and boxes. */
  readonly others: readonly number[];
  /** The item's own cell begins with the box. */
  readonly inItem: boolean;
  /** The first row is no head: it begins with a box as the others do. */
  readonly headless: boolean;
  readonly sure: boolean;
  /** What gave it away: "a column of boxes". */
  readonly why: string;
}

const ITEM =
  /^(?:check(?:list)?(?: ?(?:item|name|point))?s?|items?|tasks?|steps?|actions?|activit(?:y|ies)|test(?: case)?s?|controls?|requirements?|criteri(?:on|a)|verifications?|what|description|punkt|prüfpunkte?|prüfung|aufgaben?|schritte?|maßnahmen?|kriteri(?:um|en)|tâches?|étapes?|vérifications?|points?(?: de contrôle)?|critères?|tareas?|pasos?|verificaci(?:ón|ones)|elementos?|ítems?|tarefas?|passos?|verificaç(?:ão|ões)|itens|检查项目?|项目|事项|任务|步骤|检查内容|確認項目|チェック項目|項目|作業|手順|점검 ?항목|항목|작업|hạng mục|nội dung|công việc|bước|проверка|пункт|задача|шаг)$/u;
const NUMBER =
  /^(?:#|no\.?|nr\.?|n[°º]\.?|num(?:ber)?|id|ref\.?|step(?: ?(?:#|no\.?))?|序号|编号|番号|번호|stt|№|lfd\. ?nr\.?)$/u;
const STATE =
  /^(?:status|state|done\??|complete[d]?\??|check(?:ed)?\??|✓|✔|☑|ok\??|pass(?:ed)?|pass ?\/ ?fail|p ?\/ ?f|y ?\/ ?n|yes ?\/ ?no|result|verified|erledigt\??|ergebnis|statut|fait|résultat|estado|hecho|resultado|feito|concluído|状态|完成|结果|通过|状態|結果|완료|상태|결과|kết quả|trạng thái|статус|готово|результат)$/u;
const OWNER =
  /^(?:owner|responsible|responsibility|assignee|assigned(?: to)?|who|team|verantwortlich(?:e[rn]?)?|zuständig|responsable|propriétaire|responsável|负责人|责任人|担当者?|담당자?|phụ trách|ответственный)$/u;

/** @param eager a table of checks without a box counts too, where the whole text has none */
export function columnsOf(cells: readonly (readonly string[])[], eager: boolean): Columns | null {
  const [head = [], ...rows] = cells;
  if (rows.length === 0 || head.length < 2) return null;
  const columns = head.map((_, at) => rows.map((row) => row[at] ?? ""));
  const boxes = columns.flatMap((column, at) => (holdsBoxes(column) ? [at] : []));
  const names = head.map((cell) => folded(bare(cell)));
  const boxed = columns.findIndex((column, at) => holdsItems(column, head[at] ?? ""));
  if (boxed >= 0) {
    const found = withItem(names, columns, [], "a box in every row", true);
    const rest = others(names, [boxed, found?.number ?? null]);
    return (
      found && {
        ...found,
        item: boxed,
        others: rest,
        inItem: true,
        headless: labelOf(head[boxed] ?? "") !== null,
      }
    );
  }
  if (boxes.length > 0) return withItem(names, columns, boxes, "a column of boxes", true);
  const states = names.flatMap((name, at) => (STATE.test(name) && columns[at]?.every(isBlank) ? [at] : []));
  const hasItem = names.some((name) => ITEM.test(name));
  if (states.length > 0 && hasItem && rows.every((row) => row.some((cell) => !isBlank(cell))))
    return withItem(names, columns, states, `an empty column '${bare(head[states[0] ?? 0] ?? "")}'`, true);
  if (eager && hasItem && columns.some(holdsMarks))
    return withItem(names, columns, [], "marks for what applies", false);
  return null;
}

/** Every row begins with a box and goes on with words of its own; words that come again are a state. */
function holdsItems(column: readonly string[], head: string): boolean {
  const labels = column.map(labelOf);
  if (labels.includes(null)) return false;
  return labelOf(head) !== null || (labels.length > 1 && new Set(labels).size === labels.length);
}

/** The words behind the one box of a cell. */
function labelOf(cell: string): string | null {
  const text = unmarked(cell);
  const mark = markAt(text);
  return mark && marksIn(text).length === 1 ? text.slice(mark.source.length).trim() || null : null;
}

/** A cell without the bullet that people put before a box. */
export function unmarked(cell: string): string {
  return cell.replace(/^[-*+][ \t]+(?=\[)/, "");
}

function others(names: readonly string[], taken: readonly (number | null)[]): readonly number[] {
  return names.map((_, at) => at).filter((at) => !taken.includes(at));
}

/** Every cell that says anything holds boxes, and at least one does. */
function holdsBoxes(column: readonly string[]): boolean {
  const said = column.filter((cell) => cell !== "");
  return said.length > 0 && said.every(isBoxes);
}

const MARK = /^(?:✅|✔️?|✓|☑️?|:white_check_mark:|:heavy_check_mark:|x|X|●|•)$/u;

function holdsMarks(column: readonly string[]): boolean {
  const said = column.filter((cell) => cell !== "");
  return said.length > 0 && said.every((cell) => MARK.test(cell));
}

function withItem(
  names: readonly string[],
  columns: readonly (readonly string[])[],
  boxes: readonly number[],
  why: string,
  sure: boolean,
): Columns | null {
  const free = names.map((_, at) => at).filter((at) => !boxes.includes(at));
  const number =
    free.find(
      (at) => (NUMBER.test(names[at] ?? "") || looksNumbered(columns[at] ?? [])) && free.length > 1,
    ) ?? null;
  const texts = free.filter((at) => at !== number && columns[at]?.some((cell) => !isBlank(cell)));
  const longest = [...texts].sort((a, b) => lengthOf(columns[b]) - lengthOf(columns[a]))[0];
  const item = texts.find((at) => ITEM.test(names[at] ?? "")) ?? texts[0] ?? longest;
  if (item === undefined) return null;
  const owner = free.find((at) => at !== item && OWNER.test(names[at] ?? "")) ?? null;
  const rest = others(names, [...boxes, item, number]);
  return { item, number, owner, boxes, others: rest, inItem: false, headless: false, sure, why };
}

function lengthOf(column: readonly string[] | undefined): number {
  return (column ?? []).reduce((sum, cell) => sum + cell.length, 0);
}

/** `PQ-1.1`, `A3`, `12`: short, and with a digit. */
function looksNumbered(column: readonly string[]): boolean {
  return column.every((cell) => /^(?:[A-Z]{1,8}[-. ]?)?\d+(?:[.-]\d+)*[a-z]?\.?$/.test(bare(cell)));
}
