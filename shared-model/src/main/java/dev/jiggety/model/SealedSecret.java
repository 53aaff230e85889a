package dev.jiggety.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A secret as the manager has sealed it.
 *
 * @param name without {@code secret.}
 * @param version grows with each writing, over all secrets
 * @param content the version with which the content, or its key, was new
 * @param since when the content was set
 * @param by the operator who set it
 * @param order the id of what was handed in last about it
 * @param ordered when that was wanted
 * @param sealed the content, for those who may know it: {@link #node} and {@link #manager}
 * @param knew nodes that could open this very content and cannot any more
 */
public record SealedSecret(
    String name,
    long version,
    long content,
    Instant since,
    String by,
    String order,
    Instant ordered,
    Envelope sealed,
    SortedSet<String> knew) {

  private static final String NODE = "node:";
  private static final String MANAGER = "manager:";

  public SealedSecret {
    knew = Collections.unmodifiableSortedSet(new TreeSet<>(knew));
  }

  /** A node among the recipients. */
  public static String node(String name) {
    return NODE + name;
  }

  /** A manager among the recipients, by the id of the key with which it signs. */
  public static String manager(String keyId) {
    return MANAGER + keyId;
  }

  /** The nodes that can open it. */
  public SortedSet<String> nodes() {
    SortedSet<String> nodes = new TreeSet<>();
    sealed.slips().keySet().stream()
        .filter(it -> it.startsWith(NODE))
        .forEach(it -> nodes.add(it.substring(NODE.length())));
    return nodes;
  }

  /** What a secret is sealed for, so that none can be shown in another's place. */
  public static String purpose(String name) {
    return "jiggety secret " + name;
  }
}
