package dev.jiggety.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A node that was let in.
 *
 * @param name the node's name, which is that of its account on the hub too
 * @param tags what it was invited as; the node reports the same ones
 * @param sealing its public key, as {@code signing.SealingKey} writes it: secrets are sealed to it
 * @param standing whether it still belongs to the installation
 * @param since when it got that standing
 * @param by the operator who invited it, or who retired or revoked it
 */
public record Member(
    String name,
    NavigableSet<String> tags,
    String sealing,
    Standing standing,
    Instant since,
    String by) {

  /** Whether a node belongs to the installation. */
  public enum Standing {
    /** It tests, and gets the secrets that its tests need. */
    ACTIVE,
    /** It was taken out of service in peace: no account any more, its results stay. */
    RETIRED,
    /** It is not trusted any more: no account, and every secret that it knew is to be changed. */
    REVOKED;

    /** The lower-case name that documents use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Member {
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
  }
}
