// Numbers that are random and the same every time.

// Mulberry32, from 0 to 1.
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function normals(uniform) {
  let next = null;
  return () => {
    if (next !== null) {
      const value = next;
      next = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    next = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

export function normalArray(length, seed, Kind) {
  const normal = normals(random(seed));
  return Kind.from({ length }, normal);
}
