import fc from 'fast-check';
import { makeSchema } from '../../server/schema.ts';
import { makeShop } from '../helpers/factories.ts';
import { makeFakeCandidate } from '../helpers/fake-vision.ts';
import { dumpShop, fillShop } from '../helpers/shop-contents.ts';
import { type Campaign, headersOf, Tally, trySending, UNLIMITED } from './campaign.ts';
import { operations } from './operations.ts';

/** In every text of the victim's, and in nothing else. */
const MARK = 'Secret';
/** The victim's rows are compared after so many. */
const AT_ONCE = 25;

/** Every operation by other shops' keys, naming the victim's rows: nothing of the victim's comes back or changes. */
export const otherShops: Campaign = async ({ seed, count, openServer }) => {
  const server = await openServer({ candidate: makeFakeCandidate(), environment: UNLIMITED });
  const tally = new Tally();
  try {
    const schema = await makeSchema();
    const victim = await fillShop(server, await makeShop(server.db, { name: `${MARK} shop` }), MARK);
    const own = await fillShop(server, await makeShop(server.db), 'Own');
    const { key: _, ...named } = victim;
    const names = [...Object.values(named).filter((name) => !name.startsWith('/')), own.itemId, own.photoId];
    const keys = [own.key, own.key, await server.makeKey('widget', own.shopId), undefined];
    const before = await dumpShop(server.db, victim.shopId);
    const cases = fc.sample(
      fc.tuple(
        fc.oneof(operations(schema, victim, names, 3), operations(schema, own, names, 3)),
        fc.constantFrom(...keys),
      ),
      { seed, numRuns: count },
    );
    for (const [i, [sent, by]] of cases.entries()) {
      const body = JSON.stringify(sent);
      const text = await trySending(server, tally, sent, { method: 'POST', headers: headersOf(by), body });
      // An error may repeat what was sent.
      const data = JSON.stringify((JSON.parse(text || '{}') as { data?: unknown }).data ?? null);
      const told = Object.values(named).filter((name) => data.includes(name) && !body.includes(name));
      if (data.includes(MARK) || told.length > 0)
        tally.find(`It tells ${told} in ${data.slice(0, 300)}`, sent);
      if (i % AT_ONCE !== AT_ONCE - 1 && i !== count - 1) continue;
      const after = await dumpShop(server.db, victim.shopId);
      const changed = Object.keys(before).filter((table) => String(before[table]) !== String(after[table]));
      if (changed.length === 0) continue;
      tally.find(`One of these changes ${changed}`, cases.slice(Math.max(0, i - AT_ONCE + 1), i + 1));
      break;
    }
    return tally;
  } finally {
    await server.close();
  }
};
