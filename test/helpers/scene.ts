import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SCENES = new URL('../../web/public/scenes/', import.meta.url);

/** The drawn scene of two people that the product ships: it certainly shows several garments. */
export function scenePath(): string {
  const scenes: { file: string; alt: string }[] = JSON.parse(
    readFileSync(new URL('scenes.json', SCENES), 'utf8'),
  );
  const scene = scenes.find(({ alt }) => alt.includes('two people'));
  if (!scene) throw new Error('web/public/scenes/scenes.json names no scene of two people.');
  return fileURLToPath(new URL(scene.file, SCENES));
}
