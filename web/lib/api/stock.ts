import { request } from './client.ts';
import { DeleteItemsDocument } from './generated/documents/duplicates.ts';
import {
  CategorizeItemsDocument,
  RestoreItemsDocument,
  StockFileDocument,
  StockIdsDocument,
  StockItemDocument,
  StockPageDocument,
} from './generated/documents/stock.ts';
import type {
  CategorizeItemsMutation,
  ChoiceReason,
  ItemCategoryInput,
  StaffFilter,
  StaffOrder,
  StockPageQuery,
} from './generated/graphql.ts';
import { nextCursor, type Page } from './page.ts';
import { type Category, type Garment, type ItemCard, shapeGarment, shapeItemCard } from './shapes.ts';

export type { ChoiceReason, StaffFilter, StaffOrder };

/** An item as the shop's staff see it in a list. */
export interface StockItem extends ItemCard {
  category: Category | null;
  /** How sure the parser is of the garment that is matched; null if none is, or a merchandiser has said what it is. */
  confidence: number | null;
  /** A merchandiser has set the category. */
  byHand: boolean;
  /** No garment was found, so the whole picture is matched. */
  whole: boolean;
  failure: string | null;
  updatedAt: string;
}

export interface StockPage extends Page<StockItem> {
  /** `total` is null where there are more than are counted. */
  counted: number;
}

const PAGE = 50;

export async function loadStock(
  { filter, order }: { filter: StaffFilter; order: StaffOrder },
  after: string | null,
  signal: AbortSignal,
): Promise<StockPage> {
  const { catalogue } = await request(StockPageDocument, { filter, order, after, first: PAGE }, signal);
  const { edges, pageInfo, totalCount, isTotalExact } = catalogue.items;
  return {
    entries: edges.map(({ node }) => shapeStockItem(node)),
    next: nextCursor(pageInfo),
    total: isTotalExact ? totalCount : null,
    counted: totalCount,
  };
}

function shapeStockItem(item: StockPageQuery['catalogue']['items']['edges'][number]['node']): StockItem {
  const { primaryGarment: garment } = item;
  return {
    ...shapeItemCard(item),
    category: item.category ?? null,
    confidence: garment && !garment.corrected && !garment.whole ? garment.score : null,
    byHand: garment?.corrected ?? false,
    whole: garment?.whole ?? false,
    failure: item.failure ?? null,
    updatedAt: item.updatedAt,
  };
}

/** More are not changed together. */
export const MOST_IDS = 10_000;

/** The ids of all items that match, at most one more than `MOST_IDS`. */
export async function loadStockIds(filter: StaffFilter): Promise<string[]> {
  const all: string[] = [];
  while (all.length <= MOST_IDS) {
    const { catalogue } = await request(StockIdsDocument, { filter, after: all.at(-1) ?? null });
    if (catalogue.ids.length === 0) break;
    all.push(...catalogue.ids);
  }
  return all.slice(0, MOST_IDS + 1);
}

/** Address of the items as CSV, for a quarter of an hour. */
export async function loadStockFile(filter: StaffFilter): Promise<string> {
  return (await request(StockFileDocument, { filter })).catalogue.csvUrl;
}

export type Categorized = CategorizeItemsMutation['categorizeItems'][number];

/** A category of null leaves it to feed and parser. */
export async function categorizeItems(items: ItemCategoryInput[]): Promise<Categorized[]> {
  return (await request(CategorizeItemsDocument, { items })).categorizeItems;
}

/** The server keeps them for an hour. The ids of the items that there were. */
export async function deleteItems(ids: string[]): Promise<string[]> {
  return (await request(DeleteItemsDocument, { ids, keep: true })).deleteItems;
}

/** Undoes it. The ids of the items that came back. */
export async function restoreItems(ids: string[]): Promise<string[]> {
  return (await request(RestoreItemsDocument, { ids })).restoreItems;
}

/** What the parser saw in one picture, and whether searches match it. */
export interface SeenGarment extends Garment {
  isMatched: boolean;
  reason: ChoiceReason;
  /** The categories that feed and title name, where they decide. */
  named: Category[];
  /** The goods that the feed names, where they decide. */
  goods: string | null;
  /** The parser's category, also where it was put right. */
  parsedCategory: Category | null;
  corrected: boolean;
}

export interface SeenPicture {
  url: string;
  width: number;
  height: number;
  /** Largest first. */
  garments: SeenGarment[];
}

export interface SeenItem extends ItemCard {
  category: Category | null;
  failure: string | null;
  updatedAt: string;
  pictures: SeenPicture[];
}

/** An item with all that was seen in its pictures; null if there is none. */
export async function loadSeenItem(id: string, signal?: AbortSignal): Promise<SeenItem | null> {
  const { item } = await request(StockItemDocument, { id }, signal);
  if (!item) return null;
  return {
    ...shapeItemCard(item),
    category: item.category ?? null,
    failure: item.failure ?? null,
    updatedAt: item.updatedAt,
    pictures: item.images.map((picture, index) => ({
      ...picture,
      garments: item.choices
        .filter(({ image }) => image === index)
        .map(({ garment, isMatched, reason, named, goods }) => ({
          ...shapeGarment(garment),
          parsedCategory: garment.parsedCategory ?? null,
          corrected: garment.corrected,
          isMatched,
          reason,
          named,
          goods: goods ?? null,
        })),
    })),
  };
}
