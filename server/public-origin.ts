import { z } from 'zod';

/** PUBLIC_ORIGIN: where browsers find the pages. Read by the server and by the pages' own process. */
export const publicOrigin = z
  .url({ protocol: /^https?$/, error: 'wants where browsers find the pages, such as https://shop.example' })
  .transform((url) => new URL(url).origin)
  .optional();
