package dev.jiggety.signing;

import dev.jiggety.document.Contents;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.KeyRules;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys that somebody believes, by their ids. Immutable. */
public record Trust(Map<String, TrustedKey> keys) {
  private static final System.Logger LOG = System.getLogger(Trust.class.getName());

  /** What the ids of keys lie between: a semicolon comes right after a colon. */
  private static final String FIRST = "key:";

  private static final String BEHIND = "key;";

  /** Nobody is believed. */
  public static final Trust NONE = new Trust(Map.of());

  public Trust {
    keys = Collections.unmodifiableMap(new TreeMap<>(keys));
  }

  /** These keys. */
  public static Trust of(Collection<TrustedKey> keys) {
    Map<String, TrustedKey> byId = new TreeMap<>();
    keys.forEach(key -> byId.put(key.id(), key));
    return new Trust(byId);
  }

  /**
   * The keys in a configuration. A document that is no key, or not the key of its id, is left out:
   * such a key is believed by nobody.
   */
  public static Trust in(Configuration configuration) {
    Map<String, TrustedKey> byId = new TreeMap<>();
    for (Content content : configuration.documents().subMap(FIRST, BEHIND).values()) {
      try {
        TrustedKey key = KeyDocument.TYPE.read(Contents.document(content));
        if (KeyRules.problems(key).isEmpty()) {
          byId.put(key.id(), key);
        }
      } catch (DocumentException e) {
        LOG.log(System.Logger.Level.DEBUG, "a key that cannot be read: {0}", e.getMessage());
      }
    }
    return new Trust(byId);
  }

  /** The key of that id, where it is believed. */
  public Optional<TrustedKey> find(String keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  /** These and those. */
  public Trust and(Trust others) {
    Map<String, TrustedKey> all = new TreeMap<>(keys);
    all.putAll(others.keys);
    return new Trust(all);
  }

  /** Whether nobody is believed for that. */
  public boolean isWithout(TrustedKey.Role role) {
    return keys.values().stream().noneMatch(key -> key.role() == role);
  }
}
