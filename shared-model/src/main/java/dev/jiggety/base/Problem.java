package dev.jiggety.base;

/**
 * Something wrong with what a person wrote: where it stands and what to do about it.
 *
 * @param place a path inside the thing, in the words of its document: {@code schedule.cron}, {@code
 *     assert[2].expected}; empty for the thing as a whole
 * @param message one sentence that says what is wrong and how to mend it; no full stop
 */
public record Problem(String place, String message) {

  /** The same problem, seen from one level up. */
  public Problem under(String parent) {
    String joined =
        place.isEmpty() ? parent : place.startsWith("[") ? parent + place : parent + "." + place;
    return new Problem(joined, message);
  }

  @Override
  public String toString() {
    return place.isEmpty() ? message : place + ": " + message;
  }
}
