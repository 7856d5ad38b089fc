/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import { expect, giveScene, holdBack, similarItems, test } from './fixtures.ts';

// Recording takes as long as what is measured.
test.use({ trace: 'off' });

const MOST_ROUNDS = 8;
/** What may come on top of the parse, on a machine that parses in this time or less. On a slower one, all takes longer. */
const BESIDE_MS = 300;

interface Round {
  /** How long the server took to answer `parsePhoto`. */
  readonly parse: number;
  /** From the drop until the first match was there. */
  readonly whole: number;
}

/** Drops the scene on the start page, and measures by the page's own clock. */
async function drop(page: Page): Promise<Round> {
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => {
    const seen = new Promise<number>((resolve) => {
      new MutationObserver(() => {
        const tile = document.querySelector('#matches li a');
        if (tile && tile.getBoundingClientRect().height > 0) resolve(performance.now());
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    const began = new Promise<number>((resolve) => {
      addEventListener('drop', ({ timeStamp }) => resolve(timeStamp), { once: true });
    });
    const measure = async () => {
      const [from, to] = await Promise.all([began, seen]);
      const requests = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      // The only one that is sent with its progress watched.
      const [parse] = requests.filter(
        ({ initiatorType, startTime }) => initiatorType === 'xmlhttprequest' && startTime >= from,
      );
      return { parse: parse?.duration ?? 0, whole: to - from };
    };
    Object.assign(window, { round: measure() });
  });
  await giveScene(page, 'drop');
  return page.evaluate(() => Reflect.get(window, 'round') as Promise<Round>);
}

test('from the drop of a scene to the first results, it takes the parse and little more', async ({
  page,
}) => {
  test.slow();
  // Not measured the first time.
  await drop(page);
  const rounds: Round[] = [];
  const isWithin = ({ parse, whole }: Round) => whole - parse <= Math.max(BESIDE_MS, parse);
  // What else the machine does only ever adds time.
  while (rounds.length < MOST_ROUNDS && !rounds.some(isWithin)) rounds.push(await drop(page));
  const measured = rounds
    .map(({ parse, whole }) => `parse ${parse.toFixed(0)} ms, drop to results ${whole.toFixed(0)} ms`)
    .join('; ');
  test.info().annotations.push({ type: 'measured', description: measured });
  expect(Math.min(...rounds.map(({ parse }) => parse))).toBeGreaterThan(0);
  expect(rounds.some(isWithin), measured).toBe(true);
});

test('the matches wait for the parse alone, neither for the photo’s page nor for its code', async ({
  page,
}) => {
  const asked: string[] = [];
  const questions: string[] = [];
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  page.on('request', (request) => {
    if (request.resourceType() === 'script') asked.push('code');
    const body = request.postData() ?? '';
    asked.push(...(/(?:query|mutation) \w+/.exec(body) ?? []));
    if (body.includes('query SimilarItemsPage')) questions.push(body);
  });
  const letGo = await holdBack(page, /\/photos\/.+_rsc=/);
  await giveScene(page, 'drop');
  await expect.poll(() => asked).toContain('query SimilarItemsPage');
  expect(asked[0]).toBe('code');
  await letGo();
  await expect(similarItems(page).first()).toBeVisible();
  // Where few are close, weaker ones are asked for as well; nothing is asked for twice.
  expect(new Set(questions).size).toBe(questions.length);
});
