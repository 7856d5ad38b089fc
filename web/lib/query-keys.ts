import type { QueryKey } from '@tanstack/react-query';
import type { ItemFilter, ItemSort } from './api/generated/graphql.ts';
import type { OutfitsQuestion, SwapQuestion } from './api/outfits.ts';
import type { SimilarQuestion } from './api/similar.ts';
import type { NearestQuestions } from './nearest.ts';

/** Whose response it is: a signed-in user's, or everyone's, which the server sends along with the page. */
export type Audience = 'signed in' | 'everybody';

export function keyFor(audience: Audience, name: string): QueryKey {
  return [audience, name];
}

export function isOfEverybody(key: QueryKey | undefined, name: string): boolean {
  return key?.[0] === ('everybody' satisfies Audience) && key[1] === name;
}

/** Names of the responses that pages arrive with, shared by server and browser. No two loads have the same name. */
export const SHOP = 'shop';
export const SLOTS = 'slots';
export const itemName = (id: string) => `item ${id}`;
export const photoName = (id: string) => `photo ${id}`;
export const itemsName = (filter: ItemFilter, sort: ItemSort) => `items ${sort} ${JSON.stringify(filter)}`;
export const similarName = (question: SimilarQuestion, moment: string) =>
  `similar ${JSON.stringify(question)} ${moment}`;
export const facetsName = ({ sort: _, ...question }: SimilarQuestion, moment: string) =>
  `facets ${JSON.stringify(question)} ${moment}`;
export const nearestName = (questions: NearestQuestions, listed: number, moment: string) =>
  `nearest ${listed} ${JSON.stringify(questions)} ${moment}`;
export const previewName = (garmentId: string, itemId: string) => `preview ${garmentId} ${itemId}`;
export const outfitName = (id: string) => `outfit ${id}`;
export const outfitsName = (question: OutfitsQuestion) => `outfits ${JSON.stringify(question)}`;
export const swapsName = (question: SwapQuestion) => `swaps ${JSON.stringify(question)}`;
