/** No text of the API holds U+0000, which an address may. */
export function withoutNul(parameters: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...parameters].map(([name, value]) => [name, value.replaceAll('\0', '')]));
}
