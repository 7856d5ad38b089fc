import { ForbiddenError } from '../errors.ts';

/** From the least to the most that one may do. */
export const ROLES = ['anonymous', 'widget', 'merchandiser', 'admin'] as const;
export type RoleName = (typeof ROLES)[number];

/** Who asks: by key, or anonymous in the default shop. */
export interface Viewer {
  readonly role: RoleName;
  readonly shopId: string;
  /** Names the client for its limits: the key's id, or the address of an anonymous one. */
  readonly client: string;
}

/** Throws ForbiddenError unless the viewer has this role or a greater one. */
export function requireRole(viewer: Viewer, least: RoleName): void {
  if (ROLES.indexOf(viewer.role) >= ROLES.indexOf(least)) return;
  throw new ForbiddenError(
    viewer.role === 'anonymous'
      ? `This wants a ${least}'s key: send it as "Authorization: Bearer KEY".`
      : `This wants a ${least}'s key; yours is a ${viewer.role}'s.`,
  );
}
