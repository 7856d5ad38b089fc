import { ForbiddenError } from '../errors/errors.ts';

/** Ordered by how much each role may do. */
export const ROLES = ['anonymous', 'widget', 'merchandiser', 'admin'] as const;
export type RoleName = (typeof ROLES)[number];

/** Who sends the request: the holder of a key, or anonymous in the default shop. */
export interface Viewer {
  readonly role: RoleName;
  readonly shopId: string;
  /** Identifies the client for rate limits: a key's id, an address, or for a widget both. */
  readonly client: string;
  /** Widgets only: the key has limits in addition to each client's own. */
  readonly keyId?: string | undefined;
  /** The share of the key's visitors who are to see no recommendations. */
  readonly holdOut?: number | undefined;
  /**
   * Whether the viewer runs this installation and may create shops: an admin of the default shop, or the holder of the
   * control token.
   */
  readonly isOperator?: boolean | undefined;
  /** Whether the viewer holds the control token, which only this machine's owner can read. */
  readonly isMachine?: boolean | undefined;
}

/** "a merchandiser's", "an admin's". */
const keyOf = (role: RoleName) => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}'s`;

/** Whether the viewer has this role or a higher one. */
export function hasRole(viewer: Viewer, least: RoleName): boolean {
  return ROLES.indexOf(viewer.role) >= ROLES.indexOf(least);
}

/** Throws ForbiddenError unless the viewer has this role or a higher one. */
export function requireRole(viewer: Viewer, least: RoleName): void {
  if (hasRole(viewer, least)) return;
  throw new ForbiddenError(
    viewer.role === 'anonymous'
      ? `This needs ${keyOf(least)} key: send it as "Authorization: Bearer KEY".`
      : `This needs ${keyOf(least)} key; yours is ${keyOf(viewer.role)}.`,
  );
}

/** Throws ForbiddenError unless the viewer runs this installation. */
export function requireOperator(viewer: Viewer): void {
  if (viewer.isOperator) return;
  throw new ForbiddenError(
    "This needs an admin's key of the first shop, whose owner runs this installation.",
  );
}

/** Throws ForbiddenError unless the viewer holds the control token. */
export function requireMachine(viewer: Viewer): void {
  if (viewer.isMachine) return;
  throw new ForbiddenError("This needs the control token, which is on the server's own machine.");
}
