import type { CatalogueContext } from '../catalogue/context.ts';
import { isUuid, type Queryable } from '../db/database.ts';
import { listOtherModels } from '../db/servers.sql.ts';
import { InvalidInputError, NotFoundError } from '../errors/errors.ts';
import type { VectorSource } from '../garments/vector-source.ts';
import { noteEvent } from '../outbox/note-event.ts';
import {
  beginMove,
  describeOwnVectors,
  dropModel,
  findInUse,
  findModel,
  listModels,
  lockModels,
  switchModel,
} from './models.sql.ts';

/** The id of the vectors that the garments were parsed with, which belong to no further model. */
export const ORIGINAL = 'original';

type Parts = Pick<CatalogueContext, 'db' | 'shopId' | 'vision'>;

export interface ModelStatus {
  readonly id: string;
  readonly name: string;
  readonly state: 'embedding' | 'ready' | 'moving' | 'dropped';
  readonly isInUse: boolean;
  readonly isLoaded: boolean;
  readonly garments: number;
  readonly embedded: number;
  readonly failed: number;
  readonly createdAt: Date | null;
}

/** The garments' own vectors first, then the further models, the newest first. */
export async function listModelStatus({ db, shopId, vision }: Parts): Promise<ModelStatus[]> {
  const { own, models, inUse } = await db.inShop(shopId, async (tx) => ({
    own: await describeOwnVectors(tx, shopId),
    models: await listModels(tx, shopId),
    inUse: await findInUse(tx, shopId),
  }));
  const loaded = loadedModels(vision);
  const name = own.model ?? vision.embeddingModel;
  return [
    {
      id: ORIGINAL,
      name,
      state: 'ready',
      isInUse: inUse.modelId === null,
      isLoaded: loaded.has(name),
      garments: own.garments,
      embedded: own.garments,
      failed: 0,
      createdAt: null,
    },
    ...models.map(({ model, ...row }) => ({
      ...row,
      name: model,
      isInUse: inUse.modelId === row.id,
      isLoaded: loaded.has(model),
      garments: own.garments,
    })),
  ];
}

/** Turns the shop's searches to a model that is ready, at once. Throws NotFoundError and InvalidInputError. */
export async function promoteModel(parts: Parts, id: string): Promise<ModelStatus> {
  const { db, shopId } = parts;
  await db.inShop(shopId, async (tx) => {
    await lockModels(tx, shopId);
    await mayUse(parts, tx, id === ORIGINAL ? null : id);
    await turnTo(parts, tx, id === ORIGINAL ? null : id, false);
  });
  return statusOf(parts, id);
}

/** Turns back to what was in use before the last switch. Throws InvalidInputError where nothing was. */
export async function rollBackModel(parts: Parts): Promise<ModelStatus> {
  const { db, shopId } = parts;
  const previous = await db.inShop(shopId, async (tx) => {
    await lockModels(tx, shopId);
    const { previousId, modelId, switchedAt } = await findInUse(tx, shopId);
    if (switchedAt === null || previousId === modelId) {
      throw refused('There is no model to go back to.');
    }
    await mayUse(parts, tx, previousId);
    await turnTo(parts, tx, previousId, true);
    return previousId;
  });
  return statusOf(parts, previous ?? ORIGINAL);
}

async function turnTo(
  { shopId, vision }: Parts,
  tx: Queryable,
  id: string | null,
  rolledBack: boolean,
): Promise<void> {
  const { modelId: before } = await findInUse(tx, shopId);
  await switchModel(tx, shopId, id);
  if (before === id) return;
  await noteEvent(tx, shopId, 'model.promoted', async () => {
    const own = async () => (await describeOwnVectors(tx, shopId)).model ?? vision.embeddingModel;
    const name = id === null ? await own() : (await findModel(tx, shopId, id))!.model;
    return { data: { modelId: id ?? ORIGINAL, name, rolledBack } };
  });
}

/**
 * Gives up the vectors of a model that is not in use. Those that the garments were parsed with go by being replaced,
 * in the background, with those of the model in use, which then is what the garments are parsed with.
 */
export async function dropModelVectors(parts: Parts, id: string): Promise<ModelStatus> {
  const { db, shopId, vision } = parts;
  const changed = await db.asOwner(async (tx) => {
    await lockModels(tx, shopId);
    const { modelId } = await findInUse(tx, shopId);
    if (id !== ORIGINAL) {
      const model = await requireModel(tx, shopId, id);
      if (modelId === id || model.state === 'moving')
        throw refused('This model is in use: promote another one first.');
      await dropModel(tx, shopId, id);
      return id;
    }
    if (modelId === null) throw refused('These vectors are in use: promote another model first.');
    const model = await requireModel(tx, shopId, modelId);
    if (model.model !== vision.embeddingModel) {
      throw refused(
        `Start the server with MODEL_DIR naming the model ${model.model} first: new garments are parsed with it.`,
      );
    }
    if (model.state === 'embedding') throw refused('The model in use is not ready yet.');
    const [other] = await listOtherModels(tx, model.model);
    if (other !== undefined) {
      throw refused(
        `Another server on this database still parses with ${other ?? 'an older version'}: restart it with MODEL_DIR naming ` +
          `the model ${model.model} first, or wait a minute if it has ended.`,
      );
    }
    await beginMove(tx, shopId, modelId);
    return modelId;
  });
  return statusOf(parts, changed);
}

/** Where the vectors of this model lie. Throws NotFoundError. */
export async function findSource(
  db: CatalogueContext['db'],
  shopId: string,
  id: string,
): Promise<VectorSource | null> {
  return id === ORIGINAL ? null : db.inShop(shopId, (tx) => requireModel(tx, shopId, id));
}

async function requireModel(tx: Queryable, shopId: string, id: string) {
  const model = isUuid(id) ? await findModel(tx, shopId, id) : null;
  if (!model) throw new NotFoundError('There is no such model.');
  return model;
}

/** Throws unless searches may turn to this model: its vectors are whole, and new photos can be embedded by it. */
async function mayUse({ shopId, vision }: Parts, tx: Queryable, id: string | null): Promise<void> {
  const { modelId } = await findInUse(tx, shopId);
  const current = modelId === null ? null : await findModel(tx, shopId, modelId);
  if (current?.state === 'moving')
    throw refused('The vectors of the model in use are being moved; wait for that.');
  const found = id === null ? null : isUuid(id) ? await findModel(tx, shopId, id) : null;
  if (id !== null && !found) throw new NotFoundError('There is no such model.');
  if (found && found.state !== 'ready') throw refused(`The model ${found.model} is not ready.`);
  if (found) {
    const { embedded, failed } = (await listModels(tx, shopId)).find((model) => model.id === id)!;
    if (embedded === 0 && failed > 0) throw refused(`The model ${found.model} has embedded no garment.`);
  }
  const name = found ? found.model : (await describeOwnVectors(tx, shopId)).model;
  if (name !== null && !loadedModels(vision).has(name)) {
    throw refused(
      `The server does not have the model ${name} at hand: name it with MODEL_DIR or CANDIDATE_MODEL_DIR.`,
    );
  }
}

function loadedModels(vision: CatalogueContext['vision']): Set<string> {
  return new Set([vision.embeddingModel, ...(vision.embedders ?? []).map(({ space }) => space.model)]);
}

async function statusOf(parts: Parts, id: string): Promise<ModelStatus> {
  const found = (await listModelStatus(parts)).find((model) => model.id === id);
  if (!found) throw new NotFoundError('There is no such model.');
  return found;
}

function refused(message: string): InvalidInputError {
  return new InvalidInputError(message, { code: 'MODEL_NOT_USABLE' });
}
