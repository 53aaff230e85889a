package dev.jiggety.agent.store.script;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Functions that see the same world; a world for each thread that runs them. Thread-safe. */
final class Program {
  private final Sandbox sandbox;
  private final List<String> sources;
  private final JsonObject modules;
  private final ConcurrentLinkedDeque<World> idle = new ConcurrentLinkedDeque<>();

  /**
   * What runs in a world.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  interface Job<T> {
    T run(Engine.Metered context, World world) throws ScriptException;
  }

  private Program(Sandbox sandbox, List<String> sources, JsonObject modules) {
    this.sandbox = sandbox;
    this.sources = List.copyOf(sources);
    this.modules = modules;
  }

  /**
   * Compiles functions.
   *
   * @param modules what {@code require} finds
   */
  static Program compile(Sandbox sandbox, List<String> sources, JsonObject modules)
      throws ScriptException {
    var program = new Program(sandbox, sources, modules.deepCopy());
    program.run((context, world) -> world);
    return program;
  }

  /** Runs something in one of the worlds, on a thread of the sandbox. */
  <T> T run(Job<T> job) throws ScriptException {
    return sandbox.run(context -> {
      var known = idle.poll();
      var world = known == null ? create(context) : known;
      try {
        return job.run(context, world);
      } finally {
        if (!world.broken()) {
          idle.push(world);
        }
      }
    });
  }

  private World create(Engine.Metered context) throws ScriptException {
    var world = new World(context, modules);
    for (var source : sources) {
      world.add(context, source);
    }
    return world;
  }
}
