import type {
  Availability,
  Category,
  Closeness,
  GarmentFieldsFragment,
  ItemByIdQuery,
  ItemCardFieldsFragment,
  PhotoFieldsFragment,
  ShopOverviewQuery,
  SimilarFacetsQuery,
  SimilarItemsPageQuery,
} from './generated/graphql.ts';

/** The API's responses, converted once to what the pages use. */
export type { Availability, Category, Closeness };
export type Garment = Omit<GarmentFieldsFragment, 'category'> & { category: Category | null };
export type Shop = ShopOverviewQuery['shop'];

export interface Money {
  /** Decimal in major units, such as `19.90`. */
  amount: string;
  currency: string;
}

export interface Photo {
  id: string;
  width: number;
  height: number;
  imageUrl: string;
  expiresAt: string;
  /** In no order: see arrangeGarments. */
  garments: Garment[];
}

export interface ItemCard {
  id: string;
  title: string;
  brand: string | null;
  price: Money | null;
  /** The price before a sale; null if there is none. */
  formerPrice: Money | null;
  availability: Availability;
  imageUrl: string | null;
  pending: boolean;
  /** Could not be parsed, or its import was cancelled. */
  failed: boolean;
  /** Stored, but without anything that searches could match. */
  unmatched: boolean;
  /** One of the demo's drawings. */
  isDrawn: boolean;
}

export interface SimilarItem {
  item: ItemCard;
  /** How likely it is to agree in category and colour, 0 to 1. */
  score: number;
  closeness: Closeness;
  /** Too distant to be listed among the matches, unless the shop has given it its position. */
  isApart: boolean;
  /** Why it matches. Null where that is not known. */
  reason: MatchReason | null;
  /** The number of items in its group, such as one design in several colours; 1 if it has no group. */
  variantCount: number;
}

export type MatchReason = NonNullable<
  SimilarItemsPageQuery['similarItems']['edges'][number]['node']['reason']
>;

/** The values among the matches, with counts. */
export type Facets = SimilarFacetsQuery['similarItems']['facets'];

/** How the words of a refinement were understood. */
export type Interpretation = NonNullable<SimilarItemsPageQuery['similarItems']['interpretation']>;

export interface ItemPicture {
  url: string;
  width: number;
  height: number;
  /** The primary garment, in the picture where it was found. */
  garment: Garment | null;
}

export interface ItemDetails extends ItemCard {
  description: string | null;
  link: string | null;
  /** Why searches do not find the item: it could not be parsed, or is stored without being matched. */
  remark: { failed: boolean; reason: string } | null;
  /** No garment was found, so the whole picture is matched. */
  whole: boolean;
  pictures: ItemPicture[];
  category: Category | null;
  facts: { name: FactName; value: string }[];
  color: string | null;
  size: string | null;
  /** The items of its group, itself among them; empty if it is in no group. */
  variants: Variant[];
}

export type FactName = 'brand' | 'colour' | 'size' | 'for' | 'id';

/** An item of the same group: one design in another size or colour. */
export interface Variant {
  id: string;
  color: string | null;
  size: string | null;
  availability: Availability;
  imageUrl: string | null;
}

export function shapeGarment(garment: GarmentFieldsFragment): Garment {
  return { ...garment, category: garment.category ?? null };
}

export function shapePhoto(photo: PhotoFieldsFragment): Photo {
  return { ...photo, garments: photo.garments.map(shapeGarment) };
}

export function shapeItemCard(item: ItemCardFieldsFragment): ItemCard {
  const onSale =
    item.salePrice != null && Number(item.salePrice.amount) < Number(item.price?.amount ?? Infinity);
  return {
    id: item.id,
    title: item.title,
    brand: item.brand ?? null,
    price: (onSale ? item.salePrice : item.price) ?? null,
    formerPrice: (onSale ? item.price : null) ?? null,
    availability: item.availability,
    imageUrl: item.imageUrl ?? null,
    pending: item.state === 'PENDING',
    failed: item.state === 'FAILED',
    unmatched: item.state === 'READY' && item.failure != null,
    isDrawn: item.isDrawn,
  };
}

export function shapeItemDetails(item: NonNullable<ItemByIdQuery['item']>): ItemDetails {
  const primary = item.primaryGarment ? shapeGarment(item.primaryGarment) : null;
  const facts: { name: FactName; value: string | null | undefined }[] = [
    { name: 'brand', value: item.brand },
    { name: 'colour', value: item.color },
    { name: 'size', value: item.size },
    { name: 'for', value: [item.gender, item.ageGroup].filter(Boolean).join(', ') },
    { name: 'id', value: item.id },
  ];
  return {
    ...shapeItemCard(item),
    description: item.description ?? null,
    link: safeLink(item.link),
    remark: item.failure ? { failed: item.state === 'FAILED', reason: item.failure } : null,
    whole: primary?.whole ?? false,
    category: primary?.category ?? null,
    color: item.color ?? null,
    size: item.size ?? null,
    variants: item.variants.map(({ id, color, size, availability, imageUrl }) => ({
      id,
      color: color ?? null,
      size: size ?? null,
      availability,
      imageUrl: imageUrl ?? null,
    })),
    facts: facts.filter((fact): fact is { name: FactName; value: string } => Boolean(fact.value)),
    pictures: item.images.map(({ url, width, height, garments }) => ({
      url,
      width,
      height,
      garment: primary && garments.some(({ id }) => id === primary.id) ? primary : null,
    })),
  };
}

/** A feed's link goes into an `href`, so only web addresses are allowed. */
function safeLink(link: string | null | undefined): string | null {
  return link && /^https?:\/\//i.test(link) ? link : null;
}
