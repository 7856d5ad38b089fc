/** What a server says of a file's version (RFC 9110, section 8.8). Null if it does not say, or not in a usable way. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** Nobody's ETag is that long; it is stored with each picture. */
const MOST_CHARACTERS = 200;

export function validatorsOf(headers: Readonly<Record<string, string | string[] | undefined>>): Validators {
  return { etag: usable(headers.etag), lastModified: usable(headers['last-modified']) };
}

/** The headers of a request that need not be answered in full if the file is still that version. */
export function conditionsOf({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}

/** Only what may be sent back as a header. */
function usable(value: string | string[] | undefined): string | null {
  const isPlain = typeof value === 'string' && value.length <= MOST_CHARACTERS && /^[ -~]+$/.test(value);
  return isPlain ? value : null;
}
