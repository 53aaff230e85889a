package dev.jiggety.agent.hub;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Handlers by name and method.
 *
 * @param <H> the kind of handler
 */
final class RouteTable<H> {
  private final Map<String, Map<String, Route<H>>> names = new HashMap<>();

  /**
   * One handler.
   *
   * @param access who may call it
   */
  record Route<H>(Access access, H handler) {}

  /**
   * Adds a handler.
   *
   * @param methods one or more, with commas
   */
  void add(String name, String methods, Access access, H handler) {
    var byMethod = names.computeIfAbsent(name, absent -> new LinkedHashMap<>());
    for (var method : methods.split(",", -1)) {
      byMethod.put(method, new Route<>(access, handler));
    }
  }

  /** Takes one route after the other. */
  @FunctionalInterface
  interface Visitor {
    void visit(String name, String method, Access access);
  }

  /** Shows all routes, in no particular order. */
  void visit(Visitor visitor) {
    names.forEach((name, byMethod) ->
        byMethod.forEach((method, route) -> visitor.visit(name, method, route.access())));
  }

  /**
   * The handler; empty where nothing has this name.
   *
   * @throws CouchError 405, where it has no such method
   */
  Optional<Route<H>> find(String name, String method) {
    var byMethod = names.get(name);
    if (byMethod == null) {
      return Optional.empty();
    }
    var route = byMethod.get(method);
    if (route == null) {
      throw CouchError.methodNotAllowed(String.join(",", byMethod.keySet()));
    }
    return Optional.of(route);
  }
}
