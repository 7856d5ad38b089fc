import { isCitusLoaded } from '../citus.sql.ts';
import type { Queryable } from '../database.ts';

/** A table whose rows belong to shops. */
export interface ShopTable {
  readonly name: string;
  /** The column that names the shop. */
  readonly column: 'id' | 'shop_id';
  /** Each shop has a partition of its own. */
  readonly isPartitioned: boolean;
}

/** The tables of shops that are not distributed yet; `shops` first. */
export async function listLocalTables(db: Queryable): Promise<ShopTable[]> {
  const { rows } = await db.query<ShopTable>(
    `select c.relname as name, case c.relname when 'shops' then 'id' else 'shop_id' end as column,
       c.relkind = 'p' as "isPartitioned"
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and (c.relname = 'shops' or exists (
         select from pg_attribute a where a.attrelid = c.oid and a.attname = 'shop_id' and not a.attisdropped))
     order by c.relname <> 'shops', c.relname`,
  );
  if (!(await isCitusLoaded(db))) return rows;
  const distributed = await db.query<{ name: string }>(
    'select c.relname as name from pg_class c join pg_dist_partition p on p.logicalrelid = c.oid',
  );
  const names = new Set(distributed.rows.map(({ name }) => name));
  return rows.filter(({ name }) => !names.has(name));
}

export interface ForeignKey {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly definition: string;
}

/** Between any tables, without those that partitions inherit. */
export async function listForeignKeys(db: Queryable): Promise<ForeignKey[]> {
  const { rows } = await db.query<ForeignKey>(
    `select f.conname as name, t.relname as "from", r.relname as "to", pg_get_constraintdef(f.oid) as definition
     from pg_constraint f join pg_class t on t.oid = f.conrelid join pg_class r on r.oid = f.confrelid
     where f.contype = 'f' and f.conparentid = 0 and t.relnamespace = 'public'::regnamespace
     order by t.relname, f.conname`,
  );
  return rows;
}

export interface Trigger {
  readonly name: string;
  readonly table: string;
  readonly definition: string;
}

/** Without those that partitions inherit. */
export async function listTriggers(db: Queryable): Promise<Trigger[]> {
  const { rows } = await db.query<Trigger>(
    `select t.tgname as name, c.relname as "table", pg_get_triggerdef(t.oid) as definition
     from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not t.tgisinternal and t.tgparentid = 0 and c.relnamespace = 'public'::regnamespace
     order by c.relname, t.tgname`,
  );
  return rows;
}

/** What a table has beside its columns, as statements that make it anew. */
export interface TableParts {
  readonly key: string;
  readonly indexes: string[];
  /** HNSW: quicker to make once the rows are there. */
  readonly vectorIndexes: string[];
  readonly policies: string[];
  readonly grants: string[];
}

export async function readTableParts(db: Queryable, table: string): Promise<TableParts> {
  const { rows } = await db.query<TableParts>(
    `select
       (select format('alter table %I add constraint %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid))
         from pg_constraint k where k.conrelid = c.oid and k.contype = 'p') as key,
       array(select replace(pg_get_indexdef(x.indexrelid), ' ON ONLY ', ' ON ') from pg_index x
         join pg_class i on i.oid = x.indexrelid join pg_am a on a.oid = i.relam
         where x.indrelid = c.oid and not x.indisprimary and a.amname <> 'hnsw' order by i.relname) as indexes,
       array(select replace(pg_get_indexdef(x.indexrelid), ' ON ONLY ', ' ON ') from pg_index x
         join pg_class i on i.oid = x.indexrelid join pg_am a on a.oid = i.relam
         where x.indrelid = c.oid and a.amname = 'hnsw' order by i.relname) as "vectorIndexes",
       array(select format('create policy %I on %I using (%s) with check (%s)', p.polname, c.relname,
           pg_get_expr(p.polqual, c.oid), pg_get_expr(coalesce(p.polwithcheck, p.polqual), c.oid))
         from pg_policy p where p.polrelid = c.oid order by p.polname) as policies,
       array(select format('grant %s on %I to armoire_shop', g.privilege_type, c.relname)
         from aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee and r.rolname = 'armoire_shop'
         order by g.privilege_type) as grants
     from pg_class c where c.oid = $1::regclass`,
    [table],
  );
  return rows[0]!;
}

export interface Step {
  readonly number: number;
  readonly statement: string;
}

/** The steps that are left of a distribution that was begun. */
export async function listOpenSteps(db: Queryable): Promise<Step[]> {
  const { rows } = await db.query<Step>(
    'select number, statement from distribution_steps where done_at is null order by number',
  );
  return rows;
}

/** Notes what is to be done, in this order, in place of what an earlier distribution has done. */
export async function noteSteps(db: Queryable, statements: readonly string[]): Promise<void> {
  await db.query('delete from distribution_steps');
  await db.query(
    `insert into distribution_steps (number, statement)
     select s.number, s.statement from unnest($1::text[]) with ordinality as s (statement, number)`,
    [statements],
  );
}

export async function markDone(db: Queryable, number: number): Promise<void> {
  await db.query('update distribution_steps set done_at = now() where number = $1', [number]);
}

/** Whether a server uses the database now. */
export async function isInUse(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ used: boolean }>(
    `select exists (select from servers where seen_at > now() - interval '30 seconds') as used`,
  );
  return rows[0]!.used;
}
