/** Where the vectors lie that a shop's searches compare: those of a further model, by its row in shop_models. */
export interface VectorSource {
  readonly modelId: string;
  readonly model: string;
}

/**
 * The garments with the vectors of the model in use, to stand in a `from` as `garments g` does: their own vectors, or
 * those of a further model, whose index then serves a search. A garment without a vector of that model is not there.
 */
export function garmentsFrom(
  source: VectorSource | null | undefined,
  bind: (value: unknown) => string,
): string {
  if (!source) return 'garments g';
  return `(select o.shop_id, o.id, o.item_id, o.image_position, o.photo_id, o.category, o.colour, o.score, o.area, o.whole,
      o.created_at, v.is_primary, v.embedding, ${bind(source.model)}::text as embedding_model
    from garments o join model_vectors v on v.shop_id = o.shop_id and v.garment_id = o.id
    where v.model_id = ${bind(source.modelId)}::uuid) g`;
}
