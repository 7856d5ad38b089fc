import { request } from './client.ts';
import { ShopOverviewDocument } from './generated/graphql.ts';
import type { Shop } from './shapes.ts';

export async function loadShop(signal?: AbortSignal): Promise<Shop> {
  return (await request(ShopOverviewDocument, {}, signal)).shop;
}
