import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SCENES = new URL('../../web/public/scenes/', import.meta.url);

/** A drawn scene that the product ships, by its description: that of two people certainly shows several garments. */
export function scenePath(shows = 'two people'): string {
  const scenes: { file: string; alt: string }[] = JSON.parse(
    readFileSync(new URL('scenes.json', SCENES), 'utf8'),
  );
  const scene = scenes.find(({ alt }) => alt.includes(shows));
  if (!scene) throw new Error(`web/public/scenes/scenes.json names no scene of ${shows}.`);
  return fileURLToPath(new URL(scene.file, SCENES));
}
