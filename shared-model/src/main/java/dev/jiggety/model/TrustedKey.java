package dev.jiggety.model;

import java.util.Locale;

/**
 * A public key that is believed. The keys of an installation are part of its configuration, so that
 * they come and go by patches like everything else.
 *
 * @param id the first 32 hexadecimal digits of the SHA-256 of the key
 * @param name whose it is: an operator's name, or a manager's
 * @param role what it may sign
 * @param key the Ed25519 key (RFC 8032), 32 bytes in Base64
 */
public record TrustedKey(String id, String name, Role role, String key) {
  /** What a key may sign. */
  public enum Role {
    /** Patches and commands. */
    OPERATOR,
    /** Heads. */
    MANAGER,
    /** Releases of the agent, and patches that say which of them nodes run. */
    RELEASE;

    /** The lower-case name that documents use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
