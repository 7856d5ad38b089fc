import type { CatalogueServices } from '../context.ts';
import type { StagedFiles } from '../staging/staged-files.ts';
import type { JobEnds } from './end-jobs.ts';
import type { ParsingServices } from './parse-item.ts';
import type { Places } from './places.ts';
import type { Readers } from './readers.ts';

/** What importing needs of the server. */
export type ImportServices = Pick<
  CatalogueServices,
  'config' | 'db' | 'vision' | 'images' | 'store' | 'queue' | 'log' | 'inHand'
>;
export type WorkServices = ImportServices &
  ParsingServices & {
    readonly staged: StagedFiles;
    readonly ends: JobEnds;
    readonly readers: Readers;
    readonly places: Places;
  };

/** How often a failing task is tried: an image that cannot be fetched, or an internal error. */
export const MAX_TRIES = 4;

/** The server is stopping, or another attempt of the import has begun: the task continues later. */
export class Interrupted extends Error {}

/** Rolls a transaction back: the item has come into another slot meanwhile, and its task begins again. */
export class SlotChanged extends Error {}

/** When reading should stop: because the server does, or because another shop's feed is waiting. */
export interface ReadingLimits {
  isStopped(): boolean;
  isTurnOver(): Promise<boolean>;
}
