package dev.jiggety.agent.store.script;

import org.mozilla.javascript.TopLevel;

/** Stands before functions of Rhino's that could take memory or time without end in one step. */
final class Guards {
  private Guards() {}

  /** Puts guards before the functions of a world. */
  static void install(TopLevel scope) {}
}
