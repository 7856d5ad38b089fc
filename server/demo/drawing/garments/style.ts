import type { CategoryId } from '../../../vocabulary/taxonomy.ts';
import type { Cloth } from '../cloth.ts';

export type Neck = 'crew' | 'v' | 'deep v' | 'scoop' | 'boat' | 'square' | 'shirt' | 'turtle' | 'hood';

export type Trim =
  | 'ribbed edges'
  | 'collar'
  | 'placket'
  | 'half placket'
  | 'buttons'
  | 'zip'
  | 'lapels'
  | 'double row'
  | 'chest pocket'
  | 'flap pockets'
  | 'patch pockets'
  | 'welt pockets'
  | 'kangaroo pocket'
  | 'hood'
  | 'cuffs'
  | 'belt'
  | 'quilting'
  | 'pleats'
  | 'gathers'
  | 'waist seam'
  | 'chest print'
  | 'block'
  | 'cables'
  | 'drawstring'
  | 'fly'
  | 'crease'
  | 'cargo pockets'
  | 'jean pockets'
  | 'turn-ups'
  | 'slit'
  | 'ruffle'
  | 'open';

/** Everything that a pattern cutter would need to know: the same style in another dye is a colour variant. */
export interface Style {
  readonly category: CategoryId;
  /** What a shop calls it: "Polo Shirt". */
  readonly noun: string;
  readonly gender: 'female' | 'male' | 'unisex';
  readonly neck: Neck;
  /** Units of ease beyond the body, roughly 2 (tight) to 26 (loose). */
  readonly ease: number;
  /** Where it ends: the level of Figure.level for a trunk, or the share of the leg for shorts and trousers. */
  readonly hem: number;
  /** Units that the hem swings out beyond the body. */
  readonly flare: number;
  /** Share of the arm that is covered; 0 for none. */
  readonly sleeve: number;
  readonly sleeveShape: 'straight' | 'puff' | 'bell' | 'gathered';
  readonly trims: ReadonlySet<Trim>;
  readonly cloth: Cloth;
}
