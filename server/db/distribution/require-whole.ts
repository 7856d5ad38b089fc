import type { Database } from '../database.ts';
import { listOpenSteps } from './catalog.sql.ts';

/** Throws where `npm run distribute -- apply` was cut short: tables are without their keys meanwhile. */
export async function requireWhole(db: Pick<Database, 'asOwner'>): Promise<void> {
  const { length } = await db.asOwner(listOpenSteps);
  if (length === 0) return;
  throw new Error(
    `The distribution of this database was cut short, ${length} steps before its end: run npm run distribute -- apply again.`,
  );
}
