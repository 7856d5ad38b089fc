import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { type Api, ToolError } from './api.ts';
import * as operations from './operations.ts';
import { toRefusal, toResult } from './result.ts';
import * as shapes from './shapes.ts';

/** An agent has no use for more, and larger photos can be sent by their address. */
export const PHOTO_BYTES = 4 * 1024 * 1024;
/** Of base64: four characters for three bytes. */
const PHOTO_CHARACTERS = Math.ceil(PHOTO_BYTES / 3) * 4;

const Id = z.string().min(1).max(100);
const First = z.number().int().min(1).max(12).default(6).describe('Number of matches.');
const READS = { readOnlyHint: true, openWorldHint: false } as const;

/** The tools over one client's API. They hold no logic of their own: each is one GraphQL operation. */
export function makeMcpServer(api: Api): McpServer {
  const server = new McpServer({ name: 'armoire', title: 'Armoire', version: '0.1.0' });
  const run = (work: () => Promise<CallToolResult>) => work().catch(toRefusal);

  server.registerTool(
    'search_by_photo',
    {
      title: 'Search by photo',
      description:
        'Finds every garment in a photo and, for each, the items of the shop that look most like it. Give the address ' +
        'of a picture on the public internet, or the picture itself. The photo is deleted after a while.',
      inputSchema: {
        url: z
          .url()
          .max(2000)
          .optional()
          .describe('Address of the picture itself, not of a page that shows it.'),
        image: z
          .string()
          .min(1)
          .max(PHOTO_CHARACTERS)
          .optional()
          .describe('The picture in base64 (JPEG, PNG, WebP, GIF, AVIF or HEIC), at most 4 MB.'),
        first: First,
      },
      outputSchema: shapes.PhotoResult.shape,
      annotations: { readOnlyHint: false, destructiveHint: false, openWorldHint: true },
    },
    ({ url, image, first }) =>
      run(async () => {
        const [operation, variables] = photoOf(api, url, image);
        const content = shapes.PhotoAnswer.parse(await api.ask(operation, { ...variables, first }));
        // The best matches of each garment before the second best of any.
        const items = content.garments
          .flatMap(({ matches }) => matches.map(({ item }, rank) => ({ item, rank })))
          .sort((a, b) => a.rank - b.rank)
          .map(({ item }) => item);
        return toResult(api, content, items);
      }),
  );

  server.registerTool(
    'similar_items',
    {
      title: 'Similar items',
      description:
        'Items of the shop that look most like an item or like a garment of a photo, most similar first.',
      inputSchema: {
        itemId: Id.optional(),
        garmentId: Id.optional().describe('From search_by_photo.'),
        words: z
          .string()
          .max(200)
          .optional()
          .describe(
            'What should be different, in English: "this but in blue", "as a skirt", "under 50 euros".',
          ),
        first: First,
      },
      outputSchema: shapes.Matches.shape,
      annotations: READS,
    },
    ({ itemId, garmentId, words, first }) =>
      run(async () => {
        const to = oneOf({ itemId, garmentId });
        const refine = words === undefined ? null : { words };
        const content = shapes.SimilarAnswer.parse(
          await api.ask(operations.SIMILAR_ITEMS, { to, first, refine }),
        );
        return toResult(
          api,
          content,
          content.matches.map(({ item }) => item),
        );
      }),
  );

  server.registerTool(
    'complete_the_look',
    {
      title: 'Complete the look',
      description:
        'Outfits of the shop around an item, a garment of a photo, or all that the person in a photo wears.',
      inputSchema: {
        itemId: Id.optional(),
        garmentId: Id.optional(),
        photoId: Id.optional(),
        count: z.number().int().min(1).max(5).default(3).describe('Number of outfits.'),
        budget: z.number().positive().max(1e9).optional().describe("Highest total, in the shop's currency."),
        slots: z.array(z.string().max(30)).max(8).optional().describe('Slots to fill, from list_categories.'),
      },
      outputSchema: shapes.Outfits.shape,
      annotations: READS,
    },
    ({ itemId, garmentId, photoId, count, budget, slots }) =>
      run(async () => {
        const to = oneOf({ itemId, garmentId, photoId });
        const content = shapes.OutfitsAnswer.parse(
          await api.ask(operations.OUTFITS, { to, count, budget: budget ?? null, slots: slots ?? null }),
        );
        const items = content.outfits.flatMap(({ pieces }) => pieces.flatMap(({ item }) => item ?? []));
        return toResult(api, content, items);
      }),
  );

  server.registerTool(
    'get_item',
    {
      title: 'Get an item',
      description: 'All that the shop says of one item, with its sizes and colours.',
      inputSchema: { itemId: Id },
      outputSchema: shapes.ItemResult.shape,
      annotations: READS,
    },
    ({ itemId }) =>
      run(async () => {
        const { item } = shapes.ItemAnswer.parse(await api.ask(operations.GET_ITEM, { id: itemId }));
        if (!item) throw new ToolError('NOT_FOUND', 'The shop has no such item.');
        return toResult(api, item, [item]);
      }),
  );

  server.registerTool(
    'list_categories',
    {
      title: 'List categories',
      description:
        'The shop, its currency, the categories of its items with their numbers, and the slots of outfits.',
      inputSchema: {},
      outputSchema: shapes.Categories.shape,
      annotations: READS,
    },
    () =>
      run(async () => {
        const { shop } = shapes.CategoriesAnswer.parse(await api.ask(operations.CATEGORIES, {}));
        return toResult(api, shop, []);
      }),
  );
  return server;
}

function photoOf(
  api: Api,
  url: string | undefined,
  image: string | undefined,
): readonly [operation: string, variables: Record<string, unknown>] {
  if ((url === undefined) === (image === undefined)) {
    throw new ToolError('INVALID_INPUT', 'Give exactly one of url and image.');
  }
  if (url !== undefined) return [operations.PARSE_PHOTO_AT, { url }];
  // Agents often send a data URL.
  const bytes = Buffer.from(image!.replace(/^data:[\w/+.-]{1,100};base64,/, ''), 'base64');
  return [operations.PARSE_PHOTO, { image: api.upload(bytes) }];
}

function oneOf(ids: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(ids).filter((entry): entry is [string, string] => entry[1] !== undefined);
  if (given.length !== 1) {
    throw new ToolError('INVALID_INPUT', `Give exactly one of ${Object.keys(ids).join(', ')}.`);
  }
  return Object.fromEntries(given);
}
