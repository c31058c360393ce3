// Float arrays in NumPy's .npy files, so that a rewrite that may change last digits can be judged by the numbers it saves.

/** The header as it stands (dtype, order, shape), and the elements; complex ones as two. */
export interface FloatArray {
  header: string;
  values: Float64Array | Float32Array;
}

/** Read a .npy file of little-endian floats or complex numbers; null for anything else. Format: NEP 1, versions 1 to 3. */
export function readFloatArray(bytes: Buffer): FloatArray | null {
  if (bytes.length < 12 || bytes.toString("latin1", 0, 6) !== "\x93NUMPY") return null;
  const wide = bytes[6]! >= 2;
  const start = wide ? 12 : 10;
  const end = start + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  if (end > bytes.length) return null;
  const header = bytes.toString("latin1", start, end);
  const type = /'descr': '<([fc])(4|8|16)'/.exec(header);
  if (!type) return null;
  const single = type[0].endsWith("<f4'") || type[0].endsWith("<c8'");
  if (type[1] === "f" && type[2] === "16") return null; // a long double, which has no counterpart here
  // A copy, because a typed array must start at a multiple of its element's size.
  const data = new Uint8Array(bytes.subarray(end)).buffer;
  if (data.byteLength % (single ? 4 : 8) !== 0) return null;
  return { header, values: single ? new Float32Array(data) : new Float64Array(data) };
}
