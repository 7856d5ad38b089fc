/** Which vectors a shop's searches compare: those of an additional model, by its row in shop_models, if set. */
export interface VectorSource {
  readonly modelId: string;
  readonly model: string;
}

/**
 * SQL for a `from` clause, to be used like `garments g`: the garments with their original vectors, or with those of the
 * additional model in use, whose index then serves the search. Garments without a vector of that model are left out.
 */
export function garmentsFrom(
  source: VectorSource | null | undefined,
  bind: (value: unknown) => string,
): string {
  if (!source) return 'garments g';
  return `(select o.shop_id, o.id, o.item_id, o.image_position, o.photo_id, o.category, o.colour, o.shades, o.pattern,
      o.score, o.area, o.whole, o.created_at, v.is_primary, v.embedding, ${bind(source.model)}::text as embedding_model
    from garments o join model_vectors v on v.shop_id = o.shop_id and v.garment_id = o.id
    where v.model_id = ${bind(source.modelId)}::uuid) g`;
}
