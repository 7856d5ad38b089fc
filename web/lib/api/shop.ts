import { request } from './client.ts';
import { RemoveDrawnItemsDocument, RenameShopDocument, ShopOverviewDocument } from './generated/graphql.ts';
import type { Shop } from './shapes.ts';

export async function loadShop(signal?: AbortSignal): Promise<Shop> {
  return (await request(ShopOverviewDocument, {}, signal)).shop;
}

export async function renameShop(name: string): Promise<string> {
  return (await request(RenameShopDocument, { name })).renameShop.name;
}

/** Returns the number of items that were deleted. */
export async function removeDrawnItems(): Promise<number> {
  return (await request(RemoveDrawnItemsDocument, {})).removeDrawnItems;
}
