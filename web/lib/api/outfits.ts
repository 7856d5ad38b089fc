import { request } from './client.ts';
import {
  type ItemFilter,
  OutfitByIdDocument,
  OutfitSlotsDocument,
  OutfitSwapsDocument,
  OutfitsAroundDocument,
  type OutfitsTo,
} from './generated/graphql.ts';
import { type Outfit, type OutfitList, type Slot, shapeOutfit } from './outfit-shapes.ts';
import { nextCursor, type Page } from './page.ts';

export type { OutfitsTo };

/** What outfits are asked for. */
export interface OutfitsQuestion {
  to: OutfitsTo;
  /** Null: those that usually go with what is given. */
  slots: string[] | null;
  count: number;
  diversity: number;
  /** Ids of items. */
  locked: string[];
  budget: number | null;
  filter: ItemFilter;
  seed: number;
}

/** Which alternatives are asked for. */
export interface SwapQuestion {
  outfit: string;
  slot: string;
  budget: number | null;
  filter: ItemFilter;
}

/** An alternative: the outfit with this item in the slot. */
export interface Swap {
  itemId: string;
  outfit: Outfit;
}

const SWAPS_AT_A_TIME = 12;

export async function loadOutfits(question: OutfitsQuestion, signal?: AbortSignal): Promise<OutfitList> {
  const { outfits: list } = await request(OutfitsAroundDocument, question, signal);
  return {
    outfits: list.outfits.map(shapeOutfit),
    empty: list.emptyReason ? { reason: list.emptyReason, message: list.message ?? '' } : null,
  };
}

/** Null if nothing of the outfit is left. */
export async function loadOutfit(id: string, signal?: AbortSignal): Promise<Outfit | null> {
  const { outfit } = await request(OutfitByIdDocument, { id }, signal);
  return outfit ? shapeOutfit(outfit) : null;
}

/** The outfit without the piece in a slot, or why the rest is none. */
export async function loadOutfitWithout(
  { pieces }: Pick<Outfit, 'pieces'>,
  slot: string,
  to: OutfitsTo,
): Promise<OutfitList> {
  const rest = pieces.filter((piece) => piece.slot !== slot);
  return loadOutfits({
    to,
    slots: rest.map((piece) => piece.slot),
    count: 1,
    diversity: 0,
    locked: rest.flatMap(({ item }) => (item && item.id !== to.itemId ? [item.id] : [])),
    budget: null,
    filter: {},
    seed: 0,
  });
}

export async function loadSwaps(
  question: SwapQuestion,
  after: string | null,
  signal: AbortSignal,
): Promise<Page<Swap>> {
  const variables = { ...question, after, first: SWAPS_AT_A_TIME };
  const { swap } = await request(OutfitSwapsDocument, variables, signal);
  return {
    entries: swap.edges.map(({ node }) => ({ itemId: node.item.id, outfit: shapeOutfit(node.outfit) })),
    next: nextCursor(swap.pageInfo),
    total: null,
  };
}

export async function loadSlots(signal?: AbortSignal): Promise<Slot[]> {
  return (await request(OutfitSlotsDocument, {}, signal)).shop.slots;
}
