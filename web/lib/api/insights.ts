import { request, tell } from './client.ts';
import { InsightsDocument, RecordEventsDocument } from './generated/documents/insights.ts';
import type { EventInput, EventKind, InsightsQuery, InsightsQueryVariables } from './generated/graphql.ts';
import { type ItemCard, shapeItemCard } from './shapes.ts';

export type { EventInput, EventKind };

type Answer = InsightsQuery['insights'];

export interface Insights extends Omit<Answer, 'topItems' | 'neverFound'> {
  topItems: (Omit<Answer['topItems'][number], 'item'> & { item: ItemCard | null })[];
  neverFound: Omit<Answer['neverFound'], 'items'> & { items: ItemCard[] };
}

export type InsightsQuestion = InsightsQueryVariables;
export type HoldOut = Answer['holdOut'][number];
export type Day = Answer['days'][number];
export type MissedSearch = Answer['missedSearches'][number];
export type Source = Answer['sources'][number];

export async function loadInsights(question: InsightsQuestion, signal?: AbortSignal): Promise<Insights> {
  const { insights } = await request(InsightsDocument, question, signal);
  return {
    ...insights,
    topItems: insights.topItems.map(({ item, ...sums }) => ({
      ...sums,
      item: item ? shapeItemCard(item) : null,
    })),
    neverFound: { ...insights.neverFound, items: insights.neverFound.items.map(shapeItemCard) },
  };
}

/** Also while the page is being left. Nobody waits for the answer. */
export function recordEvents(events: EventInput[]): void {
  tell(RecordEventsDocument, { events });
}
