import { own } from '../vocabulary/own.ts';
import { ERROR_CODES } from './codes.ts';

/** HTTP's status for a code; 400 for one that is not ours. */
export function statusOf(code: unknown): number {
  return own(ERROR_CODES, String(code))?.status ?? 400;
}

/** The status of a refusal that says when to come again, and its header Retry-After. */
export function retryOf(
  extensions: Readonly<Record<string, unknown>> | undefined,
): { status: number; seconds: string } | null {
  const { code, retryAfter } = extensions ?? {};
  return typeof retryAfter === 'number'
    ? { status: statusOf(code), seconds: String(Math.max(1, Math.ceil(retryAfter))) }
    : null;
}
