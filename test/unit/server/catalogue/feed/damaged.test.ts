/** Feeds of every form with bytes flipped, cut and put in: each is read, or fails with a reason for its reader. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FeedError } from '../../../../../server/catalogue/feed/fault.ts';
import { readFeed } from '../../../../../server/catalogue/feed/read.ts';
import { openStaged, stageSource } from '../../../../../server/catalogue/staging/staging.ts';
import { openFolderStore } from '../../../../../server/store/folder-store.ts';
import { makeForms, makeItems } from '../../../../helpers/feeds/forms.ts';
import { randomOf } from '../../../../helpers/random.ts';

/** `SEED=2 FEEDS=5000 npx vitest run --project unit test/unit/server/catalogue/feed/damaged.test.ts` is a long run. */
const SEED = Number(process.env.SEED ?? 1);
const FEEDS = Number(process.env.FEEDS ?? 300);
const PUT_IN = [
  '<',
  '"',
  '{',
  '[',
  ']',
  '}',
  '<item>',
  '</item>',
  '<![CDATA[',
  '\n',
  '\r',
  '&',
  '\0',
  ']]>',
  '<!--',
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'armoire-damaged-'));
  await stageSource(openFolderStore(folder), 'job', { kind: 'file', path: join(folder, 'upload') });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it(`${FEEDS} damaged feeds (seed ${SEED})`, { timeout: 600_000 }, async () => {
  const random = randomOf(SEED);
  const below = (most: number) => Math.floor(random() * most);
  const forms = makeForms(makeItems(4, (n) => `https://img.example/${n}.jpg`));
  for (let index = 0; index < FEEDS; index++) {
    const form = forms[below(forms.length)]!;
    let bytes: Buffer = Buffer.from(await form.bytes());
    for (let n = below(4); n >= 0; n--) bytes = damage(bytes, below);
    await writeFile(join(folder, 'upload'), bytes);
    const failure = await read().catch((error: unknown) => error);
    if (failure === undefined) continue;
    expect(failure, `${form.name}, feed ${index}: ${(failure as Error).stack}`).toBeInstanceOf(FeedError);
    expect((failure as FeedError).message).not.toMatch(/undefined|\[object|TypeError/);
  }
});

async function read(): Promise<void> {
  const files = await openStaged(openFolderStore(folder), 'job');
  try {
    for await (const _ of readFeed(files));
  } finally {
    await files.close();
  }
}

function damage(bytes: Buffer, below: (most: number) => number): Buffer {
  const at = below(bytes.length);
  const [front, back] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (below(5)) {
    case 0: {
      const flipped = Buffer.from(bytes);
      if (flipped.length > 0) flipped[at]! ^= 1 << below(8);
      return flipped;
    }
    case 1:
      return front;
    case 2:
      return Buffer.concat([front, Buffer.from(PUT_IN[below(PUT_IN.length)]!), back]);
    case 3:
      return Buffer.concat([front, back.subarray(below(30))]);
    default:
      return Buffer.concat([bytes, back]);
  }
}
