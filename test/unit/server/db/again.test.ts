import pg from 'pg';
import { expect, it } from 'vitest';
import { againIfOvertaken } from '../../../../server/db/again.ts';

const failure = (message: string, code: string) =>
  Object.assign(new pg.DatabaseError(message, 0, 'error'), { code });

it.each([
  ['shard for the given value does not exist', '40001'],
  ['insert violates foreign key constraint', '23503'],
  ['could not find valid entry for shard 102008', 'XX000'],
  ['relation "items_102008" does not exist', '42P01'],
])('a transaction runs again after: %s', async (message, code) => {
  let runs = 0;
  const run = async () => {
    runs += 1;
    if (runs < 3) throw failure(message, code);
    return 'done';
  };
  expect([await againIfOvertaken(run), runs]).toEqual(['done', 3]);
});

it.each([
  failure('relation "itmes" does not exist', '42P01'),
  failure('duplicate key value violates unique constraint', '23505'),
  new Error('could not find valid entry for shard 1'),
])('a transaction does not run again after: %s', async (error) => {
  let runs = 0;
  const run = async () => {
    runs += 1;
    throw error;
  };
  await expect(againIfOvertaken(run)).rejects.toBe(error);
  expect(runs).toBe(1);
});
