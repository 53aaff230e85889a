package dev.jiggety.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that is sealed to several at once: encrypted one time with a fresh key, and that key
 * sealed to each recipient; see {@code signing.Envelopes}. Whoever has it sees for whom it is and
 * how long it is, and nothing else. Immutable.
 *
 * @param content what is sealed, encrypted; not to be changed
 * @param slips the key, sealed to each recipient, by their names
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content, and bytes are what they are
public record Envelope(byte[] content, SortedMap<String, Slip> slips) {

  /**
   * The key for one recipient.
   *
   * @param to which of the recipient's keys it is sealed to, by its mark
   * @param key sealed; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Slip(String to, byte[] key) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Slip that && to.equals(that.to) && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
      return to.hashCode();
    }

    @Override
    public String toString() {
      return "Slip[" + to + "]";
    }
  }

  public Envelope {
    slips = Collections.unmodifiableSortedMap(new TreeMap<>(slips));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Envelope that
        && Arrays.equals(content, that.content)
        && slips.equals(that.slips);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "Envelope" + slips.keySet();
  }
}
