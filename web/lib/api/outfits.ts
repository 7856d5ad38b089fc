import { request } from './client.ts';
import { toApiError } from './errors.ts';
import {
  OutfitByIdDocument,
  OutfitSlotsDocument,
  OutfitSwapsDocument,
  OutfitsAroundDocument,
} from './generated/documents/outfits.ts';
import type { ItemFilter, OutfitsTo } from './generated/graphql.ts';
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

/** The outfit without the pieces in some slots. Null if nothing of it is left, or if the id is not that of an outfit. */
export async function loadOutfit(
  id: string,
  { without = [], signal }: { without?: string[]; signal?: AbortSignal } = {},
): Promise<Outfit | null> {
  try {
    const { outfit } = await request(OutfitByIdDocument, { id, without }, signal);
    return outfit ? shapeOutfit(outfit) : null;
  } catch (cause) {
    if (toApiError(cause).code === 'INVALID_OUTFIT') return null;
    throw cause;
  }
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
