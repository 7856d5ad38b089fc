import sharp from 'sharp';
import type { Piece } from './piece.ts';

/** Pieces that share a place in the picture: `transform` takes their units to the picture's (an SVG transform list). */
export interface Layer {
  readonly transform: string;
  readonly pieces: readonly Piece[];
}

/** What part of the drawing's own units the picture shows. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** RGB, Uint8Array [height, width, 3]. */
export async function rasterColour(svg: string, size: Size): Promise<Buffer> {
  return sharp(Buffer.from(svg)).resize(size.width, size.height, { fit: 'fill' }).flatten().raw().toBuffer();
}

/** Which piece lies uppermost: Uint8Array [height, width], 0 for the background, n for the nth piece of all layers. */
export async function rasterParts(layers: readonly Layer[], view: View, size: Size): Promise<Uint8Array> {
  let part = 0;
  const body = layers
    .map(({ transform, pieces }) => {
      // Drawn without antialiasing, so that no pixel shows a number that belongs to no piece.
      const paths = pieces.map((piece) => `<path d="${piece.outline}" fill="rgb(${++part},0,0)"/>`);
      return `<g transform="${transform}">${paths.join('')}</g>`;
    })
    .join('');
  if (part > 255) throw new RangeError(`${part} pieces do not fit a byte`);
  const { data, info } = await sharp(
    Buffer.from(`${openSvg(view, size)}<g shape-rendering="crispEdges">${body}</g></svg>`),
  )
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 1) throw new Error('the part map has more than one channel');
  return data;
}

export function openSvg(view: View, size: Size): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" ` +
    `viewBox="${view.x} ${view.y} ${view.width} ${view.height}" preserveAspectRatio="none">`
  );
}

/** The painted pieces over `background` (SVG in the view's units). */
export function paintSvg(layers: readonly Layer[], background: string, view: View, size: Size): string {
  let part = 0;
  const body = layers
    .map(
      ({ transform, pieces }) =>
        `<g transform="${transform}">${pieces.map((p) => paint(p, ++part)).join('')}</g>`,
    )
    .join('');
  return `${openSvg(view, size)}${background}${body}</svg>`;
}

function paint(piece: Piece, part: number): string {
  const fills = [`<path d="${piece.outline}" fill="${piece.fill}"/>`];
  if (piece.tile) {
    const { width, height, markup, ground, tone, scale } = piece.tile;
    const box = `width="${width}" height="${height}"`;
    const veil = tone
      ? `<rect ${box} fill="${tone < 0 ? '#0c0a12' : '#fff'}" opacity="${Math.abs(tone)}"/>`
      : '';
    fills[0] =
      `<pattern id="t${part}" patternUnits="userSpaceOnUse" ${box} patternTransform="rotate(${piece.turn.toFixed(1)}) scale(${scale})">` +
      `<rect ${box} fill="${ground}"/>${markup}${veil}</pattern><path d="${piece.outline}" fill="url(#t${part})"/>`;
  }
  if (piece.markup)
    fills.push(
      `<clipPath id="c${part}"><path d="${piece.outline}"/></clipPath><g clip-path="url(#c${part})">${piece.markup}</g>`,
    );
  return fills.join('');
}

/** A soft picture of a background: drawn small and enlarged, as a lens leaves what is out of focus. */
export async function rasterSoft(svg: string, size: Size, softness: number): Promise<Buffer> {
  const small = {
    width: Math.max(8, Math.round(size.width / softness)),
    height: Math.max(8, Math.round(size.height / softness)),
  };
  const raw = await rasterColour(svg, small);
  return sharp(raw, { raw: { ...small, channels: 3 } })
    .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
}

/** Overlays an RGBA drawing on an RGB background of the same size. */
export async function overlay(background: Buffer, svg: string, size: Size): Promise<Buffer> {
  return sharp(background, { raw: { ...size, channels: 3 } })
    .composite([{ input: Buffer.from(svg) }])
    .removeAlpha()
    .raw()
    .toBuffer();
}

export async function toWebp(rgb: Uint8Array, size: Size, quality: number): Promise<Buffer> {
  return sharp(rgb, { raw: { ...size, channels: 3 } })
    .webp({ quality, effort: 3 })
    .toBuffer();
}
