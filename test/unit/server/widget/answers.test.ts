import { expect, it, vi } from 'vitest';
import { type Answer, makeAnswers } from '../../../../server/widget/answers.ts';

const good: Answer = { status: 200, body: Buffer.from('{}'), isKept: true };
const refused: Answer = { status: 429, body: Buffer.from('{}'), isKept: false };

it('one of those who ask for the same at once asks the API, and it is kept', async () => {
  const answers = makeAnswers();
  const ask = vi.fn(async () => good);
  expect(await Promise.all([answers('a', ask), answers('a', ask), answers('b', ask)])).toEqual([
    good,
    good,
    good,
  ]);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(await answers('a', ask)).toEqual(good);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('a refusal or failure of one is not that of another, and is not kept', async () => {
  const answers = makeAnswers();
  expect(await Promise.all([answers('a', async () => refused), answers('a', async () => good)])).toEqual([
    refused,
    good,
  ]);
  const failed = answers('b', () => Promise.reject(new Error('gone')));
  const other = answers('b', async () => good);
  await expect(failed).rejects.toThrow('gone');
  expect(await other).toEqual(good);
});
