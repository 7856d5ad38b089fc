/** Why there is no preview. */
export const REFUSALS = [
  'UNAVAILABLE',
  'OTHER_KIND',
  'KIND_UNSUPPORTED',
  'GARMENT_CUT_OFF',
  'GARMENT_TOO_SMALL',
  'GARMENT_HIDDEN',
  'GARMENT_UNCLEAR',
  'NO_PERSON',
  'NOT_FRONTAL',
  'ITEM_PICTURE_UNSUITABLE',
  'CUT_DIFFERS',
  'REMAINDER',
  'WOULD_LOOK_WRONG',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Thrown and caught within this folder. */
export class Refused extends Error {
  readonly reason: Refusal;

  constructor(
    reason: Refusal,
    readonly detail = '',
  ) {
    super(`${reason} ${detail}`);
    this.name = 'Refused';
    this.reason = reason;
  }
}
