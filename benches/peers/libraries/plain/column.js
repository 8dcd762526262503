// Questions about one column.

export function histogram(x, counts) {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < x.length; i++) {
    const value = x[i];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const perBin = counts.length / (high - low);
  const top = counts.length - 1;
  counts.fill(0);
  for (let i = 0; i < x.length; i++) {
    const bin = ((x[i] - low) * perBin) | 0;
    counts[bin > top ? top : bin]++;
  }
  return counts;
}

// Least, greatest, mean, standard deviation; two at a time.
export function summary(x) {
  const n = x.length;
  const first = x[0];
  let low = Infinity;
  let high = -Infinity;
  let s0 = 0;
  let s1 = 0;
  let q0 = 0;
  let q1 = 0;
  for (let i = 0; i < n; i += 2) {
    const u = x[i];
    const v = x[i + 1];
    const d = u - first;
    const e = v - first;
    if (u < low) low = u;
    if (u > high) high = u;
    if (v < low) low = v;
    if (v > high) high = v;
    s0 += d;
    s1 += e;
    q0 += d * d;
    q1 += e * e;
  }
  const d = (s0 + s1) / n;
  return [low, high, first + d, Math.sqrt((q0 + q1) / n - d * d)];
}

const quartiles = (length, at) =>
  [0.25, 0.5, 0.75].map((share) => {
    const place = (length - 1) * share;
    const below = Math.floor(place);
    const value = at(below);
    return value + (place - below) * (at(below + 1) - value);
  });

export function quartilesBySorting(x, room) {
  room.set(x);
  room.sort();
  return quartiles(x.length, (i) => room[i]);
}

export function quartilesBySelection(x, room) {
  room.set(x);
  let least = 0;
  return quartiles(x.length, (i) => {
    const value = select(room, i, least, room.length - 1);
    least = i;
    return value;
  });
}

// Hoare's selection with the median of three; afterwards `a[k]` is in its place.
function select(a, k, left, right) {
  while (right > left) {
    const pivot = medianOfThree(a, left, (left + right) >> 1, right);
    let i = left;
    let j = right;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i <= j) {
        const swapped = a[i];
        a[i++] = a[j];
        a[j--] = swapped;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return a[k];
}

function medianOfThree(a, left, middle, right) {
  const [u, v, w] = [a[left], a[middle], a[right]];
  return Math.max(Math.min(u, v), Math.min(Math.max(u, v), w));
}
