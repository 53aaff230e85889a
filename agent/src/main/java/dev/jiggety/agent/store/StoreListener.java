package dev.jiggety.agent.store;

/**
 * Hears of commits. Called on a thread of the store's own, one call at a time; several commits may
 * come as one call. Be quick: wake something up, do not work here. Exceptions are logged and
 * otherwise ignored.
 */
@FunctionalInterface
public interface StoreListener {

  /** Documents changed; {@code seq} is the latest sequence, at least as high as any call before. */
  void changed(long seq);

  /** The store was closed or its database deleted; nothing comes after this. */
  default void closed() {}
}
