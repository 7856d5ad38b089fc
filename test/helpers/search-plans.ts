import type { Database, Queryable } from '../../server/db/database.ts';
import { toLiteral } from '../../server/db/statement.ts';

/** A search's step whose last argument is a statement. */
const STEP = /^(select .* from search_in_shop\('([^']+)'.*, )( E)?'((?:[^']|'')*)'\)$/s;

/** Makes a function of the database that tells a statement's plan. */
export async function makeExplained(db: Database): Promise<void> {
  await db.asOwner((tx) =>
    tx.query(`create function explained(statement text) returns setof text language plpgsql as
      $$ begin return query execute 'explain ' || statement; end $$`),
  );
}

/** The same client; the plan of each statement that searches run is noted, as it is planned within their step. */
export function withPlans<Tx extends Queryable>(tx: Tx): { tx: Tx; plans: string[] } {
  const plans: string[] = [];
  const explaining: Tx = {
    ...tx,
    async query(text, values, name) {
      const [, step, shopId, , statement] = STEP.exec(text) ?? [];
      if (step && statement) {
        const explained = `select explained(on_shards('${shopId}', '${statement}')) as line`;
        const { rows } = await tx.query<{ answer: { line: string }[] | null }>(
          `${step}${toLiteral(explained)})`,
        );
        if (rows[0]!.answer) plans.push(rows[0]!.answer.map(({ line }) => line).join('\n'));
      }
      return tx.query(text, values, name);
    },
  };
  return { tx: explaining, plans };
}
