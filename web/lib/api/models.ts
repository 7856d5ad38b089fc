import { request } from './client.ts';
import {
  CompareModelsDocument,
  DropModelDocument,
  ModelsDocument,
  PromoteModelDocument,
  RollBackModelDocument,
} from './generated/documents/models.ts';
import type { ModelFieldsFragment } from './generated/graphql.ts';
import { type ItemCard, shapeItemCard } from './shapes.ts';

export type EmbeddingModel = ModelFieldsFragment;

export interface ModelComparison {
  sample: number;
  /** 0 to 1. */
  overlap: number | null;
  rankChange: number | null;
  examples: { item: ItemCard; before: ItemCard[]; after: ItemCard[]; overlap: number }[];
}

const SAMPLE = 50;

export async function loadModels(signal?: AbortSignal): Promise<EmbeddingModel[]> {
  return (await request(ModelsDocument, {}, signal)).models;
}

/** How this model's nearest items differ from those of the model in use. Takes up to ten seconds. */
export async function compareModels(id: string, signal?: AbortSignal): Promise<ModelComparison> {
  const { compareModels: found } = await request(CompareModelsDocument, { id, sample: SAMPLE }, signal);
  return {
    sample: found.sample,
    overlap: found.overlap ?? null,
    rankChange: found.rankChange ?? null,
    examples: found.examples.map(({ item, before, after, overlap }) => ({
      item: shapeItemCard(item),
      before: before.map(shapeItemCard),
      after: after.map(shapeItemCard),
      overlap,
    })),
  };
}

export async function promoteModel(id: string): Promise<void> {
  await request(PromoteModelDocument, { id });
}

export async function rollBackModel(): Promise<void> {
  await request(RollBackModelDocument, {});
}

export async function dropModel(id: string): Promise<void> {
  await request(DropModelDocument, { id });
}
