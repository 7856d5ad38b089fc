/** What the tools return. The API's answers are read by the same shapes, so that a tool tells nothing else of them. */
import { z } from 'zod';

const Money = z.object({ amount: z.string(), currency: z.string() });
const Described = z.object({ category: z.string().nullable(), colour: z.string().nullable() });

export const Item = z.object({
  itemId: z.string().describe("The item's id in the shop."),
  title: z.string(),
  brand: z.string().nullable(),
  link: z.string().nullable().describe("Address of the item's page in the shop."),
  color: z.string().nullable(),
  size: z.string().nullable(),
  availability: z.string(),
  price: Money.nullable(),
  salePrice: Money.nullable().describe('Null unless the item is on sale now.'),
  imageUrl: z.string().nullable().describe('Address of a small picture on this server.'),
});
export type Item = z.infer<typeof Item>;

const Match = z.object({
  score: z.number().describe('Probability of the same category and colour, 0 to 1.'),
  closeness: z.string(),
  item: Item,
});
export const Matches = z.object({ matches: z.array(Match) });

const Connection = z
  .object({ edges: z.array(z.object({ node: Match })) })
  .transform(({ edges }) => edges.map(({ node }) => node));

export const SimilarAnswer = z
  .object({ similarItems: Connection })
  .transform(({ similarItems }) => ({ matches: similarItems }));

const Garment = Described.extend({
  garmentId: z.string().describe('For similar_items and complete_the_look.'),
  score: z.number().describe('How sure it is that this is a garment of the category, 0 to 1.'),
  matches: z.array(Match).describe('Items of the shop that look like it, most similar first.'),
});
export const PhotoResult = z.object({
  photoId: z.string().describe('For complete_the_look, until it expires.'),
  expiresAt: z.string(),
  garments: z.array(Garment).describe('Garments found in the photo.'),
});
export const PhotoAnswer = z
  .object({
    photo: z.object({
      id: z.string(),
      expiresAt: z.string(),
      garments: z.array(Described.extend({ id: z.string(), score: z.number(), similarItems: Connection })),
    }),
  })
  .transform(({ photo: { id, expiresAt, garments } }) => ({
    photoId: id,
    expiresAt,
    garments: garments.map(({ id: garmentId, similarItems, ...garment }) => ({
      garmentId,
      ...garment,
      matches: similarItems,
    })),
  }));

const Piece = z.object({
  slot: z.string(),
  isGiven: z.boolean().describe('Whether the outfit was asked for around it.'),
  item: Item.nullable().describe('Null for what the person in a photo wears.'),
  garment: Described.nullable(),
});
export const Outfits = z.object({
  message: z.string().nullable().describe('Why there are no outfits. Null if there are.'),
  outfits: z.array(
    z.object({
      outfitId: z.string(),
      score: z.number().describe('How well the pieces go together, 0 to 1.'),
      total: Money.nullable(),
      reason: z.string(),
      pieces: z.array(Piece),
    }),
  ),
});
export const OutfitsAnswer = z
  .object({
    outfits: z.object({
      message: z.string().nullable(),
      outfits: z.array(
        z.object({
          id: z.string(),
          score: z.number(),
          total: Money.nullable(),
          reason: z.object({ summary: z.string() }),
          pieces: z.array(Piece),
        }),
      ),
    }),
  })
  .transform(({ outfits: { message, outfits } }) => ({
    message,
    outfits: outfits.map(({ id: outfitId, reason, ...outfit }) => ({
      outfitId,
      ...outfit,
      reason: reason.summary,
    })),
  }));

export const ItemResult = Item.extend({
  description: z.string().nullable(),
  gender: z.string().nullable(),
  ageGroup: z.string().nullable(),
  attributes: z.array(z.object({ name: z.string(), value: z.string() })),
  primaryGarment: Described.nullable().describe('What was recognised in its picture.'),
  variants: z
    .array(
      z.object({
        itemId: z.string(),
        color: z.string().nullable(),
        size: z.string().nullable(),
        availability: z.string(),
      }),
    )
    .describe('Its sizes and colours.'),
});
export const ItemAnswer = z.object({ item: ItemResult.nullable() });

export const Categories = z.object({
  name: z.string().describe('Name of the shop.'),
  currency: z.string(),
  categories: z.array(z.object({ category: z.string(), count: z.number() })),
  slots: z
    .array(z.object({ name: z.string(), label: z.string(), itemCount: z.number() }))
    .describe('Places in an outfit, for complete_the_look.'),
});
export const CategoriesAnswer = z.object({ shop: Categories });
