import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { InvalidImageError } from '../../../../server/errors/errors.ts';
import { type Image } from '../../../../server/vision/contract.ts';
import { cutOut, decode, encodeWebp, probe, resize, shrinkWebp } from '../../../../server/vision/image.ts';

const COLOURS = { R: [255, 0, 0], G: [0, 255, 0], B: [0, 0, 255], W: [255, 255, 255] } as const;
type Colour = keyof typeof COLOURS;

/** 48 × 32, its four quarters red, green, blue and white: `RG/BW`. */
function quarters() {
  const rect = (x: number, y: number, fill: string) =>
    `<rect x="${x}" y="${y}" width="24" height="16" fill="${fill}"/>`;
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="32">${rect(0, 0, '#f00')}${rect(24, 0, '#0f0')}${rect(0, 16, '#00f')}${rect(24, 16, '#fff')}</svg>`,
    ),
  ).removeAlpha();
}

function pixel({ width, data }: Image, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
}

/** The quarters' colours, such as `RG/BW`. */
function layout(image: Image): string {
  const name = (x: number, y: number) => {
    const seen = pixel(image, Math.floor(image.width * x), Math.floor(image.height * y));
    const near = (colour: Colour) => COLOURS[colour].every((value, i) => Math.abs(value - seen[i]!) < 60);
    return (Object.keys(COLOURS) as Colour[]).find(near) ?? '?';
  };
  return `${name(0.25, 0.25)}${name(0.75, 0.25)}/${name(0.25, 0.75)}${name(0.75, 0.75)}`;
}

const encoded = {
  jpeg: () => quarters().jpeg({ quality: 95 }).toBuffer(),
  png: () => quarters().png().toBuffer(),
  webp: () => quarters().webp({ quality: 95 }).toBuffer(),
  avif: () => quarters().avif({ quality: 90 }).toBuffer(),
  gif: () => quarters().gif().toBuffer(),
};
const FORMATS = Object.keys(encoded) as (keyof typeof encoded)[];

describe('decode', () => {
  it.each(FORMATS)('reads %s', async (format) => {
    const bytes = await encoded[format]();
    const image = await decode(bytes);
    expect([image.width, image.height, layout(image)]).toEqual([48, 32, 'RG/BW']);
    expect(await probe(bytes)).toMatchObject({ format, width: 48, height: 32 });
  });

  // What each EXIF orientation makes of RG/BW: Exif 2.32, tag 0x0112.
  it.each([
    [1, 'RG/BW'],
    [2, 'GR/WB'],
    [3, 'WB/GR'],
    [4, 'BW/RG'],
    [5, 'RB/GW'],
    [6, 'BR/WG'],
    [7, 'WG/BR'],
    [8, 'GW/RB'],
  ])('turns EXIF orientation %i upright', async (orientation, expected) => {
    const bytes = await quarters().jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer();
    const image = await decode(bytes);
    expect(layout(image)).toBe(expected);
    const size = orientation < 5 ? { width: 48, height: 32 } : { width: 32, height: 48 };
    expect(image).toMatchObject(size);
    expect(await probe(bytes)).toMatchObject(size);
  });

  it('keeps no metadata in what is stored', async () => {
    const bytes = await quarters()
      .withExif({ IFD0: { Copyright: 'Jo' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .jpeg()
      .toBuffer();
    expect((await sharp(bytes).metadata()).exif).toBeDefined();
    const stored = await sharp(await encodeWebp(await decode(bytes))).metadata();
    expect([stored.exif, stored.xmp, stored.icc, stored.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('shrinks to 1600 pixels on the long side, upright, and never enlarges', async () => {
    const tall = sharp({ create: { width: 3000, height: 4000, channels: 3, background: '#808080' } });
    expect(await decode(await tall.jpeg().toBuffer())).toMatchObject({ width: 1200, height: 1600 });
    expect(await decode(await tall.withMetadata({ orientation: 6 }).jpeg().toBuffer())).toMatchObject({
      width: 1600,
      height: 1200,
    });
    expect(await decode(await encoded.png())).toMatchObject({ width: 48, height: 32 });
  });

  it('keeps as many pixels of a long image as of one of 3:4', async () => {
    const of = async (width: number, height: number) => {
      const image = sharp({ create: { width, height, channels: 3, background: '#808080' } });
      const decoded = await decode(await image.png().toBuffer());
      return [decoded.width, decoded.height];
    };
    expect(await of(2000, 2000)).toEqual([1600, 1600]);
    expect(await of(1200, 3600)).toEqual([800, 2400]);
    expect(await of(6000, 1000)).toEqual([3394, 566]);
    expect(await of(300, 9000)).toEqual([131, 3919]);
    expect(await of(540, 1700)).toEqual([540, 1700]);
  });

  it('flattens transparency on white', async () => {
    const bytes = await sharp({
      create: { width: 4, height: 4, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect(pixel(await decode(bytes), 1, 1)).toEqual([255, 255, 255]);
  });

  it('gives RGB for grey, 16-bit and CMYK images', async () => {
    const create = { width: 8, height: 8, channels: 3, background: '#646464' } as const;
    const grey = await sharp({ create }).greyscale().toColourspace('b-w').png().toBuffer();
    const deep = await sharp({ create }).toColourspace('rgb16').png().toBuffer();
    const cmyk = await sharp({ create }).toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    for (const bytes of [grey, deep, cmyk]) {
      const image = await decode(bytes);
      expect(image.data.length).toBe(8 * 8 * 3);
      for (const value of pixel(image, 4, 4)) expect(Math.abs(value - 100)).toBeLessThan(24);
    }
  });

  it('takes a JPEG that lacks its end mark alone for a whole one', async () => {
    const whole = await encoded.jpeg();
    expect([...whole.subarray(-2)]).toEqual([0xff, 0xd9]);
    for (const cut of [1, 2]) {
      expect(await decode(whole.subarray(0, whole.length - cut))).toEqual(await decode(whole));
    }
    const turned = await quarters().jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer();
    expect(layout(await decode(turned.subarray(0, -2)))).toBe('BR/WG');
  });

  it.each(['webp', 'gif'] as const)('takes the first frame of an animated %s', async (format) => {
    const frame = (background: string) =>
      sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toBuffer();
    const frames = [await frame('#ff0000'), await frame('#0000ff')];
    const bytes = await sharp(frames, { join: { animated: true } })
      .toFormat(format, { lossless: true })
      .toBuffer();
    expect((await sharp(bytes).metadata()).pages).toBe(2);
    const image = await decode(bytes);
    expect([image.height, ...pixel(image, 4, 4)]).toEqual([8, 255, 0, 0]);
  });
});

describe('what decode refuses', () => {
  const refused = (bytes: Uint8Array) =>
    decode(bytes).then(
      () => 'decoded',
      (error) => `${error.constructor.name} ${error.code}: ${error.message}`,
    );
  it.each([
    ['TIFF', () => quarters().tiff().toBuffer()],
    [
      'SVG',
      async () =>
        Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
    ['PDF', async () => Buffer.from('%PDF-1.7\n')],
    ['BMP', async () => Buffer.from('BM\0\0\0\0')],
    ['JPEG XL', async () => Buffer.from([0xff, 0x0a, 0, 0])],
    ['video', async () => Buffer.from('\0\0\0\x18ftypisom\0\0\0\0mp42isom', 'latin1')],
  ])('names %s', async (name, bytes) => {
    expect(await refused(await bytes())).toContain(`IMAGE_FORMAT_UNSUPPORTED: ${name} files`);
  });

  it.each(FORMATS)('a cut-off %s', async (format) => {
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    const picture = sharp({ create: { width: 160, height: 120, channels: 3, background: '#888', noise } });
    const whole = await (format === 'avif'
      ? picture.avif({ effort: 0 })
      : picture.toFormat(format)
    ).toBuffer();
    for (const share of [0.3, 0.6, 0.95]) {
      expect(await refused(whole.subarray(0, Math.floor(whole.length * share)))).toContain('IMAGE_TRUNCATED');
    }
  });

  it('a GIF cut off after a byte that could be its trailer', async () => {
    const whole = await sharp({ create: { width: 160, height: 120, channels: 3, background: '#888' } })
      .composite([{ input: { create: { width: 80, height: 60, channels: 3, background: '#c33' } } }])
      .gif()
      .toBuffer();
    const cut = Buffer.from(whole.subarray(0, whole.length - 8));
    cut[cut.length - 1] = 0x3b;
    expect(await refused(cut)).toContain('IMAGE_TRUNCATED');
  });

  it('an image of 51 megapixels, from its header', async () => {
    const bomb = await sharp({ create: { width: 7200, height: 7100, channels: 3, background: '#000' } })
      .png({ palette: false, compressionLevel: 1 })
      .toBuffer();
    expect(await refused(bomb.subarray(0, 1000))).toContain('IMAGE_TOO_LARGE');
  });

  it('a file of more than 20 MB, unread', async () => {
    expect(await refused(new Uint8Array(20 * 1024 * 1024 + 1))).toContain('IMAGE_TOO_LARGE');
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(1000)],
    ['text', Buffer.from('id,title,link\n1,Coat,https://example.com\n')],
  ])('%s', async (_, bytes) => {
    expect(await refused(bytes)).toContain('NOT_AN_IMAGE');
  });

  it('a JPEG whose inside is garbage', async () => {
    const bytes = Buffer.from(await encoded.jpeg());
    bytes.fill(0x5a, 20, bytes.length - 2);
    expect(await refused(bytes)).toMatch(/NOT_AN_IMAGE|IMAGE_TRUNCATED/);
  });
});

describe('shrinkWebp', () => {
  it('scales down to the width and never up', async () => {
    const stored = await encodeWebp(await decode(await encoded.png()));
    expect(await sharp(await shrinkWebp(stored, 24)).metadata()).toMatchObject({
      format: 'webp',
      width: 24,
      height: 16,
    });
    expect(await sharp(await shrinkWebp(stored, 960)).metadata()).toMatchObject({ width: 48, height: 32 });
  });

  it('shows what the stored image shows', async () => {
    const stored = await encodeWebp(await decode(await encoded.png()));
    const small = await decode(await shrinkWebp(stored, 24));
    const direct = await resize(await decode(stored), 24, 16);
    const off = small.data.reduce((sum, value, i) => sum + Math.abs(value - direct.data[i]!), 0);
    expect(off / small.data.length).toBeLessThan(6);
  });

  it('names a damaged file as such', async () => {
    const stored = await encodeWebp(await decode(await encoded.png()));
    await expect(shrinkWebp(stored.subarray(0, stored.length / 2), 24)).rejects.toThrow(InvalidImageError);
  });
});

describe('cutOut', () => {
  it('shows the garment inside its box and nothing behind it', async () => {
    const image = await decode(await encoded.png());
    // The mask is the left half of the image; the box reaches eight pixels into the right half.
    const mask = {
      width: 48,
      height: 32,
      data: Uint8Array.from({ length: 48 * 32 }, (_, i) => (i % 48 < 24 ? 1 : 0)),
    };
    const cut = await cutOut(image, mask, [16.4, 0, 31.2, 16], {});
    const { data, info } = await sharp(cut).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([16, 16, 4]);
    const alpha = (x: number, y: number) => data[(y * 16 + x) * 4 + 3];
    expect([alpha(2, 8), alpha(7, 8), alpha(8, 8), alpha(15, 8)]).toEqual([255, 255, 0, 0]);
    expect(data[(8 * 16 + 2) * 4]).toBeGreaterThan(230);
  });
});
