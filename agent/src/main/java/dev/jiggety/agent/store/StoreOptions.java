package dev.jiggety.agent.store;

import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * How to open a store. Start from {@link #defaults()}.
 *
 * @param maxDocumentBytes largest body, in bytes of UTF-8 JSON (CouchDB's default is 8,000,000)
 * @param revsLimit how many generations of history a new store keeps; ≥ 1
 * @param maxFileBytes the database file does not grow beyond this (rounded down to pages); a write
 *     that needs more fails with {@link StoreException.Kind#FULL}; 0 = no limit
 * @param checkAtOpen run SQLite's {@code quick_check} when opening; reads the whole file
 * @param onSetAside told when a damaged file was set aside, before {@code open} returns
 * @param clock for the time of creation and the names of files set aside
 */
public record StoreOptions(
    int maxDocumentBytes,
    int revsLimit,
    long maxFileBytes,
    boolean checkAtOpen,
    Consumer<OpenReport> onSetAside,
    InstantSource clock) {

  /** CouchDB's limits, everything checked. */
  public static StoreOptions defaults() {
    return new StoreOptions(8_000_000, 1000, 0, true, report -> {}, InstantSource.system());
  }

  /** The same with another limit of a body, in bytes. */
  public StoreOptions withMaxDocumentBytes(int bytes) {
    return new StoreOptions(bytes, revsLimit, maxFileBytes, checkAtOpen, onSetAside, clock);
  }

  /** The same with another depth of history for a new store. */
  public StoreOptions withRevsLimit(int generations) {
    return new StoreOptions(
        maxDocumentBytes, generations, maxFileBytes, checkAtOpen, onSetAside, clock);
  }

  /** The same with a limit of the file's size, in bytes. */
  public StoreOptions withMaxFileBytes(long bytes) {
    return new StoreOptions(maxDocumentBytes, revsLimit, bytes, checkAtOpen, onSetAside, clock);
  }

  /** The same with or without the check at open. */
  public StoreOptions withCheckAtOpen(boolean check) {
    return new StoreOptions(maxDocumentBytes, revsLimit, maxFileBytes, check, onSetAside, clock);
  }

  /** The same with a listener for damaged files. */
  public StoreOptions withOnSetAside(Consumer<OpenReport> listener) {
    return new StoreOptions(
        maxDocumentBytes, revsLimit, maxFileBytes, checkAtOpen, listener, clock);
  }

  /** The same with another clock. */
  public StoreOptions withClock(InstantSource other) {
    return new StoreOptions(
        maxDocumentBytes, revsLimit, maxFileBytes, checkAtOpen, onSetAside, other);
  }
}
