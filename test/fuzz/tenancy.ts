import fc from 'fast-check';
import { makeSchema } from '../../server/schema.ts';
import { makeShop } from '../helpers/factories.ts';
import { makeFakeCandidate } from '../helpers/fake-vision.ts';
import { dumpShop, fillShop } from '../helpers/shop-contents.ts';
import { type Campaign, headersOf, Tally, trySending, UNLIMITED } from './campaign.ts';
import { operations } from './operations.ts';

/** In every text of the victim's, and in nothing else. */
const MARK = 'Victim';
/** A new shop for so many, as they fill it with what they send. The victim's rows are compared after them. */
const OF_A_SHOP = 50;

/** Every operation by other shops' keys, naming the victim's rows: nothing of the victim's comes back or changes. */
export const otherShops: Campaign = async ({ seed, count, openServer }) => {
  const server = await openServer({ candidate: makeFakeCandidate(), environment: UNLIMITED });
  const tally = new Tally();
  try {
    const schema = await makeSchema();
    const victim = await fillShop(server, await makeShop(server.db, { name: `${MARK} shop` }), MARK);
    const { key: _, ...named } = victim;
    // What the owner has done so far is counted a moment later.
    await server.services.recorder.flush();
    const before = await dumpShop(server.db, victim.shopId);
    for (let from = 0; from < count; from += OF_A_SHOP) {
      const own = await fillShop(server, await makeShop(server.db), 'Own');
      const names = [
        ...Object.values(named).filter((name) => !name.startsWith('/')),
        own.itemId,
        own.photoId,
      ];
      const keys = [own.key, own.key, await server.makeKey('widget', own.shopId), undefined];
      const cases = fc.sample(
        fc.tuple(
          fc.oneof(operations(schema, victim, names, 3), operations(schema, own, names, 3)),
          fc.constantFrom(...keys),
        ),
        { seed: seed + from, numRuns: Math.min(OF_A_SHOP, count - from) },
      );
      /** What the other shops have written themselves, as a key's label, comes back to them. */
      let written = '';
      for (const [sent, by] of cases) {
        const body = JSON.stringify(sent);
        const text = await trySending(server, tally, sent, { method: 'POST', headers: headersOf(by), body });
        if (sent.query.startsWith('mutation')) written += body;
        // An error may repeat what was sent.
        const data = JSON.stringify((JSON.parse(text || '{}') as { data?: unknown }).data ?? null);
        const told = Object.values(named).filter(
          (name) => data.includes(name) && !body.includes(name) && !written.includes(name),
        );
        if (data.includes(MARK) || told.length > 0)
          tally.find(`It tells ${told} in ${data.slice(0, 300)}`, sent);
      }
      const after = await dumpShop(server.db, victim.shopId);
      const changed = Object.keys(before).filter((table) => String(before[table]) !== String(after[table]));
      if (changed.length === 0) continue;
      tally.find(`One of these changes ${changed}`, cases);
      break;
    }
    return tally;
  } finally {
    await server.close();
  }
};
