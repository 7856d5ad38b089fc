import type { Metadata } from 'next';
import type { Availability, ItemDetails } from './api/shapes.ts';
import { atWidth } from './image-url.ts';
import { itemPath } from './path-id.ts';

const SCHEMA_AVAILABILITY: Record<Availability, string> = {
  IN_STOCK: 'https://schema.org/InStock',
  OUT_OF_STOCK: 'https://schema.org/OutOfStock',
  PREORDER: 'https://schema.org/PreOrder',
  BACKORDER: 'https://schema.org/BackOrder',
};

/** The picture width for other sites. */
const SHARED_WIDTH = 960;

/**
 * An item as schema.org's Product. URLs on this server are included only if `origin`, its public one, is known: other
 * sites cannot use relative URLs.
 */
export function productData(item: ItemDetails, origin: string | null): object {
  const images = sharedImages(item, origin);
  const url = item.link ?? pageUrl(item, origin);
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: item.title,
    sku: item.id,
    ...(item.description && { description: item.description }),
    ...(item.brand && { brand: { '@type': 'Brand', name: item.brand } }),
    ...(images.length > 0 && { image: images }),
    ...(item.price && {
      offers: {
        '@type': 'Offer',
        price: item.price.amount,
        priceCurrency: item.price.currency,
        availability: SCHEMA_AVAILABILITY[item.availability],
        ...(url && { url }),
      },
    }),
  };
}

/** What browser tabs, search engines and link previews show of an item. */
export function productMetadata(item: ItemDetails, shop: string | null, origin: string | null): Metadata {
  const { title } = item;
  const description = item.description ?? [title, item.brand].filter(Boolean).join(', ');
  const url = pageUrl(item, origin);
  return {
    title,
    description,
    ...(url && { alternates: { canonical: url } }),
    openGraph: {
      title,
      description,
      type: 'website',
      ...(shop && { siteName: shop }),
      ...(url && { url }),
      images: sharedImages(item, origin).slice(0, 1),
    },
  };
}

/** JSON for a `script` element, escaped so that no text can end the element or begin a comment. */
export function toScript(data: object): string {
  return JSON.stringify(data).replace(/</g, '\\u003c');
}

function pageUrl({ id }: ItemDetails, origin: string | null): string | null {
  return origin && origin + itemPath(id);
}

function sharedImages({ pictures }: ItemDetails, origin: string | null): string[] {
  return origin ? pictures.map(({ url }) => new URL(atWidth(url, SHARED_WIDTH), origin).href) : [];
}
