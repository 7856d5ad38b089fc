import { listKeys } from '../access/keys.sql.ts';
import { MAX_LISTED } from '../access/keys.ts';
import { requireRole } from '../access/viewer.ts';
import { findJob } from '../catalogue/imports/import-job.sql.ts';
import { toImportJob } from '../catalogue/imports/import-job.type.ts';
import { findShownItem } from '../catalogue/items/find-shown.ts';
import { isUuid } from '../db/database.ts';
import { toGarment } from '../garments/garment.type.ts';
import { decodeNodeId, type Node, type NodeType } from '../graphql/node.ts';
import { toRule } from '../merchandising/rule.type.ts';
import { findRule } from '../merchandising/rules.sql.ts';
import { listModelStatus } from '../models/models.ts';
import { getLook } from '../outfits/looks/list-looks.ts';
import { toLook } from '../outfits/looks/look.type.ts';
import type { NodeContext } from './context.ts';

type Find = (context: NodeContext, id: string) => Promise<object | null>;

/** Each reads a row of the viewer's shop, as the query of its type does. */
const FIND: Readonly<Record<NodeType, Find>> = {
  Shop: ({ loaders, shopId }, id) => (id === shopId ? loaders.shop.load(id) : Promise.resolve(null)),
  Item: findShownItem,
  async Garment(context, id) {
    const row = isUuid(id) ? await context.loaders.garment.load(id) : null;
    if (!row || (row.itemId !== null && !(await findShownItem(context, row.itemId)))) return null;
    return toGarment(row);
  },
  Photo: async ({ loaders }, id) => (isUuid(id) ? loaders.photo.load(id) : null),
  async Look(context, id) {
    const row = await getLook(context, id);
    return row && toLook(row);
  },
  async Rule({ db, shopId, viewer }, id) {
    requireRole(viewer, 'merchandiser');
    const row = isUuid(id) ? await db.inShop(shopId, (tx) => findRule(tx, shopId, id)) : null;
    return row && toRule(row);
  },
  async ImportJob({ db, shopId, viewer }, id) {
    requireRole(viewer, 'merchandiser');
    const row = isUuid(id) ? await db.inShop(shopId, (tx) => findJob(tx, id)) : null;
    return row && toImportJob(row);
  },
  async AccessKey({ db, shopId, viewer }, id) {
    requireRole(viewer, 'admin');
    const rows = await db.inShop(shopId, (tx) => listKeys(tx, shopId, MAX_LISTED));
    return rows.find((row) => row.id === id) ?? null;
  },
  async EmbeddingModel(context, id) {
    requireRole(context.viewer, 'merchandiser');
    return (await listModelStatus(context)).find((model) => model.id === id) ?? null;
  },
};

/** Null if the viewer's shop has no such thing. Throws ForbiddenError where the viewer may not read its type. */
export async function findNode(context: NodeContext, nodeId: string): Promise<Node | null> {
  const name = decodeNodeId(nodeId);
  if (!name || name.shopId !== context.shopId) return null;
  const found = await FIND[name.type](context, name.id);
  return found && (Object.assign(found, { __typename: name.type }) as unknown as Node);
}
