package dev.jiggety.model;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the process of a part and its machine are, as it says itself. Bounded, since it stands in
 * documents that are written again and again.
 *
 * @param diskFree what the file system of its data folder has left, in bytes; null when not known
 * @param memory what its process takes of the machine's memory, in bytes; 0 when not known
 * @param notices what people should look at, at most {@link #MOST_NOTICES} lines of at most {@link
 *     #LONGEST_NOTICE} characters; longer ones are cut, more are counted in the last line
 */
public record Vitals(@Nullable Long diskFree, long memory, List<String> notices) {
  /** So many lines at most. */
  public static final int MOST_NOTICES = 10;

  /** So many characters of a line at most. */
  public static final int LONGEST_NOTICE = 200;

  /** Below this a disk is as good as full: 512 MiB. */
  public static final long LITTLE_DISK = 512L << 20;

  public Vitals {
    notices = bounded(notices);
  }

  /** Whether the disk is as good as full; not where nothing is known. */
  public boolean isDiskLow() {
    return diskFree != null && diskFree < LITTLE_DISK;
  }

  private static List<String> bounded(List<String> lines) {
    if (lines.size() <= MOST_NOTICES) {
      return lines.stream().map(Vitals::bounded).toList();
    }
    List<String> first = lines.subList(0, MOST_NOTICES - 1);
    String rest = "and %d more".formatted(lines.size() - first.size());
    return Stream.concat(first.stream().map(Vitals::bounded), Stream.of(rest)).toList();
  }

  private static String bounded(String line) {
    String one = line.lines().findFirst().orElse("").strip();
    if (one.length() <= LONGEST_NOTICE) {
      return one;
    }
    int end = LONGEST_NOTICE - 1;
    return one.substring(0, Character.isHighSurrogate(one.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
