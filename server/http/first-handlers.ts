import type { RequestHandler } from 'express';
import {
  ignoreConditions,
  refuseBadPaths,
  refuseCodings,
  refuseWebSockets,
  takeWholeAddresses,
} from './refusals.ts';
import { securityHeaders } from './security-headers.ts';

/** What every request meets first, at the server and at the pages' own process. */
export const firstHandlers: readonly RequestHandler[] = [
  ...securityHeaders,
  refuseCodings,
  ignoreConditions,
  takeWholeAddresses,
  refuseWebSockets,
  refuseBadPaths,
];
