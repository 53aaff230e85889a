package dev.jiggety.signing;

import dev.jiggety.model.TrustedKey;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys that somebody believes, by their ids. Immutable. */
public record Trust(Map<String, TrustedKey> keys) {
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
