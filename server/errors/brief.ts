const MOST = 1000;

/** A message that repeats what a client sent may be as long as that: its beginning is enough. */
export function brief(message: string): string {
  return message.length <= MOST ? message : `${message.slice(0, MOST).toWellFormed()}…`;
}
