// CSV of numbers, a header first, to numbers row after row.

const COMMA = 44;
const POINT = 46;
const MINUS = 45;
const LINE = 10;
const ZERO = 48;
const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

// Up to 15 digits come out exact; longer numbers, and those with an exponent, go through Number.
export function parseBytes(bytes, values) {
  const n = bytes.length;
  let count = 0;
  let p = bytes.indexOf(LINE) + 1;
  while (p < n) {
    const start = p;
    const negative = bytes[p] === MINUS;
    if (negative) p++;
    let value = 0;
    let digits = 0;
    let decimals = 0;
    let byte = bytes[p];
    for (; byte >= ZERO && byte <= 57; byte = bytes[++p]) {
      value = value * 10 + (byte - ZERO);
      digits++;
    }
    if (byte === POINT) {
      const point = p;
      for (byte = bytes[++p]; byte >= ZERO && byte <= 57; byte = bytes[++p]) value = value * 10 + (byte - ZERO);
      decimals = p - point - 1;
    }
    if (digits + decimals > 15 || (byte !== COMMA && byte !== LINE && p < n)) {
      while (p < n && bytes[p] !== COMMA && bytes[p] !== LINE) p++;
      value = Number(String.fromCharCode(...bytes.subarray(start, p)));
    } else {
      if (decimals) value /= POWERS[decimals];
      if (negative) value = -value;
    }
    values[count++] = value;
    p++;
  }
  return values.subarray(0, count);
}

export function parseText(text, columns, values) {
  const lines = text.trimEnd().split("\n");
  let k = 0;
  for (let i = 1; i < lines.length; i++) {
    const fields = lines[i].split(",");
    for (let j = 0; j < columns; j++) values[k++] = +fields[j];
  }
  return values.subarray(0, k);
}
