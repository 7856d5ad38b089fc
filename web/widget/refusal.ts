/** Why there is no answer: a code of the API, or UNREACHABLE. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What a proxy before the API means that answers in its place, without a code. */
const CODES = new Map([
  [413, 'IMAGE_TOO_LARGE'],
  [429, 'RATE_LIMITED'],
  [503, 'BUSY'],
]);

interface Body<T> {
  data?: T;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** The data of an answer. Throws Refusal. */
export async function dataOf<T>(answer: Promise<Response>): Promise<T> {
  try {
    const response = await answer;
    const { data, errors } = (await response.json().catch((error: unknown) => {
      throw new Refusal(CODES.get(response.status) ?? 'UNREACHABLE', String(error));
    })) as Body<T>;
    const [first] = errors ?? [];
    if (first) throw new Refusal(first.extensions?.code ?? 'INTERNAL_SERVER_ERROR', first.message);
    if (!data) throw new Refusal('INTERNAL_SERVER_ERROR', 'The answer is empty.');
    return data;
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('UNREACHABLE', String(error));
  }
}
