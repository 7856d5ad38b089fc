import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { malformedPictures } from '../fuzz/pictures.ts';
import { COSTLY } from '../helpers/costly-pictures.ts';
import { type ServingProcess, startServingProcess } from '../helpers/serving-process.ts';

/** What the serving process may hold, in MiB. */
const MOST = 1024;
const SEED = 18;
const COUNT = 150;

/** So many kinds for one server: what the heap keeps of one kind must not count as the next one's. */
const KINDS = 6;
const PARTS = Array.from({ length: Math.ceil(COSTLY.length / KINDS) }, (_, i) => ({
  part: i + 1,
  kinds: COSTLY.slice(i * KINDS, (i + 1) * KINDS),
}));

// The kernel's record of a process's memory is there on Linux alone.
const onLinux = describe.skipIf(!existsSync('/proc/self/clear_refs'));
onLinux.each(PARTS)('small files that are costly to decode, part $part', ({ kinds }) => {
  let server: ServingProcess;
  beforeAll(async () => {
    server = await startServingProcess();
  });
  afterAll(() => server?.stop());

  it.each(kinds)('eight at once of $name', async ({ name, make }) => {
    const picture = await make();
    server.resetPeak();
    const answers = await Promise.all(Array.from({ length: 8 }, () => server.parse(picture)));
    const codes = [...new Set(answers.map(({ code }) => code ?? 'ok'))];
    const peak = Math.round(server.peak());
    console.log(`${name}: ${picture.length} bytes, at most ${peak} MiB, ${codes.join(', ')}`);
    for (const code of codes) expect(['ok', 'IMAGE_TOO_LARGE', 'NOT_AN_IMAGE']).toContain(code);
    expect(peak).toBeLessThanOrEqual(MOST);
    expect(server.running()).toBe(true);
  });
});

it(`${COUNT} malformed pictures are each answered`, async () => {
  const { counts, findings } = await malformedPictures({ seed: SEED, count: COUNT });
  console.log(`seed ${SEED}: ${[...counts].map(([code, times]) => `${times} ${code}`).join(', ')}`);
  expect(findings).toEqual([]);
});
