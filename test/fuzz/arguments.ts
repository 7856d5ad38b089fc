import fc from 'fast-check';
import { makeSchema } from '../../server/schema.ts';
import { makeShop } from '../helpers/factories.ts';
import { makeFakeCandidate } from '../helpers/fake-vision.ts';
import { fillShop } from '../helpers/shop-contents.ts';
import { type Campaign, headersOf, Tally, trySending, UNLIMITED } from './campaign.ts';
import { operations } from './operations.ts';

/** Odd ones delete and change what there is: a new shop for so many. */
const OF_A_SHOP = 500;

/** Odd arguments to every operation and to every field below that takes some, by every role: no internal error. */
export const oddArguments: Campaign = async ({ seed, count, openServer }) => {
  const server = await openServer({ candidate: makeFakeCandidate(), environment: UNLIMITED });
  const tally = new Tally();
  try {
    const schema = await makeSchema();
    for (let from = 0; from < count; from += OF_A_SHOP) {
      const shop = await fillShop(server, await makeShop(server.db), 'Fuzz');
      const { key, ...named } = shop;
      const names = Object.values(named).filter((name) => !name.startsWith('/'));
      const makeKey = (role: 'merchandiser' | 'widget') => server.makeKey(role, shop.shopId);
      const keys = [key, key, await makeKey('merchandiser'), await makeKey('widget'), undefined];
      const cases = fc.sample(fc.tuple(operations(schema, shop, names, 2), fc.constantFrom(...keys)), {
        seed: seed + from,
        numRuns: Math.min(OF_A_SHOP, count - from),
      });
      for (const [sent, by] of cases) {
        await trySending(server, tally, sent, {
          method: 'POST',
          headers: headersOf(by),
          body: JSON.stringify(sent),
        });
      }
    }
    return tally;
  } finally {
    await server.close();
  }
};
