import { type Build, type Pose, poseFigure, SIDES, type Side } from '../figure.ts';
import { draftGarment } from '../garments/draft.ts';
import { mixColours, PALETTE, pickDye } from '../palette.ts';
import type { Draft, Piece } from '../piece.ts';
import type { Random } from '../random.ts';
import { type BagKind, drawBag } from './bag.ts';
import { drawArm, drawLeg, drawShoe, drawTrunkSkin, type Shoe, SKINS } from './body.ts';
import { drawHead, HAIRS, LONG_CUTS, SHORT_CUTS } from './head.ts';
import type { Outfit } from './outfit.ts';

/** A dressed person, back to front, in figure units. `first` is the index of the outfit's first garment in the picture. */
export function drawPerson(random: Random, outfit: Outfit, first: number): Piece[] {
  const male = outfit.gender === 'male';
  const figure = poseFigure(build(random, male), pose(random, outfit));
  const skin = random.pick(SKINS);
  const dark = SKINS.indexOf(skin) > 2 && SKINS.indexOf(skin) < 6;
  const hair = dark ? random.pick(HAIRS.slice(0, 3)) : random.pick(HAIRS);
  const head = drawHead(
    figure,
    {
      skin,
      hair,
      cut: random.pick(male ? SHORT_CUTS : LONG_CUTS),
      hat: pickDye(random, random.pick(['red', 'navy', 'grey', 'yellow', 'green', 'black'])).hex,
      glasses: random.chance(0.15),
      sunglasses: random.chance(0.18),
      beard: male && random.chance(0.4),
      lips: random.pick(['#b8424a', '#a6534a', '#8c3a44', '#c4605c']),
    },
    random.fork('head'),
  );
  const bottomed = outfit.garments.some(({ category }) => category >= 7 && category <= 9);
  const tucked = outfit.tucked && bottomed;
  const worn = outfit.garments.map((style, index) => {
    const isTop = [1, 2, 5, 6].includes(style.category);
    // What is tucked in ends inside the waistband.
    const cut = isTop && tucked ? { ...style, hem: Math.min(style.hem, 1.35), flare: 0 } : style;
    return { style, draft: owned(draftGarment(figure, cut), first + index) };
  });
  const outer = worn.find(({ style }) => style.category === 3 || style.category === 4);
  const bottom = worn.find(({ style }) => style.category >= 7 && style.category <= 9);
  const upper = worn.find((garment) => garment !== outer && garment !== bottom);
  const tights = random.chance(0.25)
    ? mixColours(skin, random.pick(['#1e1e22', '#3a2a2e', '#20283c']), 0.85)
    : skin;
  const shoe = random.pick<Shoe>(
    male ? ['sneaker', 'boot', 'loafer'] : ['sneaker', 'boot', 'pump', 'loafer'],
  );
  const shoeColour = random.pick([
    ...PALETTE.black,
    ...PALETTE.brown,
    ...PALETTE.white,
    ...PALETTE.red,
    ...PALETTE.beige,
  ]);
  const bagSide = random.pick(SIDES);
  const bag = random.chance(0.42)
    ? drawBag(
        figure,
        random.pick<BagKind>(['tote', 'handbag', 'crossbody']),
        bagSide,
        random.pick([...PALETTE.brown, ...PALETTE.black, ...PALETTE.beige, ...PALETTE.red, ...PALETTE.green]),
      )
    : { under: [], over: [] };

  // A sleeve inside a longer one is not seen.
  const bare = (side: Side) =>
    !upper || (outer && upper.style.sleeve <= outer.style.sleeve + 0.05) ? [] : upper.draft.sleeves[side];
  const sleeve = Math.max(...outfit.garments.map((style) => style.sleeve));
  const legs = SIDES.flatMap((side) => {
    const leg = drawLeg(figure, side, tights);
    const shoes = drawShoe(figure, side, shoe, shoeColour);
    return [leg, ...shoes];
  });
  const bottoms = [...(bottom?.draft.behind ?? []), ...(bottom?.draft.body ?? [])];
  const trunk = upper?.draft.body ?? [];
  return [
    ...(outer?.draft.behind ?? []),
    ...(upper?.draft.behind ?? []),
    ...head.behind,
    ...legs,
    ...drawTrunkSkin(figure, skin),
    ...(tucked ? [...trunk, ...bottoms] : [...bottoms, ...trunk]),
    ...(upper?.draft.front ?? []),
    ...(outer?.draft.body ?? []),
    ...bag.under,
    ...SIDES.flatMap((side) => [
      ...drawArm(figure, side, skin, sleeve),
      ...bare(side),
      ...(outer?.draft.sleeves[side] ?? []),
    ]),
    ...(outer?.draft.front ?? []),
    ...head.front,
    ...bag.over,
  ];
}

const owned = (draft: Draft, garment: number): Draft => {
  const own = (pieces: readonly Piece[]) => pieces.map((piece) => ({ ...piece, garment }));
  return {
    behind: own(draft.behind),
    body: own(draft.body),
    sleeves: { left: own(draft.sleeves.left), right: own(draft.sleeves.right) },
    front: own(draft.front),
  };
};

function build(random: Random, male: boolean): Build {
  const full = random.range(-0.06, 0.16);
  const k = 1 + full;
  return male
    ? {
        shoulder: 80 * (1 + full * 0.4),
        chest: 64 * k,
        waist: 55 * k,
        hip: 58 * k,
        arm: 17 * k,
        thigh: 31 * k,
      }
    : {
        shoulder: 66 * (1 + full * 0.4),
        chest: 54 * k,
        waist: 42 * k,
        hip: 60 * k,
        arm: 13.5 * k,
        thigh: 30 * k,
      };
}

/** How a passer-by stands or walks. */
function pose(random: Random, outfit: Outfit): Pose {
  const hipTilt = random.range(-0.09, 0.09);
  const arm = (): readonly [number, number] => {
    const kind = random.next();
    if (kind < 0.5) return [random.range(0.06, 0.22), random.range(-0.08, 0.12)];
    if (kind < 0.68) return [random.range(0.42, 0.62), random.range(-0.75, -0.4)]; // a hand on the hip or in a pocket
    if (kind < 0.8) return [random.range(0.2, 0.34), random.range(-1.5, -0.9)]; // held before the body
    if (kind < 0.88) return [random.range(0.25, 0.4), random.range(2.2, 2.6)]; // raised to the hair or a strap
    return [random.range(0.2, 0.5), random.range(0.2, 0.6)];
  };
  const wide = outfit.garments.some((style) => style.category === 8 && style.flare > 8) ? 0.03 : 0;
  const stride = random.chance(0.4) ? random.range(0.02, 0.1) : 0;
  const lean = random.chance(0.5) ? 1 : -1;
  const leg = (k: number): readonly [number, number] => {
    const out = random.range(0.035, 0.1) + wide;
    return [out + stride * (k === lean ? 1 : 0), out - stride * 0.6 + random.range(-0.08, 0)];
  };
  return {
    chestTilt: -hipTilt * random.range(0.3, 0.9),
    hipTilt,
    sway: hipTilt * -90,
    arms: { left: arm(), right: arm() },
    legs: { left: leg(-1), right: leg(1) },
  };
}
