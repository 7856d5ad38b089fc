import { request } from './client.ts';
import {
  RemoveDrawnItemsDocument,
  RenameShopDocument,
  SetShopLanguageDocument,
  ShopOverviewDocument,
} from './generated/documents/shop.ts';
import type { Language } from './generated/graphql.ts';
import type { Shop } from './shapes.ts';

export async function loadShop(signal?: AbortSignal): Promise<Shop> {
  return (await request(ShopOverviewDocument, {}, signal)).shop;
}

export async function renameShop(name: string): Promise<string> {
  return (await request(RenameShopDocument, { name })).renameShop.name;
}

/** Null: the browser's own. */
export async function setShopLanguage(language: Language | null): Promise<Language | null> {
  return (await request(SetShopLanguageDocument, { language })).setShopLanguage.language ?? null;
}

/** Returns the number of items that were deleted. */
export async function removeDrawnItems(): Promise<number> {
  return (await request(RemoveDrawnItemsDocument, {})).removeDrawnItems;
}
