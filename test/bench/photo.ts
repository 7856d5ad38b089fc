/** A drawn stand-in for a telephone's photo: someone in a top and trousers before a street. */
import sharp from 'sharp';
import { randomOf } from '../helpers/random.ts';

const WIDTH = 1080;
const HEIGHT = 1440;

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 108 144">
  <rect width="108" height="144" fill="#b9c4cc"/>
  <rect y="112" width="108" height="32" fill="#86817a"/>
  <rect x="6" y="10" width="26" height="102" fill="#a4796b"/>
  <rect x="78" y="30" width="24" height="82" fill="#c9b68f"/>
  <ellipse cx="54" cy="20" rx="7" ry="9" fill="#d8ac8c"/>
  <path d="M47 12q7-8 14 0v6q-7-5-14 0z" fill="#3a2a22"/>
  <path d="M51 27h6v6h-6z" fill="#cf9f80"/>
  <path d="M34 40 29 68l6 1 4-18zM74 40l5 28-6 1-4-18z" fill="#d8ac8c"/>
  <path d="M46 32q8 5 16 0l13 7 4 16-8 2-2-7v27H39V50l-2 7-8-2 4-16z" fill="#2f6f9f"/>
  <path d="M39 76h30l3 56H58l-3-42h-2l-3 42H36z" fill="#37383f"/>
  <path d="M36 132h14v5H33zM58 132h14l3 5H58z" fill="#f3f1ea"/>
</svg>`;

/** JPEG, 1080 × 1440, quality 90, with a camera's noise, so that decoding costs what it does for a photo. The same each time. */
export async function drawPhoto(): Promise<Buffer> {
  const drawn = await sharp(Buffer.from(SVG)).removeAlpha().png().toBuffer();
  return sharp(drawn)
    .composite([
      { input: drawNoise(), raw: { width: WIDTH, height: HEIGHT, channels: 3 }, blend: 'soft-light' },
    ])
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Gaussian, around the middle; as a sum of twelve, since what Math gives differs in its last digits between versions. */
function drawNoise(): Buffer {
  const random = randomOf(2);
  const noise = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let i = 0; i < noise.length; i++) {
    let sum = -6;
    for (let n = 0; n < 12; n++) sum += random();
    noise[i] = Math.round(128 + 12 * sum);
  }
  return noise;
}
