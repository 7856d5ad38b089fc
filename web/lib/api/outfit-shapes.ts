import type {
  Category,
  NoOutfitsReason,
  NoTotalReason,
  OutfitFieldsFragment,
  OutfitGarmentFieldsFragment,
  OutfitSlotsQuery,
} from './generated/graphql.ts';
import { type ItemCard, type Money, shapeItemCard } from './shapes.ts';

export type { NoOutfitsReason, NoTotalReason };
export type Slot = OutfitSlotsQuery['shop']['slots'][number];

/** The picture of a piece in a collage. */
export interface Crop {
  url: string;
  /** Width divided by height. */
  aspect: number;
  category: Category | null;
  /** A whole picture with its background, not cut out. */
  whole: boolean;
}

export interface OutfitPiece {
  slot: string;
  /** Null for what the person in a photo wears. */
  item: ItemCard | null;
  /** Of what the person in a photo wears; null for items. */
  garmentId: string | null;
  /** Null if there is no picture of it. */
  crop: Crop | null;
  isGiven: boolean;
}

export interface Outfit {
  id: string;
  /** How well the pieces go together, 0 to 1; 0.5 is a random choice. */
  score: number;
  /** One of the shop's own looks. */
  isShops: boolean;
  lookName: string | null;
  pieces: OutfitPiece[];
  total: Money | null;
  noTotal: NoTotalReason | null;
  /** Slots whose piece is gone since the outfit was made. */
  missingSlots: string[];
  /** Why the pieces go together, the best pair first. */
  pairs: OutfitFieldsFragment['reason']['pairs'];
}

/** Outfits, or why there are none. */
export interface OutfitList {
  outfits: Outfit[];
  empty: { reason: NoOutfitsReason; message: string } | null;
}

type PieceFields = OutfitFieldsFragment['pieces'][number];

/** Most pictures of single garments are about this shape. */
const USUAL_ASPECT = 3 / 4;

export function shapeOutfit(outfit: OutfitFieldsFragment): Outfit {
  return {
    id: outfit.id,
    score: outfit.score,
    isShops: outfit.source === 'SHOP',
    lookName: outfit.look?.name ?? null,
    pieces: outfit.pieces.map(shapePiece),
    total: outfit.total ?? null,
    noTotal: outfit.noTotal ?? null,
    missingSlots: outfit.missingSlots,
    pairs: outfit.reason.pairs,
  };
}

function shapePiece({ slot, isGiven, item, garment }: PieceFields): OutfitPiece {
  return {
    slot,
    isGiven,
    item: item ? shapeItemCard(item) : null,
    garmentId: garment?.id ?? null,
    crop: cropOf(item?.primaryGarment ?? garment) ?? pictureOf(item?.imageUrl),
  };
}

function cropOf(garment: OutfitGarmentFieldsFragment | null | undefined): Crop | null {
  if (!garment) return null;
  const { x1, y1, x2, y2 } = garment.box;
  const aspect = y2 > y1 && x2 > x1 ? (x2 - x1) / (y2 - y1) : USUAL_ASPECT;
  return { url: garment.cropUrl, aspect, category: garment.category ?? null, whole: garment.whole };
}

function pictureOf(url: string | null | undefined): Crop | null {
  return url ? { url, aspect: USUAL_ASPECT, category: null, whole: true } : null;
}
