package dev.jiggety.jsonpath;

import org.jspecify.annotations.Nullable;

/** Chooses among the children of a node. */
sealed interface Selector {
  /** The member of that name. */
  record Name(String name) implements Selector {}

  /** All. */
  record Wildcard() implements Selector {}

  /** The element of that number, from 0; from the end where negative. */
  record Index(long index) implements Selector {}

  /** Elements from one to before another, every step-th. */
  record Slice(@Nullable Long start, @Nullable Long end, long step) implements Selector {}

  /** Those for which it holds. */
  record Filter(Condition condition) implements Selector {}
}
