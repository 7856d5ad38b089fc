/** pgvector's binary form, from `vector_send`: the number of dimensions, two bytes of nothing, the numbers. */
export function readVector(bytes: Buffer): Float32Array {
  const size = bytes.readUInt16BE(0);
  const vector = new Float32Array(size);
  for (let d = 0; d < size; d++) vector[d] = bytes.readFloatBE(4 + 4 * d);
  return vector;
}
