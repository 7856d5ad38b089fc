/** The one way into the generator of drawings: nothing outside this folder imports another of its files. */
export { writeDataset } from './coco.ts';
export { chooseStyle, dyed } from './garments/choose.ts';
export { KINDS } from './garments/kinds.ts';
export type { Style } from './garments/style.ts';
export { drawItem } from './item.ts';
export { COLOUR_NAMES, type ColourName, PARTNERS } from './palette.ts';
export type { PatternName } from './patterns.ts';
export type { DrawnGarment } from './picture.ts';
export type { Texture } from './piece.ts';
export { Random } from './random.ts';
export { toWebp } from './raster.ts';
export { drawScenePicture, type SceneOptions } from './scenes.ts';
