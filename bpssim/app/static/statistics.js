// Limits of shares and differences: the same as bpssim/statistics/intervals.py gives, which a test compares.

export const FEWEST_FOR_SPREAD = 5; // runs; with fewer, their spread says less than the number of births

/** Mean and sum of squared deviations. */
function moments(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
}

/** The t interval over the replicates in which there is a value; `t` has the 97.5 % quantiles by degrees of freedom less one. */
export function tInterval(values, t) {
  const defined = values.filter((value) => !Number.isNaN(value));
  const { mean, squares } = moments(defined);
  const n = defined.length;
  if (n < 2) return { mean, lower: NaN, upper: NaN };
  const half = Math.sqrt(squares / (n - 1) / n) * t[Math.min(n - 2, t.length - 1)];
  return { mean, lower: mean - half, upper: mean + half };
}

/** Limits of a share within 0 and 1, by Wilson's method with k = t² over the effective sample size. */
function wilson(share, k) {
  const centre = (share + k / 2) / (1 + k);
  const reach = Math.sqrt(k * share * (1 - share) + (k * k) / 4) / (1 + k);
  return { mean: share, lower: share === 0 ? 0 : centre - reach, upper: share === 1 ? 1 : centre + reach };
}

/**
 * A share over replicates: {mean, lower, upper}. With few runs the limits are Wilson's for all their people together.
 * @param {number[]} tops, bottoms one of each for every replicate
 */
export function shareOver(tops, bottoms, t) {
  const defined = bottoms.map((bottom, r) => [tops[r], bottom]).filter(([, bottom]) => bottom > 0);
  if (!defined.length) return { mean: NaN, lower: NaN, upper: NaN };
  const shares = defined.map(([top, bottom]) => top / bottom);
  const people = defined.reduce((sum, [, bottom]) => sum + bottom, 0);
  const { mean, upper } = tInterval(shares, t);
  const n = shares.length;
  if (n < FEWEST_FOR_SPREAD) return wilson(mean, 1.959963984540054 ** 2 / people);
  const spread = mean * (1 - mean);
  const k = spread > 0 ? (upper - mean) ** 2 / spread : t[Math.min(n - 2, t.length - 1)] ** 2 / people;
  return wilson(mean, k);
}

/** Whole parts of a hundred that add up to it, by largest remainders. */
export function hundredths(shares) {
  const whole = shares.map((share) => Math.floor(100 * share + 1e-9));
  const lacking = Math.round(100 * shares.reduce((sum, share) => sum + share, 0)) - whole.reduce((sum, each) => sum + each, 0);
  const order = shares.map((share, k) => [100 * share - whole[k], k]).sort(([a, i], [b, j]) => b - a || i - j);
  for (const [, k] of order.slice(0, Math.max(lacking, 0))) whole[k] += 1;
  return whole;
}
