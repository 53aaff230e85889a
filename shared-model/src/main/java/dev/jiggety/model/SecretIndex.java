package dev.jiggety.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which sealed secrets there are: the one small thing of them that all nodes hear of.
 *
 * @param version grows with each writing, and is the highest of all that was written before; nodes
 *     never go back to a lower one
 * @param secrets by name
 * @param removed when the order was given to remove one that is gone, so that no older order brings
 *     it back
 */
public record SecretIndex(
    long version, SortedMap<String, Entry> secrets, SortedMap<String, Instant> removed) {
  /** None, and none ever. */
  public static final SecretIndex NONE = new SecretIndex(0, new TreeMap<>(), new TreeMap<>());

  /**
   * Where a secret stands.
   *
   * @param version the one of its document
   * @param content the version with which its content, or the key of that, was new: who has that
   *     one needs no other
   */
  public record Entry(long version, long content) {}

  public SecretIndex {
    secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
    removed = Collections.unmodifiableSortedMap(new TreeMap<>(removed));
  }
}
