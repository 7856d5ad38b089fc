/** Whether SQL keeps to one shop: what Citus asks of statements over tables that are distributed by shop. */
import { loadModule, parseSync } from 'libpg-query';

/** A node of Postgres's parse tree, as libpg-query gives it. */
// biome-ignore lint/suspicious/noExplicitAny: the tree has some four hundred kinds of node.
type Node = any;

/** Tables by the column that names their shop: `shop_id`, or `id` of the shops themselves. */
export type Distributed = ReadonlyMap<string, string>;

/** What breaks distribution in a statement; empty where nothing does. */
export async function findFaults(sql: string, tables: Distributed): Promise<string[]> {
  await loadModule();
  const faults: string[] = [];
  for (const { stmt: given } of parseSync(sql).stmts as { stmt: Node }[]) {
    const stmt = given.ExplainStmt?.query ?? given;
    const [kind] = Object.keys(stmt) as [string];
    if (!['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'].includes(kind)) continue;
    checkStatement(kind, stmt[kind], tables, [], faults);
  }
  return faults;
}

/** A table of a query, by the name that it goes by there. */
interface Source {
  readonly alias: string;
  readonly table: string;
  readonly column: string;
}

function checkStatement(
  kind: string,
  node: Node,
  tables: Distributed,
  outer: Source[],
  faults: string[],
): void {
  const sources: Source[] = [];
  const conditions: Node[] = [];
  const nested: Node[] = [];
  const apart: Node[] = [];
  const { relation } = node;
  if (relation && tables.has(relation.relname)) {
    sources.push(toSource(relation, tables));
    if (kind === 'InsertStmt') checkInsert(node, tables.get(relation.relname)!, faults);
  }
  for (const from of [...(node.fromClause ?? []), ...(node.usingClause ?? [])])
    readFrom(from, tables, sources, conditions, { nested, apart });
  if (node.whereClause) conditions.push(node.whereClause);
  if (kind !== 'InsertStmt') checkJoins(sources, outer, conditions, faults);
  // Whatever else is in it: expressions with sublinks, with-queries, the arms of a union, an insert's select.
  const rest = { ...node, fromClause: undefined, usingClause: undefined, relation: undefined, conditions };
  for (const query of [...nested, ...findQueries(rest)]) {
    const [inner] = Object.keys(query) as [string];
    checkStatement(inner, query[inner], tables, [...outer, ...sources], faults);
  }
  for (const query of apart) checkStatement('SelectStmt', query.SelectStmt, tables, [], faults);
}

function toSource(range: Node, tables: Distributed): Source {
  const table: string = range.relname;
  return { alias: range.alias?.aliasname ?? table, table, column: tables.get(table)! };
}

function readFrom(
  node: Node,
  tables: Distributed,
  sources: Source[],
  conditions: Node[],
  queries: { nested: Node[]; apart: Node[] },
): void {
  if (node.RangeVar) {
    if (tables.has(node.RangeVar.relname)) sources.push(toSource(node.RangeVar, tables));
  } else if (node.JoinExpr) {
    const { larg, rarg, quals, usingClause } = node.JoinExpr;
    readFrom(larg, tables, sources, conditions, queries);
    readFrom(rarg, tables, sources, conditions, queries);
    if (quals) conditions.push(quals);
    if (usingClause?.some((name: Node) => name.String.sval === 'shop_id')) conditions.push({ using: true });
  } else if (node.RangeSubselect) {
    const { subquery, alias, lateral } = node.RangeSubselect;
    // Without `lateral` it knows nothing of the tables beside it.
    (lateral ? queries.nested : queries.apart).push(subquery);
    // A query that hands its shop on stands in a join as a table does.
    const names = (subquery.SelectStmt?.targetList ?? []).map(outputName);
    if (names.includes('shop_id'))
      sources.push({ alias: alias.aliasname, table: alias.aliasname, column: 'shop_id' });
  } else {
    queries.nested.push(...findQueries(node));
  }
}

function outputName({ ResTarget: { name, val } }: Node): string | undefined {
  return name ?? val?.ColumnRef?.fields?.at(-1)?.String?.sval;
}

/** All tables of a query have to be known to be of one shop: by a value, or by each other. */
function checkJoins(sources: Source[], outer: Source[], conditions: Node[], faults: string[]): void {
  if (sources.length + outer.length < 2 || sources.length === 0) return;
  const parent = new Map<string, string>();
  const root = (name: string): string => (parent.has(name) ? root(parent.get(name)!) : name);
  const unite = (a: string, b: string) => {
    if (root(a) !== root(b)) parent.set(root(a), root(b));
  };
  const known = [...sources, ...outer];
  const shopOf = (node: Node): string | null => {
    const fields = node?.ColumnRef?.fields?.map((field: Node) => field.String?.sval);
    if (!fields) return isValue(node) ? 'value' : null;
    const [alias, column] =
      fields.length === 2 ? fields : [sources.length === 1 ? sources[0]!.alias : '', fields[0]];
    const source = known.find((one) => one.alias === alias && one.column === column);
    return source ? `table ${source.alias}` : null;
  };
  for (const { left, right } of conditions.flatMap(equalities)) {
    const [a, b] = [shopOf(left), shopOf(right)];
    if (a && b) unite(a, b);
  }
  if (conditions.some((condition) => condition.using))
    for (const source of sources) unite(`table ${source.alias}`, `table ${sources[0]!.alias}`);
  // Outer tables have been checked among themselves; a value names the same shop all through a statement.
  for (const source of outer) unite(`table ${source.alias}`, 'value');
  const roots = new Set(sources.map(({ alias }) => root(`table ${alias}`)));
  if (outer.length > 0) roots.add(root('value'));
  if (roots.size > 1) {
    const names = sources.map(({ table, alias }) => `${table} ${alias}`).join(', ');
    faults.push(`not joined by shop: ${names}${outer.length > 0 ? ' with what is around them' : ''}`);
  }
}

/** A parameter, a constant, or the transaction's shop. */
function isValue(node: Node): boolean {
  if (node?.TypeCast) return isValue(node.TypeCast.arg);
  const called = node?.FuncCall?.funcname?.at(-1)?.String?.sval;
  return Boolean(node?.ParamRef || node?.A_Const || called === 'current_shop');
}

/** The equalities that have to hold for a condition to hold. */
function equalities(node: Node): { left: Node; right: Node }[] {
  if (node?.BoolExpr?.boolop === 'AND_EXPR') return node.BoolExpr.args.flatMap(equalities);
  const expression = node?.A_Expr;
  if (expression?.kind !== 'AEXPR_OP' || expression.name?.[0]?.String?.sval !== '=') return [];
  const [left, right] = [expression.lexpr, expression.rexpr];
  if (left?.RowExpr && right?.RowExpr) {
    return left.RowExpr.args.map((arg: Node, i: number) => ({ left: arg, right: right.RowExpr.args[i] }));
  }
  return [{ left, right }];
}

/** Each row names its shop, and a conflict is one of a key that does. */
function checkInsert(node: Node, column: string, faults: string[]): void {
  const { relname } = node.relation;
  const columns: string[] = (node.cols ?? []).map((col: Node) => col.ResTarget.name);
  // A shop's own id is made by its default.
  if (column === 'shop_id' && !columns.includes(column)) faults.push(`${relname} inserted without its shop`);
  const target = node.onConflictClause?.infer?.indexElems?.map((elem: Node) => elem.IndexElem.name);
  if (target && !target.includes(column)) faults.push(`${relname}: a conflict without its shop`);
}

/** The queries directly under a node, those within them left out. */
function findQueries(node: Node): Node[] {
  if (node === null || typeof node !== 'object') return [];
  if (Array.isArray(node)) return node.flatMap(findQueries);
  for (const kind of ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt']) if (node[kind]) return [node];
  const found: Node[] = [];
  for (const [key, value] of Object.entries(node)) {
    // The arms of a union stand in their query without a name of their own.
    if ((key === 'larg' || key === 'rarg') && (value as Node).targetList) found.push({ SelectStmt: value });
    else found.push(...findQueries(value));
  }
  return found;
}
