import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidInputError } from '../errors/errors.ts';

/** Widths of resized images in pixels; other widths are rounded up to one of them. */
export const WIDTHS = [160, 320, 480, 640, 960, 1600] as const;

/** The smallest of WIDTHS that is large enough, else the largest. */
export function snapWidth(width: number): number {
  return WIDTHS.find((candidate) => candidate >= width) ?? WIDTHS[WIDTHS.length - 1]!;
}

/**
 * Links to a shop's images. Browsers send no key with `<img>`, which puts them in the default shop. So links of other
 * shops carry a token `t`, which names the shop and is signed for this one image.
 */
export interface ImageLinks {
  image(shopId: string, sha256: string, width?: number | null): string;
  crop(shopId: string, garmentId: string, width?: number | null): string;
  /** Of an item's garment on that of a photo. It always carries a token, as there is nothing else to open it with. */
  preview(shopId: string, garmentId: string, itemGarmentId: string, width?: number | null): string;
  /** The shop in a path's token; null if the token was not signed here for this path. */
  shopOf(token: string, path: string): string | null;
}

export function makeImageLinks(defaultShopId: string, secret: Buffer): ImageLinks {
  const sign = (shopId: string, path: string) =>
    createHmac('sha256', secret).update(`${shopId} ${path}`).digest().subarray(0, SIGNATURE);
  const link = (shopId: string, path: string, width: number | null | undefined, isSigned = false) => {
    const query = new URLSearchParams();
    if (width !== null && width !== undefined) query.set('w', String(checkWidth(width)));
    if (isSigned || shopId !== defaultShopId) {
      query.set('t', Buffer.concat([toBytes(shopId), sign(shopId, path)]).toString('base64url'));
    }
    return query.size > 0 ? `${path}?${query}` : path;
  };
  return {
    image: (shopId, sha256, width) => link(shopId, `/images/${sha256}.webp`, width),
    crop: (shopId, garmentId, width) => link(shopId, `/crops/${garmentId}.webp`, width),
    preview: (shopId, garmentId, itemGarmentId, width) =>
      link(shopId, `/previews/${garmentId}~${itemGarmentId}.webp`, width, true),
    shopOf(token, path) {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length !== UUID + SIGNATURE) return null;
      const shopId = toUuid(bytes.subarray(0, UUID));
      return timingSafeEqual(bytes.subarray(UUID), sign(shopId, path)) ? shopId : null;
    },
  };
}

/** In bytes: a signature of 128 bits cannot be guessed over the network. */
const SIGNATURE = 16;
const UUID = 16;

function toBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function toUuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function checkWidth(width: number): number {
  if (width < 1) throw new InvalidInputError('width must be at least 1.', { field: 'width' });
  return snapWidth(width);
}
