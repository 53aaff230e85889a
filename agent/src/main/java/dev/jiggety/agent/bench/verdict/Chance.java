package dev.jiggety.agent.bench.verdict;

/** Chance that depends on nothing but a seed and what it is about: drawn twice it is the same. */
final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Chance() {}

  /** Bits by chance, by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  static long bits(long seed) {
    long z = seed + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Bits by chance on something that three numbers name. */
  static long bits(long seed, long one, long two, long three) {
    return bits(seed ^ bits(one * 0x1000003L + two) ^ three * GOLDEN);
  }

  /** The upper half of some bits, 0 to 1. */
  static double upper(long bits) {
    return (bits >>> 32) / 4_294_967_296.0;
  }

  /** The lower half of some bits, 0 to 1. */
  static double lower(long bits) {
    return (bits & 0xFFFF_FFFFL) / 4_294_967_296.0;
  }
}
