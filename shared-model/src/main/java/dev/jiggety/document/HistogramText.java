package dev.jiggety.document;

import dev.jiggety.model.Histogram;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A histogram as a short text: stretches of buckets that follow each other, each as the first
 * bucket, a colon and the counts, like {@code 323:1,2,0,5;400:1}. A gap of up to two empty buckets
 * is part of a stretch.
 */
final class HistogramText {
  private static final int GAP = 3;

  private HistogramText() {}

  static String write(Histogram histogram) {
    StringBuilder text = new StringBuilder();
    int last = Integer.MIN_VALUE / 2;
    for (Map.Entry<Integer, Long> entry : histogram.counts().entrySet()) {
      int bucket = entry.getKey();
      if (bucket - last > GAP) {
        text.append(text.isEmpty() ? "" : ";").append(bucket).append(':');
      } else {
        text.append(",0".repeat(bucket - last - 1)).append(',');
      }
      text.append(entry.getValue());
      last = bucket;
    }
    return text.toString();
  }

  /** What the text says; an {@link IllegalArgumentException} where it is none. */
  static Histogram read(String text) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    if (text.isEmpty()) {
      return Histogram.EMPTY;
    }
    for (String stretch : text.split(";", -1)) {
      int colon = stretch.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("has a stretch without beginning: " + stretch);
      }
      int bucket = Integer.parseInt(stretch.substring(0, colon));
      for (String count : stretch.substring(colon + 1).split(",", -1)) {
        counts.put(bucket++, Long.parseLong(count));
      }
    }
    return new Histogram(counts);
  }
}
