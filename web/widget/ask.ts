import type { WidgetItemFieldsFragment, WidgetRecommendationsQuery } from '../lib/api/generated/graphql.ts';
import { WidgetRecommendations } from '../lib/api/generated/widget/WidgetRecommendations.ts';
import { dataOf } from './refusal.ts';
import { pathOf, type Settings, send, settings } from './settings.ts';

export type Item = WidgetItemFieldsFragment;
export type Recommendations = WidgetRecommendationsQuery;
export type Outfit = NonNullable<Recommendations['outfits']>['outfits'][number];

/** How many of each are wanted; 0 for none. */
export interface Wanted {
  readonly similar: number;
  readonly outfits: number;
}

/** Whoever has waited so long sees the shop's own fallback. */
const WITHIN_MS = 10_000;

interface Batch {
  wanted: Wanted;
  readonly answer: Promise<Recommendations>;
}

/** What is asked in this moment, by item: the widgets that come near together share one request. */
const asking = new Map<string, Batch>();
/** Answers of this page, by address, as long as the settings are the same. */
let askedWith: Settings | undefined;
const answers = new Map<string, Promise<Recommendations>>();

/** What goes with an item. Throws Refusal. */
export function recommend(item: string, wanted: Wanted): Promise<Recommendations> {
  const under = asking.get(item);
  if (under) {
    under.wanted = {
      similar: Math.max(under.wanted.similar, wanted.similar),
      outfits: Math.max(under.wanted.outfits, wanted.outfits),
    };
    return under.answer;
  }
  const batch: Batch = {
    wanted,
    answer: Promise.resolve().then(() => {
      asking.delete(item);
      return fetchOnce(item, batch.wanted);
    }),
  };
  asking.set(item, batch);
  return batch.answer;
}

function fetchOnce(item: string, { similar, outfits }: Wanted): Promise<Recommendations> {
  if (askedWith !== settings()) answers.clear();
  askedWith = settings();
  const variables = {
    item,
    similar: similar || 1,
    outfits: outfits || 1,
    withSimilar: similar > 0,
    withOutfits: outfits > 0,
  };
  const path = pathOf(WidgetRecommendations, variables);
  const known = answers.get(path);
  if (known) return known;
  const answer = dataOf<Recommendations>(send(path, { signal: AbortSignal.timeout(WITHIN_MS) }));
  answers.set(path, answer);
  answer.catch(() => answers.delete(path));
  return answer;
}
