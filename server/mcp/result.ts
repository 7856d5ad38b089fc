import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { type Api, ToolError } from './api.ts';
import type { Item } from './shapes.ts';

/** A result has so many pictures, each and all of them of so many bytes, so that it fits into an agent's context. */
const MAX_PICTURES = 6;
const PICTURE_BYTES = 32 * 1024;
const ALL_BYTES = 128 * 1024;

/** The result as structured content and as text, for clients that know only that, with pictures of the first items. */
export async function toResult(
  api: Api,
  content: Record<string, unknown>,
  items: readonly Item[],
): Promise<CallToolResult> {
  return {
    structuredContent: content,
    content: [{ type: 'text', text: JSON.stringify(content) }, ...(await picturesOf(api, items))],
  };
}

async function picturesOf(api: Api, items: readonly Item[]): Promise<CallToolResult['content']> {
  const each = [...new Map(items.map((item) => [item.itemId, item])).values()].filter(
    ({ imageUrl }) => imageUrl !== null,
  );
  const shown = each.slice(0, MAX_PICTURES);
  const pictures = await Promise.all(shown.map(({ imageUrl }) => api.picture(imageUrl!)));
  let left = ALL_BYTES;
  return shown.flatMap(({ itemId, title }, i): CallToolResult['content'] => {
    const bytes = pictures[i];
    if (!bytes || bytes.length > Math.min(PICTURE_BYTES, left)) return [];
    left -= bytes.length;
    return [
      { type: 'text', text: `Picture of item ${itemId} (${title}):` },
      { type: 'image', data: bytes.toString('base64'), mimeType: 'image/webp' },
    ];
  });
}

/** Refusals are results, so that the agent reads them; faults of the server are thrown. */
export function toRefusal(error: unknown): CallToolResult {
  if (!(error instanceof ToolError)) throw error;
  const { code, message, retryAfter } = error;
  const refusal = { code, message, ...(retryAfter !== undefined && { retryAfter }) };
  // As text alone: structured content must have the shape that the tool promises.
  return { isError: true, content: [{ type: 'text', text: JSON.stringify(refusal) }] };
}
