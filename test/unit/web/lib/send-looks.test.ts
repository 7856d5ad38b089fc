import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../../web/lib/api/errors.ts';
import type { LookInput, LooksResult } from '../../../../web/lib/api/looks.ts';
import type { FileLook } from '../../../../web/lib/looks-file.ts';
import { type Sent, sendLooks } from '../../../../web/lib/send-looks.ts';

const looks: FileLook[] = Array.from({ length: 250 }, (_, i) => ({
  id: `look-${i}`,
  name: null,
  itemIds: ['x', 'y'],
  rows: [2 * i + 2, 2 * i + 3],
}));
const { signal } = new AbortController();

function allSaved(batch: LookInput[]): LooksResult {
  return { saved: batch.length, unchanged: 0, ids: batch.map(({ id }) => id ?? ''), errors: [] };
}

async function collect(sending: AsyncGenerator<Sent>): Promise<Sent[]> {
  const all: Sent[] = [];
  for await (const sent of sending) all.push(sent);
  return all;
}

describe('sendLooks', () => {
  it('sends batches of a hundred, and tells the rows of what the server refused', async () => {
    const sizes: number[] = [];
    const save = async (batch: LookInput[]): Promise<LooksResult> => {
      sizes.push(batch.length);
      const errors = [
        { index: 3, lookId: null, itemId: 'y', code: 'UNKNOWN_ITEM' as const, reason: 'No y.' },
        { index: 4, lookId: null, itemId: null, code: 'NAME_TOO_LONG' as const, reason: 'Too long.' },
      ];
      return { ...allSaved(batch), saved: batch.length - 2, errors };
    };
    const all = await collect(sendLooks(looks, { save, signal }));
    expect(sizes).toEqual([100, 100, 50]);
    expect(all.map(({ count }) => count)).toEqual([100, 200, 250]);
    expect(all.at(-1)?.saved).toBe(244);
    expect(all.at(-1)?.problems.slice(2, 4)).toEqual([
      { row: 209, lookId: 'look-103', itemId: 'y', reason: 'No y.' },
      { row: 210, lookId: 'look-104', itemId: null, reason: 'Too long.' },
    ]);
  });

  it('keeps batches within what the server takes', async () => {
    const itemIds = Array.from({ length: 20 }, (_, i) => `${i}`.padStart(100, 'ü'));
    const large = looks.map((look) => ({ ...look, itemIds }));
    const sizes: number[] = [];
    const save = async (batch: LookInput[]) => {
      sizes.push(Buffer.byteLength(JSON.stringify(batch)));
      return allSaved(batch);
    };
    const all = await collect(sendLooks(large, { save, signal }));
    expect(all.at(-1)?.count).toBe(250);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200_000);
  });

  it('waits as long as a busy server says', async () => {
    const waits: number[] = [];
    let tries = 0;
    const save = async (batch: LookInput[]) => {
      if (++tries <= 2) throw new ApiError('RATE_LIMITED', '', tries === 1 ? 7 : null);
      return allSaved(batch);
    };
    const sleep = async (seconds: number) => void waits.push(seconds);
    const all = await collect(sendLooks(looks.slice(0, 2), { save, signal, sleep }));
    expect(waits).toEqual([7, 5]);
    expect(all.at(-1)?.saved).toBe(2);
  });

  it('throws another failure at once, and goes on after what was sent', async () => {
    const sent: string[] = [];
    let works = 1;
    const save = async (batch: LookInput[]) => {
      if (works-- === 0) throw new ApiError('UNREACHABLE', '');
      sent.push(...batch.map(({ id }) => id ?? ''));
      return allSaved(batch);
    };
    const sending = sendLooks(looks, { save, signal });
    const { value: after } = await sending.next();
    await expect(sending.next()).rejects.toThrow(ApiError);
    works = 5;
    const all = await collect(sendLooks(looks, { save, signal, after: after as Sent }));
    expect(all.at(-1)).toMatchObject({ count: 250, saved: 250 });
    expect(sent).toEqual(looks.map(({ id }) => id));
  });
});
