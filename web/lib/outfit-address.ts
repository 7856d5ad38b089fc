import type { Outfit, OutfitPiece } from './api/outfit-shapes.ts';
import type { OutfitsQuestion, OutfitsTo } from './api/outfits.ts';
import { type FilterState, filterParameters, readFilter, toItemFilter } from './filter.ts';

/** What a visitor asks for in the outfit builder. The outfit itself is in the path. */
export interface Wishes {
  /** What the outfit is built around; null if the address does not say. */
  to: OutfitsTo | null;
  /** Slots whose pieces stay; null until the visitor chooses. */
  locked: readonly string[] | null;
  /** Slots that every outfit fills; null for those that usually go with what is given. */
  slots: readonly string[] | null;
  diversity: number;
  budget: number | null;
  seed: number;
  filter: FilterState;
}

export const USUAL_DIVERSITY = 0.5;
/** Outfits that the builder offers at a time. */
export const IDEAS = 6;

const ROOT = '/outfits/';

/** The outfit in a path: `/outfits/abc` → `abc`. */
export function outfitIdIn(path: string): string {
  const [id = ''] = path.slice(path.indexOf(ROOT) + ROOT.length).split('/');
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

export function readWishes(parameters: URLSearchParams): Wishes {
  return {
    to: readTarget(parameters.get('to')),
    locked: readList(parameters, 'keep'),
    slots: readList(parameters, 'slot'),
    diversity: within(parameters.get('vary'), 0, 1) ?? USUAL_DIVERSITY,
    budget: within(parameters.get('budget'), 0, 1e9),
    seed: Math.floor(within(parameters.get('seed'), 0, 2 ** 31 - 1) ?? 0),
    filter: readFilter(parameters),
  };
}

/** The builder's address for an outfit. */
export function outfitAddress(id: string, wishes: Partial<Wishes> = {}): string {
  const { to = null, locked = null, slots = null, diversity, budget = null, seed, filter } = wishes;
  const values: Record<string, string | readonly string[] | null> = {
    to: to && writeTarget(to),
    keep: locked && (locked.length > 0 ? locked : [NONE]),
    slot: slots,
    vary: diversity === undefined || diversity === USUAL_DIVERSITY ? null : String(diversity),
    budget: budget === null ? null : String(budget),
    seed: seed ? String(seed) : null,
    ...(filter && filterParameters(filter)),
  };
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of [value ?? []].flat()) if (one) parameters.append(name, one);
  }
  const search = parameters.toString();
  return ROOT + encodeURIComponent(id) + (search && `?${search}`);
}

/** What others need to see the same outfit: not how it was looked for. */
export function sharedAddress(id: string, { to }: Pick<Wishes, 'to'>): string {
  return outfitAddress(id, { to });
}

/** What the outfit is built around: as the address says, or if that is gone, the first piece that was given. */
export function targetOf({ pieces }: Outfit, { to }: Pick<Wishes, 'to'>): OutfitsTo | null {
  const isThere = pieces.some(({ item, garmentId }) => (to?.itemId ? item?.id === to.itemId : garmentId));
  if (to && isThere) return to;
  const piece = pieces.find(({ isGiven }) => isGiven) ?? pieces[0];
  if (piece?.item) return { itemId: piece.item.id };
  return piece?.garmentId ? { garmentId: piece.garmentId } : null;
}

/** Whether a piece is what the outfit is built around, so that it cannot be exchanged. */
export function isAnchor(piece: OutfitPiece, to: OutfitsTo | null): boolean {
  return piece.item === null || piece.item.id === to?.itemId;
}

/** The slots whose pieces stay, besides what the outfit is built around. */
export function keptSlots({ pieces }: Outfit, wishes: Wishes, to: OutfitsTo | null): string[] {
  return pieces
    .filter((piece) => !isAnchor(piece, to))
    .filter(({ slot, isGiven }) => wishes.locked?.includes(slot) ?? isGiven)
    .map(({ slot }) => slot);
}

/** Asks for outfits that contain the pieces in these slots. */
export function questionAbout(
  outfit: Outfit,
  to: OutfitsTo,
  kept: readonly string[],
  wishes: Wishes,
): OutfitsQuestion {
  const { slots, diversity, budget, seed, filter } = wishes;
  return {
    to,
    slots: slots && [...slots],
    count: IDEAS,
    diversity,
    locked: outfit.pieces.flatMap((piece) =>
      piece.item && kept.includes(piece.slot) && !isAnchor(piece, to) ? [piece.item.id] : [],
    ),
    budget,
    filter: toItemFilter(filter),
    seed,
  };
}

/** In the address: no slots, where otherwise a default would apply. */
const NONE = 'none';

function readList(parameters: URLSearchParams, name: string): string[] | null {
  const values = parameters.getAll(name);
  return values.length === 0 ? null : values.filter((value) => value !== NONE);
}

function readTarget(text: string | null): OutfitsTo | null {
  const [kind, ...rest] = text?.split(':') ?? [];
  const id = rest.join(':');
  if (!id) return null;
  if (kind === 'item') return { itemId: id };
  if (kind === 'garment') return { garmentId: id };
  return kind === 'photo' ? { photoId: id } : null;
}

function writeTarget({ itemId, garmentId, photoId }: OutfitsTo): string {
  if (itemId) return `item:${itemId}`;
  return garmentId ? `garment:${garmentId}` : `photo:${photoId}`;
}

function within(text: string | null, least: number, most: number): number | null {
  const value = Number(text);
  return text !== null && text !== '' && value >= least && value <= most ? value : null;
}
