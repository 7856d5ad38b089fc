import { createHash } from 'node:crypto';
import type { Turn } from '../../vision/contract.ts';
import { encodeWebp } from '../../vision/image.ts';
import { type IngestedImage, ingestImage } from '../../vision/ingest.ts';
import { retryWhileBusy } from '../../vision/runtime/retry-while-busy.ts';
import type { Fetched } from '../fetch/fetcher.ts';
import type { SourcedImage } from './finish-item.sql.ts';
import { type ImageFault, type ParsingServices, toImageFault, versionOf } from './parse-item.ts';
import type { StoredImage } from './refresh-item.sql.ts';

export type Answer =
  /** Null if the server did not send it. */
  | { readonly is: 'unchanged'; readonly version: SourcedImage['fetched'] | null }
  | { readonly is: 'changed'; readonly image: IngestedImage & SourcedImage; readonly bytes: Buffer }
  | { readonly is: 'fault'; readonly fault: ImageFault };

/**
 * Asks for a stored picture again, and parses it if it has changed. Servers that give no ETag and no date send it
 * again: then its bytes decide, and if those differ, what is seen, since some servers compress a picture anew each time.
 */
export async function askForImage(
  services: ParsingServices,
  stored: StoredImage,
  turn: Turn,
): Promise<Answer> {
  try {
    const fetched = await services.fetcher.fetchIfChanged(stored.source, stored);
    if (fetched === 'unchanged') return { is: 'unchanged', version: null };
    const version = versionOf(fetched);
    if (version.hash === stored.hash || (await looksAlike(services, fetched, stored, turn))) {
      return { is: 'unchanged', version };
    }
    const { bytes } = fetched;
    const image = await retryWhileBusy(() => ingestImage(services, bytes, turn));
    return { is: 'changed', image: { ...image, source: stored.source, fetched: version }, bytes };
  } catch (error) {
    return { is: 'fault', fault: toImageFault(error, stored.source) };
  }
}

/** Asks for a picture that the item does not have, and parses it. */
export async function askForNewImage(
  services: ParsingServices,
  source: string,
  turn: Turn,
): Promise<Exclude<Answer, { is: 'unchanged' }>> {
  try {
    const fetched = await services.fetcher.fetch(source);
    const { bytes } = fetched;
    const image = await retryWhileBusy(() => ingestImage(services, bytes, turn));
    return { is: 'changed', image: { ...image, source, fetched: versionOf(fetched) }, bytes };
  } catch (error) {
    return { is: 'fault', fault: toImageFault(error, source) };
  }
}

async function looksAlike({ vision }: ParsingServices, { bytes }: Fetched, stored: StoredImage, turn: Turn) {
  const image = await retryWhileBusy(() => vision.decode(bytes, turn));
  return (
    createHash('sha256')
      .update(await encodeWebp(image))
      .digest('hex') === stored.sha256
  );
}
