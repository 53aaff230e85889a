package dev.jiggety.agent.store.view;

import java.util.Optional;

/** Until there are some. */
public final class BuiltinReduces {
  private BuiltinReduces() {}

  public static Optional<Reduce> find(String name) {
    return Optional.empty();
  }
}
