/** Where the widget asks, and as whom. */
export interface Settings {
  /** Origin of the server, such as `https://armoire.example`. */
  readonly api: string;
  /** A widget's key, which works on its hosts alone. Without one, the first shop is asked. */
  readonly key?: string | undefined;
  /** Whether to tell the shop's insights what visitors see and follow. On unless it is false. */
  readonly report?: boolean | undefined;
  /** Sends requests in the place of the browser's own `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

let current: Settings | undefined;

export function setSettings(settings: Settings): void {
  // Scripts without types call it too.
  if (typeof (settings as Partial<Settings> | undefined)?.api !== 'string') {
    throw new Error('register() wants { api }: the address of the Armoire server.');
  }
  current = { ...settings, api: settings.api.replace(/\/+$/, '') };
}

export function settings(): Settings {
  if (!current) throw new Error('Call register() first.');
  return current;
}

/** Sends a request to the API, without cookies. */
export function send(path: string, init?: RequestInit): Promise<Response> {
  const { api, fetch: own } = settings();
  return (own ?? fetch)(api + path, { credentials: 'omit', ...init });
}

/** Where a persisted document is asked. */
export function pathOf(documentId: string, variables: Readonly<Record<string, unknown>> = {}): string {
  const { key } = settings();
  const query = new URLSearchParams({
    documentId,
    variables: JSON.stringify(variables),
    // For CDNs that pass over `Vary: Origin`: what is allowed to one host must not be kept for another.
    ...(key && { key, host: location.host }),
  });
  return `/graphql?${query}`;
}

/** What a POST is allowed with. */
export function authorization(): Record<string, string> {
  const { key } = settings();
  return key ? { authorization: `Bearer ${key}` } : {};
}
