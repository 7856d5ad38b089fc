/** Kinds of files that can be a feed, as the `accept` of a file input. The server goes by the bytes. */
export const ACCEPTED_FEEDS =
  '.csv,.tsv,.tab,.txt,.xml,.rss,.json,.jsonl,.ndjson,.gz,.xlsx,.ods,.zip,text/csv,application/zip,application/jsonl';
