package dev.jiggety.agent.slot;

import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import org.jspecify.annotations.Nullable;

/**
 * One of the two configurations of a node. Whoever makes one has proved it: the digest of the
 * configuration is that of the generation.
 *
 * @param generation what a head called it
 * @param configuration what it says
 * @param prepared whether it could be put into force at once: all of it was read
 */
public record Slot(Generation generation, Configuration configuration, boolean prepared) {
  /** The digest of what it says. */
  public String digest() {
    return generation.digest();
  }

  /** The same content under another name: a head can give what was there a new release. */
  Slot as(Generation other) {
    return generation.equals(other) ? this : new Slot(other, configuration, prepared);
  }

  /** Whether the slot holds what that generation says; false where either is missing. */
  static boolean isOf(@Nullable Generation generation, @Nullable Slot slot) {
    return generation != null && slot != null && slot.digest().equals(generation.digest());
  }

  Slot asPrepared() {
    return prepared ? this : new Slot(generation, configuration, true);
  }
}
