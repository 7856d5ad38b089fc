/**
 * Whether a colour profile costs more than its bytes tell. The elements of a `mpet` tag (ICC.1:2022, 10.16) are computed
 * one after the other for every colour, may be as many as one likes and may all be the same bytes: 10,000 of them are
 * less than a kilobyte of a PNG, and nothing can interrupt Little CMS. Photos hardly have them, and a profile that does
 * is no better than none.
 */
export function isProfileCostly(profile: Uint8Array | undefined): boolean {
  return (
    profile !== undefined && Buffer.from(profile.buffer, profile.byteOffset, profile.length).includes('mpet')
  );
}
