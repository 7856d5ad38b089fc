import { currentKey } from './session.ts';

/** What of the widget's module the studio uses. The module is built apart from the pages: see web/widget/. */
interface WidgetModule {
  register(settings: { api: string; report: boolean; fetch: typeof fetch }): void;
}

/** Where the widget's module is, on this server. */
const ADDRESS = '/widget/index.js';

/** Loads the widget into this page. It asks as whoever is signed in, and is not counted as a shopper's. */
export async function loadWidget(): Promise<void> {
  const { register }: WidgetModule = await import(
    /* webpackIgnore: true */ /* turbopackIgnore: true */ ADDRESS
  );
  register({
    api: location.origin,
    report: false,
    fetch: (address, init) => {
      const key = currentKey();
      const headers = new Headers(init?.headers);
      if (key) headers.set('authorization', `Bearer ${key}`);
      return fetch(address, { ...init, headers });
    },
  });
}
